import { mustKnowKeys } from '../../kernel/known.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { mustHave, type SuiteCase, suiteCase } from '../assert.ts';
import { type ReplicaCase, replicaStoreCases } from './replica-cases.ts';

/** The host of {@link replicaStoreConformance}, which opens stores. @since 0.5.0 */
export type ReplicaStoreHost<Opened extends Readonly<{ store: ReplicaStore }> = Readonly<{ store: ReplicaStore }>> = {
  /** A store with nothing in it: every case opens one, and closes it. A host adds what `again` needs: the name of a file. */
  readonly open: () => Opened | Promise<Opened>;
  /** One more handle on the data of a store that `open` gave, be that open or closed. Without it the cases that need one do not run. */
  readonly again?: (first: Opened) => ReplicaStore | Promise<ReplicaStore>;
};

/** A case of {@link replicaStoreConformance}, which opens a store. @since 0.5.0 */
export type ReplicaStoreCase = SuiteCase;

/**
 * The conformance cases of stores of a replica, to run under any test runner:
 * `for (const { name, run } of replicaStoreConformance({ open }).cases) test(name, run)`.
 *
 * @throws TypeError without `open`, or for an option that is not known
 * @since 0.5.0
 */
export function replicaStoreConformance<Opened extends Readonly<{ store: ReplicaStore }>>(
  host: ReplicaStoreHost<Opened>,
): { readonly cases: readonly ReplicaStoreCase[] } {
  mustKnowKeys('replicaStoreConformance', host, { open: 0, again: 0 });
  mustHave('replicaStoreConformance', host, ['open']);
  const cases = replicaStoreCases.map((one) => {
    const skip = one.shared && host.again === undefined && 'needs again';
    return suiteCase(one.name, skip, () => onHandles(host, one));
  });
  return { cases };
}

async function onHandles<Opened extends Readonly<{ store: ReplicaStore }>>(
  { open, again }: ReplicaStoreHost<Opened>,
  { run }: ReplicaCase,
): Promise<void> {
  const first = await open();
  const { store } = first;
  const opened = [store];
  const second = async () => {
    const other = (await again?.(first)) ?? store;
    opened.push(other);
    return other;
  };
  const reopen = async () => {
    await store.close();
    return second();
  };
  try {
    await run({ store, second, reopen });
  } finally {
    for (const one of opened.reverse()) await one.close();
  }
}
