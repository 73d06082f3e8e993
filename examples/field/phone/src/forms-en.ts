export { formsEn as forms } from 'auxilio/forms';
