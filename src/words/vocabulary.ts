import type { DayPart } from './clock.ts';
import type { Messages } from './messages.ts';
import type { Catalogue } from './speech/phrase.ts';

/** Everything that a language is made of, apart from the texts of the clauses. */
export type Vocabulary = {
  readonly messages: Messages;
  readonly phrases: Catalogue;
  readonly greetings: Readonly<Record<DayPart, string>>;
  readonly titles: Readonly<Record<string, string>>;
};
