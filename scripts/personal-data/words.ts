import type { EventType } from '../../src/messages/index.ts';
import type { Holder, Purpose, Reader, ReasonKept, SealedField } from '../../src/privacy/decision.ts';

/** The words of the page of personal data in one language. */
export type PageWords = Readonly<{
  /** All before the tables. */
  beginning: string;
  /** The heads of the tables. */
  columns: readonly [field: string, holder: string, purpose: string, readers: string, remains: string];
  /** The headings of the first and the last list, and of the place to sign. */
  headings: Readonly<Record<'every' | 'metadata', string>>;
  /** The sentence below the heading of each of the two lists. */
  notes: Readonly<Record<'every' | 'metadata', string>>;
  /** The line below the heading of an event without fields of its own. */
  onlyCommon: string;
  /** Names of events. */
  events: Readonly<Record<EventType, string>>;
  holders: Readonly<Record<Holder, string>>;
  purposes: Readonly<Record<Purpose, string>>;
  readers: Readonly<Record<Reader, string>>;
  /** All readers together. */
  everyone: string;
  /** The reasons why a field stays as it is: in a cell, and in a sentence. */
  reasons: Readonly<Record<ReasonKept, readonly [short: string, why: string]>>;
  /** The heading of the reasons, and the heads of their table. */
  kept: Readonly<{ heading: string; columns: readonly [short: string, why: string] }>;
  /** Names of what an event keeps in the place of a personal value. */
  stored: Readonly<Record<SealedField['stored'], string>>;
  /** The cell of a field that stays, from its reason. */
  stays: (reason: string) => string;
  /** The cell of a field some of whose words stay. */
  except: (remains: string, words: string) => string;
  /** The cell of the id of a person, which stays unless they are the client. */
  clientAlone: (remains: string, words: string, reason: string) => string;
  /** The words for the activities that the policy allows. */
  policy: string;
  /** Joins the parts of a list. */
  and: string;
  /** Names of fields, by their paths in the data or, after `metadata/`, in the metadata. */
  fields: Readonly<Record<string, string>>;
  /** All after the tables. */
  end: string;
}>;
