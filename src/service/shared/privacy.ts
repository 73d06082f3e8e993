import type { Actor, VisitCommand, VisitEvent } from '../../messages/index.ts';

/**
 * The personal texts of some commands of one visit, as {@link Privacy} took them out: opaque to the service, which hands them to `seal`
 * with the events that follow.
 *
 * @since 0.11.0
 */
export type PersonalTexts = Readonly<{ visitId: string }>;

/** A message with tokens in the place of its personal texts, and those texts. @since 0.11.0 */
export type Tokenized<Message> = Readonly<{ message: Message; texts: PersonalTexts }>;

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
