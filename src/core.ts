export { type ClauseDuty, clause, clauses } from './protocol/index.ts';
export { actName, explain, requirementName, roleName } from './reading/explain.ts';
export * from './reading/exports.ts';
export { guide, type LanguageGuideOptions } from './reading/guide.ts';
export { type LanguageScriptOptions, lines, phrase, script } from './reading/script.ts';
export type { ClauseTexts, Language } from './words/language.ts';
