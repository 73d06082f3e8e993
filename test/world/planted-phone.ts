/** Errors that are planted into phones: their store, their way to the server, or the replica itself. */
import type { Remote } from '../../src/replica.ts';
import { RemoteError } from '../../src/replica.ts';
import type { ReplicaChanges, ReplicaStore } from '../../src/stores/replica-store.ts';
import type { PlantedPhone } from './phone.ts';
import type { Server } from './server.ts';

type Store = NonNullable<PlantedPhone['store']>;
type Way = NonNullable<PlantedPhone['remote']>;

/** A store whose writes are changed: what is written, or that nothing is. */
const onWrite =
  (change: (changes: ReplicaChanges, group: string) => ReplicaChanges): Store =>
  (store) => ({ ...store, writeGroup: (group, at, changes) => store.writeGroup(group, at, change(changes, group)) });

const mapRecords = (changes: ReplicaChanges, kind: string, map: (text: string) => string | null): ReplicaChanges =>
  Object.fromEntries(
    Object.entries(changes).map(([key, text]) => [key, text !== null && key.startsWith(kind) ? map(text) : text]),
  );

const onSync =
  (change: (sync: Remote['sync']) => Remote['sync']): Way =>
  (remote) => ({ ...remote, sync: change(remote.sync) });

const renamed = (() => {
  let ids = 0;
  return (batch: Parameters<Remote['sync']>[0]) => ({
    ...batch,
    commands: batch.commands.map((one) => ({ ...one, metadata: { ...one.metadata, commandId: `x-${++ids}` } })),
  });
})();

/** A store that says that it wrote, and writes with the next write: what waits is lost when the process is killed. */
function lazy(store: ReplicaStore): ReplicaStore {
  const waiting: { group: string; changes: ReplicaChanges }[] = [];
  const flush = async () => {
    for (const { group, changes } of waiting.splice(0)) {
      const { revision } = await store.readGroup(group);
      await store.writeGroup(group, revision, changes);
    }
  };
  return {
    ...store,
    async readGroup(group) {
      if (waiting.some((one) => one.group !== group)) await flush();
      const { revision, records } = await store.readGroup(group);
      const merged = new Map(records);
      for (const { changes } of waiting) {
        for (const [key, text] of Object.entries(changes)) {
          if (text === null) merged.delete(key);
          else merged.set(key, text);
        }
      }
      return { revision: revision + waiting.length, records: new Map([...merged].sort()) };
    },
    async writeGroup(group, expected, changes) {
      if (!group.startsWith('visit/') || waiting.length > 2) {
        await flush();
        return store.writeGroup(group, expected, changes).catch(async () => {
          const { revision } = await store.readGroup(group);
          return store.writeGroup(group, revision, changes);
        });
      }
      waiting.push({ group, changes });
      return expected + 1;
    },
  };
}

