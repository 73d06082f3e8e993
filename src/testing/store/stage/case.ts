import { mustBe } from '../../../kernel/known.ts';
import type { EventShape, EventStore } from '../../../stores/event-store.ts';
import type { HeldAppend, OpenedParts, StoreCapability, StoreHost, StoreProcess, TransactionOf } from './host.ts';

/** The context of a case: an empty store, and the hooks of the host. */
export type TestContext = {
  readonly store: EventStore;
  readonly texts: readonly string[];
  readonly second: () => Promise<EventStore>;
  /** Opens another store, with nothing in it. */
  readonly another: () => Promise<EventStore>;
  /** Opens a copy of the store as it is now. */
  readonly copy: () => Promise<EventStore>;
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

/** A law of the port, or one with the capabilities that it needs besides those of its list. */
type Law = Case['run'] | Pick<Case, 'needs' | 'run'>;

export const needing = (needs: Case['needs'], run: Case['run']): Law => ({ needs, run });

/** Lists the cases of one capability, all of which need the others too. */
export function cases(
  capability: StoreCapability,
  needs: readonly StoreCapability[],
  laws: Readonly<Record<string, Law>>,
): Case[] {
  return Object.entries(laws).map(([title, law]) => {
    const { needs: more, run } = typeof law === 'function' ? { needs: [], run: law } : law;
    return { name: `${capability}: ${title}`, capability, needs: [...needs, ...more], run };
  });
}

/** Opens a store, runs a case on it, and discards it, even if the case fails. */
export async function onStage<Opened extends OpenedParts>(
  host: StoreHost<Opened>,
  run: (stage: TestContext) => Promise<void>,
): Promise<void> {
  const first = await host.open();
  const isOpened = typeof first?.store?.readStream === 'function';
  mustBe(isOpened, 'open of storeConformance answers { store }, a store with readStream', first?.store);
  const opened: [Opened, ...Opened[]] = [first];
  const others: Opened[] = []; // with data of their own
  const held = new Set<HeldAppend>();
  let failed = true;
  try {
    await run(createContext(host, opened, others, held));
    failed = false;
  } finally {
    // What a case found goes before a failure to clean up after it.
    for (const { rollback } of held) await Promise.resolve(rollback()).catch(() => undefined);
    await clear(host, opened, others).catch((error: unknown) => {
      if (!failed) throw error;
    });
  }
}

async function clear<Opened extends OpenedParts>(
  host: StoreHost<Opened>,
  opened: readonly [Opened, ...Opened[]],
  others: readonly Opened[],
) {
  for (const { close } of [...opened, ...others].reverse()) await close?.();
  for (const last of [...others, opened.at(-1) ?? opened[0]]) await host.discard?.(last);
}

/** The store of a handle; a case calls only the methods of the capabilities that it needs. */
const portOf = ({ store }: OpenedParts): EventStore => store as EventStore;

function createContext<Opened extends OpenedParts>(
  host: StoreHost<Opened>,
  opened: [Opened, ...Opened[]],
  others: Opened[],
  held: Set<HeldAppend>,
): TestContext {
  let [current] = opened;
  const hook = <K extends keyof StoreHost<Opened>>(name: K): NonNullable<StoreHost<Opened>[K]> => {
    const found = host[name];
    if (found === undefined) throw new TypeError(`The host has no hook ${name}`);
    return found as NonNullable<StoreHost<Opened>[K]>;
  };
  const kept = async (handle: Opened | Promise<Opened>, list: Opened[] = opened) => {
    const one = await handle;
    list.push(one);
    return one;
  };
  return {
    store: portOf(current),
    texts: host.texts ?? [],
    second: async () => portOf(await kept(hook('second')(current))),
    another: async () => portOf(await kept(host.open(), others)),
    copy: async () => portOf(await kept(hook('copy')(current), others)),
    reopen: async () => {
      await current.close?.();
      current = await kept(hook('reopen')(current));
      return portOf(current);
    },
    crash: async () => {
      current = await kept(hook('crash')(current));
      return portOf(current);
    },
    hold: async (streamName, events, state = 'written') => {
      const append = await hook('hold')(current, streamName, events, state);
      held.add(append);
      const ended = (end: () => Promise<unknown>) => () => {
        held.delete(append);
        return end();
      };
      return { commit: ended(append.commit), rollback: ended(append.rollback) };
    },
    writeNote: (transaction, note) => hook('notes').write(transaction as TransactionOf<Opened>, note, current),
    notes: async () => hook('notes').read(current),
    process: async (task) => hook('process')(current, task),
    tamper: () => hook('tamper')(current),
  };
}
