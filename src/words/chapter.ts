import type { CommandType, EventType, VisitEvent, WaivableRule } from '../messages/index.ts';
import type { RuleId } from '../visit/index.ts';
import type { MessageTemplate, PastTemplate } from './language.ts';
import type { CommandField } from './speech/lines.ts';
import type { PhraseKey } from './speech/phrase.ts';

// The words of a chapter, each kind by itself: an entry bundles the kinds that it says.

export type ActNames = Partial<Record<CommandType, string>>;
/** Texts with slots for the facts of a phrase: `I have finished the work{, case $caseNumber}.` */
export type ChapterPhrases = Partial<Record<PhraseKey, string>>;
export type Refusals = Partial<Record<RuleId, MessageTemplate>>;
export type Requirements = Partial<Record<WaivableRule, string>>;
export type EventNames = Partial<Record<EventType, string>>;
export type FieldNames = Partial<Record<FieldName, string>>;
export type Findings = Partial<Record<RuleId, PastTemplate>>;

/**
 * The label of a field in a form; with a sentence of help below it, `''` for none; and with the caption of the box that says
 * that a list is empty.
 */
export type Label = string | readonly [label: string, hint: string, none?: string];
export type FieldLabels = { readonly [T in CommandType]?: { readonly [F in CommandField<T>]?: Label } };

type KeysOf<Data> = Data extends unknown ? keyof Data : never;

/** The data that every event has, which are shown in columns of their own. */
export type CommonField = 'visitId' | 'at' | 'by' | 'recordedBy';

/** The data of acts, by their names. */
export type FieldName = Exclude<KeysOf<VisitEvent['data']>, CommonField>;
