import { mustKnow } from '../../../kernel/known.ts';
import type { ConsumerState, EventShape, EventStore, EventStreams } from '../../../stores/event-store.ts';

/**
 * The capabilities that a store may claim, in the order of the suite; each with its contract and, where the suite
 * cannot test it alone, the hook of {@link StoreHost} that it needs.
 */
const CAPABILITIES = {
  append: ['batches are written whole and in order, each event at its version; an empty batch writes nothing'],
  expectations: ['an append or a read is checked against the version that it expects'],
  conflicts: [
    'a conflict reports the stream, the expected and the actual version, with the names and codes of the port',
  ],
  lastEventId: [
    'an append is checked against the id of the last event that it expects, and the store declares that it does',
  ],
  racing: ['of writers at one version one wins; none loses an event or disturbs another stream'],
  reading: ['a concurrent reader sees whole batches, and events that were read never change'],
  ranges: ['from, to and maxCount: inclusive positions and counts'],
  backwards: ['reading backwards begins with the last event'],
  positions: ['each event has a position in the whole store, and positions grow'],
  aggregate: ['aggregateStream folds what readStream reads'],
  names: ['any string names a stream, and no two strings name the same one'],
  fidelity: ['an event is returned as JSON represents it, to the character and the order of keys'],
  isolation: ['changes by a caller or a reader to their objects do not reach the store'],
  refusals: ['invalid arguments are refused with the codes of the port'],
  unbound: ['the methods need no `this`'],
  idempotency: ['an event id is stored once: a repeat gets the first result, other content is refused'],
  stored: ['readStored returns the texts as they were written'],
  feed: ['readFeed shows all events in an order that never changes'],
  held: ['the global stream waits for slow appends, and not for those that were rolled back', 'hold'],
  rows: ['rows of read models are written with the events or with a checkpoint'],
  consumers: ['checkpoints are committed by compare-and-set, with parked streams; they can be reset'],
  streamFeed: ['readFeed returns the events of one stream from a version on'],
  histories: ['a cursor is of one store: another store refuses it, and tells from where to repeat'],
  copies: ['a restored copy goes on after cursors of what it has, and refuses those of what it lacks', 'copy'],
  listen: ['a listener is woken after each append, until it is stopped'],
  lag: ['readLag counts the committed events after a cursor, and reports what is held back'],
  retrying: ['streams in retry, and the count of handled deliveries, are stored with the checkpoint'],
  generations: ['rows are built as a new generation, and swapped in'],
  effects: ['an effect, its rows and its checkpoint are written together or not at all'],
  transactions: ['an effect writes in the transaction of the checkpoint', 'notes'],
  handles: ['two handles on the same data are one store', 'second'],
  reopen: ['stored data survive closing and reopening', 'reopen'],
  crash: ['acknowledged events survive a crash; an unacknowledged batch is whole or absent', 'crash'],
  processes: ['several processes share one store, and a killed process leaves no partial batch', 'process'],
  immutability: ['events cannot be changed or removed', 'tamper'],
} as const satisfies Record<string, readonly [says: string, hook?: string]>;

/** The capabilities that a store may claim. @since 0.4.0 */
export type StoreCapability = keyof typeof CAPABILITIES;

/** All that a store may claim, in the order of the suite. @since 0.4.0 */
export const storeCapabilities = Object.keys(CAPABILITIES) as readonly StoreCapability[];

type HookOf<C extends StoreCapability> = (typeof CAPABILITIES)[C][1 & keyof (typeof CAPABILITIES)[C]];

/** The hooks without which some capability cannot be claimed. */
type Hook = Exclude<{ [C in StoreCapability]: HookOf<C> }[StoreCapability], undefined>;

export function hookOf(capability: StoreCapability): Hook | undefined {
  return CAPABILITIES[capability][1 as never] as Hook | undefined;
}

/** Describes the contract of a capability in a sentence; a `TypeError` for an unknown one. @since 0.4.0 */
export function describeCapability(capability: StoreCapability): string {
  mustKnow('capability', capability, storeCapabilities);
  return CAPABILITIES[capability][0];
}

