import type { EventShape, EventStore } from '../../stores/event-store.ts';
import type { StoreCapability } from './capability.ts';
import type { HeldAppend, StoreProcess } from './host.ts';

/** What a case gets: a store with nothing in it, and what else the host can do with it. */
export type TestContext = {
  readonly store: EventStore;
  readonly texts: readonly string[];
  readonly second: () => Promise<EventStore>;
  /** Closes the store and opens it; from then on the other hooks speak of the new handle. */
  readonly reopen: () => Promise<EventStore>;
  readonly crash: () => Promise<EventStore>;
  readonly hold: (
    streamName: string,
    events: readonly EventShape[],
    state?: 'written' | 'begun',
  ) => Promise<HeldAppend>;
  readonly writeNote: (transaction: never, note: string) => unknown;
  readonly notes: () => Promise<readonly string[]>;
  readonly process: (task: string) => Promise<StoreProcess>;
  readonly tamper: () => Readonly<Record<string, () => unknown>>;
};

/** A law of the port: it throws when the store breaks it. */
export type Case = {
  readonly name: string;
  readonly capability: StoreCapability;
  /** What else the store must claim for it. */
  readonly needs: readonly StoreCapability[];
  readonly run: (stage: TestContext) => Promise<void>;
};

/** The cases of one capability that need the others too. */
export function cases(
  capability: StoreCapability,
  needs: readonly StoreCapability[],
  laws: Readonly<Record<string, Case['run']>>,
): Case[] {
  return Object.entries(laws).map(([title, run]) => ({ name: `${capability}: ${title}`, capability, needs, run }));
}
