export type { ClauseTexts, Language, ScriptLines, ScriptPart } from './language.ts';
export type { CommandField } from './speech/fields.ts';
export type { Catalogue, Phrase, PhraseFacts, PhraseKey } from './speech/phrase.ts';
