export { type Clause, clause, clauses } from './clauses.ts';
export { actName, explain, requirementName, roleName } from './explain.ts';
export {
  catalogues,
  type GuideOptions,
  guide,
  lines,
  type Phrases,
  phrase,
  type ScriptOptions,
  script,
} from './script.ts';
