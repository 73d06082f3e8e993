/** The disk of a phone that outlives its replica: a database that may fail or be emptied, a second place, and marks. */

import { memoryReplicaStore } from '../../src/memory.ts';
import type { ActCommand, Replica } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { ReplicaJournal, ReplicaMarks, ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors } from '../../src/testing.ts';
import { assignVisit, own, world } from './device.ts';

export const visitId = 'visit-1';
export const acts = own([
  'RecordArrival',
  'ShowCredential',
  'ValidateIdentity',
  'AnnounceService',
]) as readonly ActCommand[];
export const [arrive, show, validate] = acts as [ActCommand, ActCommand, ActCommand];

/** A journal in memory; `fails` for one that cannot be read or written; the next write waits for `held`. */
export function journalInMemory() {
  const entries = new Map<string, string>();
  const state = { fails: false, held: undefined as Promise<void> | undefined };
  const guard = () => {
    if (state.fails) throw new StoreError('io', 'The journal fails');
  };
  const journal: ReplicaJournal = {
    async read(prefix) {
      guard();
      return new Map([...entries].filter(([key]) => key.startsWith(prefix)));
    },
    async write(changes) {
      const { held } = state;
      state.held = undefined;
      await held;
      guard();
      for (const [key, text] of Object.entries(changes)) {
        if (text === null) entries.delete(key);
        else entries.set(key, text);
      }
    },
  };
  return { entries, state, journal };
}

export function marksInMemory() {
  const texts = new Map<string, string>();
  const marks: ReplicaMarks = {
    read: (prefix) => new Map([...texts].filter(([key]) => key.startsWith(prefix))),
    set: (key, text) => void (text === null ? texts.delete(key) : texts.set(key, text)),
  };
  return { texts, marks };
}

type Failure = 'full' | 'io' | 'unavailable';

/** A disk: a database that may refuse writes, or every call; with a second place, and marks. */
export function disk({ withJournal = true, withMarks = true } = {}) {
  const state = { writes: null as Failure | null, reads: null as Failure | null, database: memoryReplicaStore() };
  const { journal, entries, state: journalState } = journalInMemory();
  const { marks, texts } = marksInMemory();
  const guard = (failure: Failure | null) => {
    if (failure !== null) throw new StoreError(failure, `The disk: ${failure}`);
  };
  const reading = (name: 'readGroup' | 'listGroups' | 'readBlob' | 'listBlobs') => async (argument: string) => {
    guard(state.reads);
    return state.database[name](argument) as never;
  };
  const writing =
    (name: 'writeGroup' | 'dropGroup' | 'putBlob' | 'dropBlob') =>
    async (...given: unknown[]) => {
      guard(state.reads ?? state.writes);
      return (state.database[name] as (...all: unknown[]) => Promise<never>)(...given);
    };
  const open = (): ReplicaStore => ({
    ...{ readGroup: reading('readGroup'), listGroups: reading('listGroups'), readBlob: reading('readBlob') },
    ...{ listBlobs: reading('listBlobs') as never, writeGroup: writing('writeGroup'), dropGroup: writing('dropGroup') },
    ...{ putBlob: writing('putBlob'), dropBlob: writing('dropBlob'), close: async () => undefined },
    ...(withMarks && { marks }),
    ...(withJournal && { journal }),
  });
  /** The entries of acts; one without a visit says that the store was used. */
  const ofActs = () => new Map([...entries].filter(([key]) => !key.endsWith('/')));
  return {
    ...{ state, open, journalState, texts, journal },
    get entries() {
      return ofActs();
    },
    loseJournal: () => entries.clear(),
  };
}

/** A phone with the assigned visit, and without a signal. */
export async function atTheDoor(options?: Parameters<typeof disk>[0]) {
  const here = world();
  await here.server.service.handle(assignVisit);
  const drive = disk(options);
  const device = () => here.device(actors.provider, { store: drive.open() });
  const phone = device();
  await phone.replica.sync();
  phone.network.online = false;
  return { ...here, world: here, ...phone, drive, device };
}

export const waiting = async (replica: Replica) =>
  (await replica.visit(visitId)).pending.map(({ command }) => command.type);
export const types = (given: readonly ActCommand[]) => given.map(({ type }) => type);

export async function recorded(server: Awaited<ReturnType<typeof atTheDoor>>['server']) {
  return (await server.logOf(visitId)).map(({ metadata }) => metadata?.commandId).filter((id) => id !== undefined);
}

export async function takeAll(replica: Replica, given: readonly ActCommand[]): Promise<string[]> {
  const ids: string[] = [];
  for (const act of given) {
    const answer = await replica.act(act);
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    ids.push(answer.commandId);
  }
  return ids;
}
