export type { ClauseTexts, Language, ScriptLines, ScriptPart } from './language.ts';
export type { CommandField } from './speech/lines.ts';
export type { Catalogue, Phrase, PhraseFacts, PhraseKey } from './speech/phrase.ts';
