export { type ClauseDuty, clause, clauses } from './protocol/index.ts';
export * from './reading/exports.ts';
export {
  actName,
  explain,
  guide,
  type LanguageGuideOptions,
  type LanguageScriptOptions,
  lines,
  phrase,
  requirementName,
  roleName,
  script,
} from './reading/index.ts';
export type { ClauseTexts, Language } from './words/language.ts';
