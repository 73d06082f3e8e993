export { formsEsCR as forms } from 'auxilio/forms';
