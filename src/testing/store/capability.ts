import { mustKnow } from '../../kernel/known.ts';

/**
 * The capabilities that a store may claim, in the order of the suite; each with what it says and, where the suite
 * cannot look by itself, the hook of {@link StoreHost} that it needs.
 */
const CAPABILITIES = {
  append: ['whole batches in order, each event at its version; an empty batch is nothing'],
  expectations: ['an append or a read is judged by the version that it expects'],
  conflicts: ['a conflict says the stream, what was expected and what there is, by the names and codes of the port'],
  lastEventId: ['an append is judged by the id of the last event that it expects, and the store says so'],
  racing: ['of writers at one version one wins; none loses an event, none disturbs another stream'],
  reading: ['who reads meanwhile sees whole batches, and nothing that he read changes'],
  ranges: ['from, to and maxCount: inclusive positions and counts'],
  backwards: ['the last event first'],
  positions: ['each event has a place in the whole store, which grows'],
  aggregate: ['aggregateStream folds what readStream reads'],
  names: ['any string names a stream, and no two strings name the same one'],
  fidelity: ['an event comes back as JSON has it, to the character and the order of keys'],
  isolation: ['neither a caller nor a reader holds what the store keeps'],
  refusals: ['what the port does not take is refused, with the code of the port'],
  unbound: ['the methods need no `this`'],
  idempotency: ['an event id is stored once: a repeat is answered as the first time, another content is refused'],
  stored: ['readStored gives the texts as they were written'],
  feed: ['readFeed shows all events in an order that never changes'],
  held: ['the feed waits for appends that are slow, and not for those that were rolled back', 'hold'],
  rows: ['rows of read models, written with the events or with a checkpoint'],
  consumers: ['checkpoints by compare-and-set, with parked streams; reset'],
  streamFeed: ['readFeed shows the part of one stream from a version on'],
  lag: ['readLag counts what is committed after a place, and says what is held back'],
  retrying: ['streams that are tried again, and how much was handled, are kept with the checkpoint'],
  generations: ['rows are built as a new generation, and swapped in'],
  effects: ['an effect, its rows and its checkpoint are written together, or none is'],
  transactions: ['an effect writes in the transaction of the checkpoint', 'notes'],
  handles: ['two handles on the same data are one store', 'second'],
  reopen: ['what was there is there after closing and opening', 'reopen'],
  crash: ['what was acknowledged survives a crash; what was not is whole or absent', 'crash'],
  processes: ['several processes are one store, and one that is killed leaves no half batch', 'process'],
  immutability: ['nobody changes or removes an event', 'tamper'],
} as const satisfies Record<string, readonly [says: string, hook?: string]>;

/** The capabilities that a store may claim. @since 0.4.0 */
export type StoreCapability = keyof typeof CAPABILITIES;

/** All that a store may claim, in the order of the suite. @since 0.4.0 */
export const storeCapabilities = Object.keys(CAPABILITIES) as readonly StoreCapability[];

type HookOf<C extends StoreCapability> = (typeof CAPABILITIES)[C][1 & keyof (typeof CAPABILITIES)[C]];

/** The hooks without which some capability cannot be claimed. */
export type Hook = Exclude<{ [C in StoreCapability]: HookOf<C> }[StoreCapability], undefined>;

export function hookOf(capability: StoreCapability): Hook | undefined {
  return CAPABILITIES[capability][1 as never] as Hook | undefined;
}

/** A sentence that says what a capability is; a `TypeError` for one that there is not. @since 0.4.0 */
export function describeCapability(capability: StoreCapability): string {
  mustKnow('capability', capability, storeCapabilities);
  return CAPABILITIES[capability][0];
}
