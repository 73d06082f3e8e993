export { actName, explain, roleName } from './explain.ts';
