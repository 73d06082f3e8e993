/**
 * The identifier of a visit, a provider, an operator, a photograph or a command: 1 to 128 of letters, digits and
 * `. _ : / @ + -`, beginning with a letter or a digit.
 *
 * @since 0.1.0
 */
export type Id = string;

/**
 * A moment in UTC with milliseconds, `2026-03-09T14:05:00.000Z`. Two of them compare as strings.
 *
 * @since 0.1.0
 */
export type Instant = string;

/**
 * Text written by a person: NFC, not blank, without control or bidirectional marks.
 *
 * @since 0.1.0
 */
export type NonEmptyText = string;

/**
 * A SHA-256 as 64 lower-case hexadecimal digits.
 *
 * @since 0.1.0
 */
export type Sha256 = string;

/**
 * A compact JWS without its payload, the act: at most 1,024 characters.
 *
 * @since 0.10.0
 */
export type Signature = string;

/**
 * Role of an actor: the provider who does the work, the contact center that assigns and instructs, the client at the door.
 *
 * @since 0.1.0
 */
export type Role = 'provider' | 'contact-center' | 'client';

/**
 * One who acts. In a command it comes from the host's authenticated context, never from the data.
 *
 * @since 0.1.0
 */
export type Actor = {
  /** Role in which the person acts. */
  readonly role: Role;
  /** Id of the person: the provider's, the operator's or the client's. */
  readonly id: Id;
};

/**
 * The form of address that the script asks for (1.1-04).
 *
 * @since 0.1.0
 */
export type Title = 'don' | 'doña';

/**
 * The client as the contact center names them (1.1-13). Personal.
 *
 * @since 0.1.0
 */
export type Client = {
  /** Full name. */
  readonly name: NonEmptyText;
  /** Form of address of the client. */
  readonly title?: Title;
};

/**
 * The provider to whom a visit is assigned (1.1-13, 1.2-12). The name is personal.
 *
 * @since 0.1.0
 */
export type Provider = {
  /** The id under which the provider acts. */
  readonly id: Id;
  /** Full name. */
  readonly name: NonEmptyText;
  /** Form of address of the provider. */
  readonly title?: Title;
};

/**
 * A contact with the contact center, made when it says: a call, or a notice.
 *
 * @since 0.1.0
 */
export type Contact = {
  /** Time of the contact. */
  readonly at: Instant;
  /** Reference of the contact in the center's own records. */
  readonly reference?: NonEmptyText;
  /** The operator who answered. */
  readonly operatorId?: Id;
};

/**
 * Fields that the data of every act begin with.
 *
 * @since 0.1.0
 */
export type Occurrence = {
  /** The visit in which it happened. */
  readonly visitId: Id;
  /** Time when it happened, by the clock of the person who saw it; not when it was recorded. */
  readonly at: Instant;
};

/**
 * Author of an event, and its recorder where that was another person.
 *
 * @since 0.1.0
 */
export type Authored = {
  /** Person whose act it is. A client who did not record it themselves is `{ role: 'client', id: 'client' }`. */
  readonly by: Actor;
  /** Person who recorded it, only where that was another one (0-02). */
  readonly recordedBy?: Actor;
};

/**
 * The permission for an act that the recorder's copy of the log refused, given by telephone. Personal.
 *
 * @since 0.5.0
 */
export type Despite = {
  /** Person of the contact center who gave it. */
  readonly by: NonEmptyText;
  /** The reason, in words. */
  readonly reason: NonEmptyText;
};

/**
 * Metadata of a command, from the host.
 *
 * @since 0.1.0
 */
export type CommandMetadata = {
  /** Person who records the act, from the host's authenticated context. */
  readonly actor: Actor;
  /** The key of idempotence: the same command sent twice has the same id. */
  readonly commandId?: Id;
  /** Person who let the act be done although the copy of the log refused it, and why. Personal; never judged. @since 0.5.0 */
  readonly despite?: Despite;
  /** Device on which it was recorded. Personal; never judged. @since 0.5.0 */
  readonly device?: NonEmptyText;
  /** Time when it was entered on the device. Personal; never judged. @since 0.5.0 */
  readonly enteredAt?: Instant;
  /** Signature of the device on it. Personal; never judged. @since 0.10.0 */
  readonly signature?: Signature;
};

/**
 * Metadata that a store and a service keep with an event. Without any, the event is of schema version 1.
 *
 * @since 0.1.0
 */
export type EventMetadata = Omit<CommandMetadata, 'actor' | 'commandId'> & {
  /** The version of this event's schema; none means 1. */
  readonly schemaVersion?: number;
  /** Unique in a store. */
  readonly eventId?: Id;
  /** The command from which the event came. */
  readonly commandId?: Id;
  /** SHA-256 of that command's content, as releases before 0.5.0 stored it. It is read and never compared. */
  readonly commandHash?: Sha256;
  /** Time when the service stored it, for mechanical purposes only; not when it happened. */
  readonly recordedAt?: Instant;
  /** Of a sealed event: the hash of the event before it; the first of a log has none. @since 0.4.0 */
  readonly previousHash?: Sha256;
  /** Of a sealed event: SHA-256 of all the rest of it, as `auxilio/chain` computes it. @since 0.4.0 */
  readonly hash?: Sha256;
  /** Whatever a host adds: JSON values, kept and never read. */
  readonly [key: string]: unknown;
};

/**
 * A request to record an act: imperative, may be refused.
 *
 * @since 0.1.0
 */
export type Command<Type extends string, Data> = {
  /** Type of the command. */
  readonly type: Type;
  /** Content of the command. */
  readonly data: Data;
  /** Metadata: the actor and the command's id. */
  readonly metadata: CommandMetadata;
};

/**
 * An act that happened: past tense, never refused by `evolve`.
 *
 * @since 0.1.0
 */
export type EventMessage<Type extends string, Data> = {
  /** Type of the event. */
  readonly type: Type;
  /** Content of the event: its command's, and the person whose act it is. */
  readonly data: Data;
  /** Metadata that a store and a service keep with it. */
  readonly metadata?: EventMetadata;
};

/**
 * The end of a sealed log, as plain JSON: kept elsewhere, signed, it shows later whether the log lost its end or
 * was rewritten.
 *
 * @since 0.4.0
 */
export type ChainHead = {
  /** The number of events in the log: 1 or more. */
  readonly count: number;
  /** The hash of the last of them, and so of all. */
  readonly hash: Sha256;
};

/**
 * The fault at a position of a sealed log:
 * - `changed`: the content of this event does not match its hash; or it is not the last event of the head
 * - `dropped`: the predecessor that this event names is absent: the event right before it is missing or was replaced
 * - `swapped`: the predecessor of this event is elsewhere in the log: the event does not follow it, and is not at its
 *   position
 * - `inserted`: the chain continues without this event: it is between two linked events, a second successor of one
 *   event, or a copy
 * - `unsealed`: this event has no hash, and is not in an unsealed beginning
 * - `cut`: events that the head counts are missing at the end
 *
 * @since 0.4.0
 */
export type ChainFault = 'changed' | 'dropped' | 'swapped' | 'inserted' | 'unsealed' | 'cut';
