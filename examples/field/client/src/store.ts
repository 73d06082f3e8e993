/** The database of this device: the session, the visit as it came last, the key, and all that the client has said. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ClientOutcome } from '../../client-contract.ts';
import type { ClientSession, Said, ShownVisit } from './server.ts';

type Kept = { session: ClientSession; visit: ShownVisit; key: CryptoKeyPair };

interface Tables extends DBSchema {
  said: { key: number; value: Said };
  kept: { key: string; value: Kept[keyof Kept] };
}

let opening: Promise<IDBPDatabase<Tables>> | undefined;

function database(): Promise<IDBPDatabase<Tables>> {
  opening ??= openDB<Tables>('client', 1, {
    upgrade(made) {
      made.createObjectStore('said', { autoIncrement: true });
      made.createObjectStore('kept');
    },
    blocking: (_, __, { target }) => (target as IDBDatabase).close(),
    terminated: () => {
      opening = undefined;
    },
  });
  return opening;
}

const strict = { durability: 'strict' } as const;

export async function read<K extends keyof Kept>(key: K): Promise<Kept[K] | undefined> {
  const transaction = (await database()).transaction('kept');
  return (await transaction.store.get(key)) as Kept[K] | undefined;
}

/** Keeps a session that was opened, and the visit as it came with it. */
export async function keepEntered(session: ClientSession, visit: ShownVisit): Promise<void> {
  const transaction = (await database()).transaction('kept', 'readwrite', strict);
  const { store, done } = transaction;
  await Promise.all([store.put(session, 'session'), store.put(visit, 'visit'), done]);
}

/** Keeps a value unless there is one, and answers the one that stays: another tab may have been first. */
export async function keepFirst<K extends keyof Kept>(key: K, value: Kept[K]): Promise<Kept[K]> {
  const transaction = (await database()).transaction('kept', 'readwrite', strict);
  const first = (await transaction.store.get(key)) as Kept[K] | undefined;
  if (first === undefined) await transaction.store.put(value, key);
  await transaction.done;
  return first ?? value;
}

export async function dropKey(): Promise<void> {
  const transaction = (await database()).transaction('kept', 'readwrite', strict);
  await Promise.all([transaction.store.delete('key'), transaction.done]);
}

/** Removes all of some visits; answers true unless a session of another visit is left. */
export async function forgetVisits(visitIds: ReadonlySet<string>): Promise<boolean> {
  const transaction = (await database()).transaction(['said', 'kept'], 'readwrite', strict);
  const [said, kept] = [transaction.objectStore('said'), transaction.objectStore('kept')];
  const [keys, all] = await Promise.all([said.getAllKeys(), said.getAll()]);
  const session = (await kept.get('session')) as ClientSession | undefined;
  const visit = (await kept.get('visit')) as ShownVisit | undefined;
  for (const [index, one] of all.entries()) if (visitIds.has(one.visitId)) await said.delete(keys[index] as number);
  if (visit !== undefined && visitIds.has(visit.view.visitId)) await kept.delete('visit');
  const isGone = session === undefined || visitIds.has(session.visitId);
  if (isGone) await kept.delete('session');
  await transaction.done;
  return isGone;
}

/** Adds what the client said; resolves when it is on the disk. */
export async function add(said: Said): Promise<void> {
  const transaction = (await database()).transaction('said', 'readwrite', strict);
  await Promise.all([transaction.store.add(said), transaction.done]);
}

/** All that the client has said, in their order. */
export async function listSaid(): Promise<readonly Said[]> {
  return (await database()).transaction('said').store.getAll();
}

/** Keeps at once the visit as it came, and the outcomes of commands by their ids. */
export async function keepAnswer(visit: ShownVisit, outcomes: ReadonlyMap<string, ClientOutcome>): Promise<void> {
  const transaction = (await database()).transaction(['said', 'kept'], 'readwrite', strict);
  const table = transaction.objectStore('said');
  const [keys, all] = await Promise.all([table.getAllKeys(), table.getAll()]);
  for (const [index, said] of all.entries()) {
    const outcome = outcomes.get(said.command.metadata.commandId ?? '');
    if (outcome !== undefined) await table.put({ ...said, outcome }, keys[index] as number);
  }
  await transaction.objectStore('kept').put(visit, 'visit');
  await transaction.done;
}
