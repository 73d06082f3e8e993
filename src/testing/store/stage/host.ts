import type { ConsumerState, EventShape, EventStore, EventStreams } from '../../../stores/event-store.ts';
import type { StoreCapability } from './capability.ts';

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
