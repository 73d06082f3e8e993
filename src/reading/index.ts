export { actName, explain, roleName } from './explain.ts';
export { type Worked, type WorkedInterval, worked } from './worked.ts';