/**
 * A handle on a store that has some parts of the port: the methods of the capabilities that it claims. A host adds what its
 * hooks need: the name of a file, a connection. @since 0.5.0
 */
export type OpenedParts = {
  readonly store: Pick<EventStreams, 'readStream' | 'appendToStream' | 'streamExists'> & Partial<EventStore>;
  /** Closes this handle; durable data stay. May be called twice. */
  readonly close?: () => unknown;
};

/** A handle on a store that has the whole port. @since 0.4.0 */
export type OpenedStore = OpenedParts & { readonly store: EventStore };

/** The transaction that an effect of that store writes with. @since 0.4.0 */
export type TransactionOf<Opened extends OpenedParts> =
  Opened['store'] extends ConsumerState<infer Transaction> ? Transaction : never;

/**
 * An append that was begun and waits: `commit` ends once it is written, `rollback` once it is certain that it is not. @since
 * 0.4.0
 */
export type HeldAppend = { readonly commit: () => Promise<unknown>; readonly rollback: () => Promise<unknown> };

/** Another process, which runs {@link storeTask}. @since 0.4.0 */
export type StoreProcess = {
  /** Its output in chunks of any size. It ends with the process, and throws if that failed. */
  readonly output: AsyncIterable<string>;
  /**
   * Kills it at once, as `SIGKILL` does; the output then ends, and does not throw. A server may still commit the append that the
   * process had sent.
   */
  readonly kill: () => unknown;
};

/**
 * The host of the suite, which opens stores. `open` alone is enough for the capabilities that need no hook.
 *
 * @since 0.4.0
 */
export type StoreHost<Opened extends OpenedParts = OpenedStore> = {
  /** The capabilities that the store claims besides `append`, which is always tested. The others are reported as not claimed. */
  readonly capabilities: readonly StoreCapability[];
  /** A store with nothing in it: every case opens one. */
  readonly open: () => Opened | Promise<Opened>;
  /** Removes the data of a case's store, after all handles on it were closed. */
  readonly discard?: (last: Opened) => unknown;
  /** More texts that must come back as they were, for `fidelity`. */
  readonly texts?: readonly string[];
  /** For `handles`: one more handle on the same data, while the first stays open. */
  readonly second?: (first: Opened) => Opened | Promise<Opened>;
  /** For `reopen`: a handle on the same data, after the first was closed. */
  readonly reopen?: (closed: Opened) => Opened | Promise<Opened>;
  /** For `copies`: opens a copy of the data as they are now, as a store restored from a backup, while the first stays open. @since 0.9.0 */
  readonly copy?: (first: Opened) => Opened | Promise<Opened>;
  /** For `crash`: ends the store as a power cut would, during appends, and opens the remaining data. */
  readonly crash?: (first: Opened) => Opened | Promise<Opened>;
  /**
   * For `held`: begins an append as another writer would, and leaves it uncommitted. At once it is `written`; or it has only
   * `begun`, as a transaction that has its number and no more, and is written right before it is committed. Where that
   * cannot be, both are the first. What a case leaves open is rolled back.
   */
  readonly hold?: (
    first: Opened,
    streamName: string,
    events: readonly EventShape[],
    state: 'written' | 'begun',
  ) => Promise<HeldAppend>;
  /** For `transactions`: writes a note of the host's own with the transaction of an effect, and reads all that are kept. */
  readonly notes?: {
    readonly write: (transaction: TransactionOf<Opened>, note: string, first: Opened) => unknown;
    readonly read: (first: Opened) => readonly string[] | Promise<readonly string[]>;
  };
  /**
   * For `processes`: starts a process that opens the same data and prints, each with a line feed, the lines of {@link
   * storeTask}.
   */
  readonly process?: (first: Opened, task: string) => StoreProcess | Promise<StoreProcess>;
  /**
   * For `immutability`: ways to change or remove an event that is stored, each under its name. Each must throw or reject.
   * In the stream `a` there are three events.
   */
  readonly tamper?: (first: Opened) => Readonly<Record<string, () => unknown>>;
};