export const plantedInPhones: Readonly<Record<string, PlantedPhone>> = {
  'the outbox is cleared when the batch is sent, not when it is answered': {
    store: onWrite((changes) => mapRecords(changes, 'queue/', (text) => (text.includes('"sentAt"') ? null : text))),
  },
  'a command is sent under a new id at each try': { remote: onSync((sync) => (batch) => sync(renamed(batch))) },
  'an act is answered before it is durable': { store: lazy },
  'a write of the queue is forgotten where there is no second place': {
    store: ({ journal: _, ...store }) =>
      onWrite((changes) => mapRecords(changes, 'queue/', (text) => (text.includes('InspectArea') ? null : text)))(
        store,
      ),
  },
  'the commands of a batch are sent the other way round': {
    remote: onSync((sync) => async (batch) => {
      const answer = await sync({ ...batch, commands: [...batch.commands].reverse() });
      return { ...answer, outcomes: [...answer.outcomes].reverse() };
    }),
  },
  'the last command of a batch is dropped, and said to be accepted': {
    remote: (remote) => ({
      ...remote,
      async sync(batch) {
        if (batch.commands.length < 2) return remote.sync(batch);
        const answer = await remote.sync({ ...batch, commands: batch.commands.slice(0, -1) });
        const lost = batch.commands.at(-1)?.metadata.commandId;
        const made = { type: 'X', data: {}, metadata: { schemaVersion: 9, commandId: lost, eventId: `e-${lost}` } };
        return {
          ...answer,
          outcomes: [...answer.outcomes, { outcome: 'accepted', position: 1 }],
          events: [...answer.events, made],
          version: answer.version + 1,
        };
      },
    }),
  },
  'what is refused is dropped': {
    remote: (remote, servers) => ({
      ...remote,
      async sync(batch) {
        const { service } = servers.running()[0] as Pick<Server, 'service'>;
        const kept: (typeof batch.commands)[number][] = [];
        for (const one of batch.commands) {
          const { state } = await service.load(batch.visitId);
          if (one.metadata.despite === undefined || state.visitId === null) kept.push(one);
        }
        if (kept.length === batch.commands.length) return remote.sync(batch);
        const answer = await remote.sync({ ...batch, commands: kept });
        const dropped = batch.commands.filter((one) => !kept.includes(one)).map(({ metadata }) => metadata.commandId);
        const made = dropped.map((commandId) => ({
          type: 'X',
          data: {},
          metadata: { schemaVersion: 9, commandId, eventId: `e-${commandId}` },
        }));
        return {
          ...answer,
          outcomes: batch.commands.map(() => ({ outcome: 'accepted' as const, position: 1 })),
          events: [...answer.events, ...made],
          version: answer.version + made.length,
        };
      },
    }),
  },
  'an event of the answer is left out': {
    remote: (remote) => ({
      ...remote,
      async events(visitId, after) {
        const answer = await remote.events(visitId, after);
        return { ...answer, events: answer.events.length > 2 ? answer.events.slice(1) : answer.events };
      },
    }),
  },
  'the events of an answer are in another order': {
    remote: (remote) => ({
      ...remote,
      async events(visitId, after) {
        const answer = await remote.events(visitId, after);
        return { ...answer, events: [...answer.events].reverse() };
      },
    }),
  },
  'a page of assignments is read after its cursor was stored': {
    remote: (remote) => ({
      ...remote,
      async assignments(after) {
        const page = await remote.assignments(after);
        return after === null ? page : { ...page, visits: [] };
      },
    }),
  },
  'two tabs write over each other': {
    store: (store) => ({
      ...store,
      async writeGroup(group, _expected, changes) {
        const { revision } = await store.readGroup(group);
        return store.writeGroup(group, revision, changes);
      },
    }),
  },
  'a write is torn': {
    store: (store) => ({
      ...store,
      async writeGroup(group, expected, changes) {
        const entries = Object.entries(changes);
        const [first, ...rest] = entries;
        if (first === undefined || rest.length === 0) return store.writeGroup(group, expected, changes);
        await store.writeGroup(group, expected, Object.fromEntries([first]));
        await Promise.resolve();
        const { revision } = await store.readGroup(group);
        return store.writeGroup(group, revision, Object.fromEntries(rest.filter(([key]) => !key.startsWith('event/'))));
      },
    }),
  },
  'what was sent can still be undone': {
    store: onWrite((changes) => mapRecords(changes, 'queue/', (text) => text.replace(/,"sentAt":"[^"]*"/, ''))),
  },
  'the server takes what says that photographs are sent without their bytes': {
    remote: (remote, { photos }) => ({
      ...remote,
      putPhoto: async ({ sha256 }) => void photos.set(sha256, new Uint8Array()),
    }),
  },
  'the bytes of photographs are dropped when they are to be sent': {
    store: (store) => ({
      ...store,
      async readBlob(sha256) {
        const bytes = await store.readBlob(sha256);
        await store.dropBlob(sha256);
        return bytes;
      },
    }),
  },
  'a failed batch is taken for one that cannot be read': {
    remote: onSync(
      (sync) => (batch) =>
        sync(batch).catch(() => {
          throw new RemoteError('malformed', 'It failed', { index: 0 });
        }),
    ),
  },
  'what a restored server lacks is removed with the log, and does not wait again': {
    store: onWrite((changes) => {
      const isReplaced = Object.entries(changes).some(([key, text]) => key.startsWith('event/') && text === null);
      return isReplaced ? mapRecords(changes, 'queue/', () => null) : changes;
    }),
  },
  'a phone does not say what it has lost': {
    replica: (replica) => ({
      ...replica,
      get status() {
        return { ...replica.status, losses: [] };
      },
    }),
  },
  'nothing beside the database says what waits': { store: ({ journal: _, marks: __, ...store }) => store },
  'the server is not asked if its log is the one that is here': {
    remote: (remote) => ({ ...remote, sync: ({ head: _, ...batch }) => remote.sync(batch) }),
  },
};
