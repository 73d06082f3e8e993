import type { Actor, Id, VisitCommand, VisitEvent } from '../../messages/index.ts';
import type { RowChange } from '../../stores/event-store.ts';

/**
 * The personal texts of some commands of one visit, as {@link Privacy} took them out: opaque to the service, which hands them to `seal`
 * with the events that follow.
 *
 * @since 0.11.0
 */
export type PersonalTexts = Readonly<{ visitId: string }>;

/**
 * A message with tokens in the place of its personal texts, and those texts. The message of a visit that was begun in clear is as it
 * came, without `texts`.
 *
 * @since 0.11.0
 */
export type Tokenized<Message> = Readonly<{ message: Message; texts?: PersonalTexts }>;

/**
 * The part of `auxilio/privacy` that a service needs: made by `createPrivacy`. Everything after the door has tokens alone.
 *
 * @since 0.11.0
 */
export type PrivacyOfService = Readonly<{
  /** Replaces the personal texts of commands by tokens. Commands of one visit share their texts' keys. */
  tokenizeCommands(commands: readonly VisitCommand[]): Promise<readonly Tokenized<VisitCommand>[]>;
  /** Replaces the personal texts of a recorded fact by tokens, in the recorder too. */
  tokenizeFact(fact: VisitEvent, recorder: Actor): Promise<Tokenized<VisitEvent> & Readonly<{ recorder: Actor }>>;
  /** Encrypts the texts whose tokens an event has, for its place in its stream; undefined if it has none. */
  sealTexts(event: VisitEvent, streamName: string, texts: readonly PersonalTexts[]): Promise<object | undefined>;
  /** Puts the texts of a request in the place of their tokens, to answer its sender. */
  restoreTexts<Value>(value: Value, texts: PersonalTexts): Value;
  /** True if a stored event has texts that were erased: a repeat of its command cannot be compared with it. */
  isErased(event: VisitEvent): Promise<boolean>;
}>;

/**
 * The part of `auxilio/privacy` that a search needs: made by `createPrivacy`.
 *
 * @since 0.12.0
 */
export type PrivacyOfSearch = Readonly<{
  /** The rows of the search, opaque to a host. */
  search: Readonly<{
    /** The keyed hashes of words: equal for equal words in all visits, and not to be guessed without the key. */
    hashWords(words: readonly string[]): Promise<readonly string[]>;
    /**
     * Replaces the texts of rows that are new by the keyed hashes of their words, and leaves out those that do not open. In each try
     * of a commit: an erasure in between makes it fail.
     */
    keyRows(rows: readonly RowChange[]): Promise<readonly RowChange[]>;
    /** Opens rows to be shown, and leaves out the hashes of texts that do not open. */
    openVisits<Row extends Readonly<{ found: Readonly<{ visitId: Id }> }>>(rows: readonly Row[]): Promise<Row[]>;
  }>;
}>;
