import type { EventShape, EventStore } from '../../../stores/event-store.ts';
import type { StoreCapability } from './capability.ts';
import type { HeldAppend, StoreProcess } from './host.ts';

/** The context of a case: an empty store, and the hooks of the host. */
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
  /** Further capabilities that the case needs. */
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
