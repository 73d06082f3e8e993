export { actName, explain, requirementName, roleName } from './explain.ts';
export { type Worked, type WorkedInterval, worked } from './worked.ts';
