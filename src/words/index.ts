export type { ClauseTexts, Language, ScriptLines, ScriptPart } from './language.ts';
export type { Catalogue, Phrase, PhraseFacts, PhraseKey } from './speech/phrase.ts';
export type { CommandField } from './speech/questions.ts';
