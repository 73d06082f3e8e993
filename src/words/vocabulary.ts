import type { Locale } from '../protocol/clause.ts';
import type { Messages } from './messages.ts';
import type { DayPart } from './speech/clock.ts';
import type { Catalogue } from './speech/phrase.ts';

/** Everything that a language is made of, apart from the texts of the clauses. */
export type Vocabulary = {
  readonly messages: Messages;
  readonly locale: Locale;
  readonly phrases: Catalogue;
  readonly greetings: Readonly<Record<DayPart, string>>;
  readonly titles: Readonly<Record<string, string>>;
  /** The word after a count of further items of a list. */
  readonly more: string;
};
