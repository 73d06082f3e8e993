/** The script of a page, a frame or a worker that works on stores in IndexedDB. A test calls what it puts into `auxilioPage`. */
import { indexedDbReplicaStore, indexedDbStore } from 'auxilio/indexeddb';
import { replicaStoreConformance, type StoreCapability, storeConformance, storeTask } from 'auxilio/testing';
import { openDB } from 'idb';
import { newName } from '../../stores/indexeddb-host.ts';
import { limits } from '../../support/limits.ts';
import { kills, runOn } from '../../testing/store/kills.ts';
import { frameHost, pageHost } from './host.ts';
import { scenarios } from './scenarios.ts';

const page = globalThis as unknown as Record<string, unknown> & {
  readonly document?: unknown;
  postMessage(message: unknown): void;
  addEventListener(
    type: 'message',
    listener: (event: { data: 'received' | { name: string; task: string } }) => void,
  ): void;
};

const pause = () => new Promise((resolve) => setTimeout(resolve, 4));
let turns: Promise<unknown> = Promise.resolve();
/** The turns for which saboteurs wait: one after the other, so that what is done in one is seen in the next. */
page.setImmediate ??= (run: () => void) => {
  turns = turns.then(pause).then(run);
};

/** The outcome of a case, and the reason why it failed or was skipped. */
export type Outcome = {
  readonly name: string;
  readonly capability: StoreCapability;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly why: string;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Every third one, from that part on: no call of a test takes long. */
const partOf = <T>(all: readonly T[], part: number) => all.filter((_, place) => place % 3 === part);

/** Runs a part of the store suite; the outcome of each case. */
async function conformance(part: number): Promise<readonly Outcome[]> {
  const framed = new Map(storeConformance(frameHost).cases.map((one) => [one.name, one]));
  const outcomes: Outcome[] = [];
  for (const { name, capability, skip, run } of partOf(storeConformance(pageHost).cases, part)) {
    if (skip !== false) {
      outcomes.push({ name, capability, outcome: 'skipped', why: skip });
      continue;
    }
    const failure = await (capability === 'crash' ? framed.get(name)?.run() : run())?.then(() => '', messageOf);
    outcomes.push({ name, capability, outcome: failure === '' ? 'passed' : 'failed', why: failure ?? 'no such case' });
  }
  return outcomes;
}

/** Runs a case on a store in IndexedDB that is spoilt; false if the fault is not noticed. A race is run up to five times. */
async function noticed(fault: string, killedBy: string): Promise<boolean> {
  for (let tries = 0; tries < 5; tries += 1) {
    const store = indexedDbStore({ name: newName(), busyTimeoutMs: limits.waitMs });
    try {
      await runOn(fault, killedBy, () => store as never);
    } catch {
      return true;
    } finally {
      await store.close();
    }
  }
  return false;
}

/** The faults of a part that are not noticed. */
async function survivors(part: number) {
  const faults = partOf(kills, part);
  const found: string[] = [];
  for (const { fault, killedBy } of faults) if (!(await noticed(fault, killedBy))) found.push(`${fault}: ${killedBy}`);
  return { faults: faults.length, found };
}

/** Runs the cases of a replica's store; what failed, or did not run. */
async function replicaCases(encrypted: boolean) {
  const failed: string[] = [];
  const opened = (database: string) => ({ database, store: indexedDbReplicaStore({ name: database, encrypted }) });
  const { cases } = replicaStoreConformance({
    open: () => opened(newName()),
    again: ({ database }) => opened(database).store,
  });
  for (const { name, run } of cases) await run().catch((error) => failed.push(`${name}: ${messageOf(error)}`));
  return { passed: cases.length - failed.length, failed };
}

page.auxilioPage = {
  conformance,
  survivors,
  replicaCases,
  indexedDbStore,
  indexedDbReplicaStore,
  openDB,
  ...scenarios,
};

// In a worker: the task of a process of the store suite. What a worker has said and the page has not received is lost when it is
// killed, so that it goes on when the page says that it has.
if (page.document === undefined) {
  let received: () => void = () => undefined;
  page.addEventListener('message', ({ data }) => {
    if (data === 'received') return received();
    const { name, task } = data;
    const work = async () => {
      for await (const line of storeTask(indexedDbStore({ name, busyTimeoutMs: limits.waitMs }), task)) {
        const isReceived = new Promise<void>((resolve) => (received = resolve));
        page.postMessage(`${line}\n`);
        await isReceived;
      }
      page.postMessage(null);
    };
    work().catch((error: unknown) => page.postMessage({ failed: messageOf(error) }));
  });
}
