// The exports that the main entry and `auxilio/core` have in common: everything but the words. All that the indexes of the
// visit, of reconciling and of reading export is public.

export type { Facts } from '../kernel/decision.ts';
export type * from '../messages/index.ts';
export {
  type ClauseActor,
  type ClauseId,
  type ClauseLevel,
  edition,
  isClauseId,
  type Locale,
} from '../protocol/index.ts';
export * from '../reconciling/index.ts';
export type { Json } from '../util/json.ts';
export * from '../visit/index.ts';
export type { ScriptLines, ScriptPart } from '../words/language.ts';
export type { CommandField } from '../words/speech/lines.ts';
export type { Catalogue, Phrase, PhraseFacts, PhraseKey } from '../words/speech/phrase.ts';
export * from './index.ts';
