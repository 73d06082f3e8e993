export { type Clause, clause, clauses } from './clauses.ts';
export { explain } from './explain.ts';
export { type GuideOptions, guide } from './guide.ts';
export { actName, requirementName, roleName } from './names.ts';
export { catalogues, lines, type Phrases, phrase, type ScriptOptions, script } from './script.ts';
