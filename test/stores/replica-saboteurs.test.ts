/** Stores of a replica with one fault each, which the cases notice. */
import { memoryReplicaStore } from 'auxilio/memory';
import { replicaStoreConformance } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/stores/errors.ts';
import type { ReplicaChanges, ReplicaStore } from '../../src/stores/replica-store.ts';

type Fault = (honest: ReplicaStore, base: ReplicaStore) => Partial<ReplicaStore>;

/** A handle on a store that others share: it alone is closed. */
function handleOn(base: ReplicaStore): ReplicaStore {
  let closed = false;
  const guarded =
    (method: (...parameters: never[]) => Promise<unknown>) =>
    async (...parameters: never[]) => {
      if (closed) throw new StoreError('closed', 'The store is closed');
      return method(...parameters);
    };
  const methods = Object.entries(base).map(([name, method]) => [name, guarded(method as never)]);
  const close = async () => {
    closed = true;
  };
  return { ...(Object.fromEntries(methods) as ReplicaStore), close };
}

const changing = (change: (changes: ReplicaChanges) => ReplicaChanges): Fault => {
  return (honest) => ({ writeGroup: (group, at, changes) => honest.writeGroup(group, at, change(changes)) });
};

const mapping = (change: (key: string, text: string | null) => readonly [string, string | null]) =>
  changing((changes) => Object.fromEntries(Object.entries(changes).map(([key, text]) => change(key, text))));

const naming = (change: (name: string) => string): Fault => {
  return (honest) => ({
    readGroup: (group) => honest.readGroup(change(group)),
    writeGroup: (group, at, changes) => honest.writeGroup(change(group), at, changes),
    dropGroup: (group, at) => honest.dropGroup(change(group), at),
  });
};

/** Each group in a store of its own, so that its revisions begin again with it. */
function restarting(): Partial<ReplicaStore> {
  const stores = new Map<string, ReplicaStore>();
  const of = (group: string) => {
    const store = stores.get(group) ?? memoryReplicaStore();
    stores.set(group, store);
    return store;
  };
  return {
    readGroup: (group) => of(group).readGroup(group),
    writeGroup: (group, at, changes) => of(group).writeGroup(group, at, changes),
    async dropGroup(group, at) {
      await of(group).dropGroup(group, at);
      stores.delete(group);
    },
    async listGroups(prefix) {
      const lists = await Promise.all([...stores.values()].map((store) => store.listGroups(prefix)));
      return lists.flat().sort((one, other) => (one.group < other.group ? -1 : 1));
    },
  };
}

const faults: Readonly<Record<string, Fault>> = {
  'a write does not look at the revision': (honest) => ({
    writeGroup: async (group, _, changes) =>
      honest.writeGroup(group, (await honest.readGroup(group)).revision, changes),
  }),
  'a drop does not look at the revision': (honest) => ({
    dropGroup: async (group) => honest.dropGroup(group, (await honest.readGroup(group)).revision),
  }),
  'a conflict does not say the actual revision': (honest) => ({
    writeGroup: (group, at, changes) =>
      honest.writeGroup(group, at, changes).catch((error) => {
        throw Object.assign(error, { actual: at });
      }),
  }),
  'the revisions of a dropped group begin again': restarting,
  'a write that changes nothing has no revision of its own': (honest) => ({
    writeGroup: async (group, at, changes) =>
      Object.keys(changes).length === 0 && at > 0 ? at : honest.writeGroup(group, at, changes),
  }),
  'a write answers the revision that was expected': (honest) => ({
    writeGroup: async (group, at, changes) => {
      await honest.writeGroup(group, at, changes);
      return at;
    },
  }),
  'the changes are written one by one': (honest) => ({
    async writeGroup(group, at, changes) {
      let revision = at;
      for (const [key, text] of Object.entries(changes)) {
        revision = await honest.writeGroup(group, revision, { [key]: text });
        await new Promise((resolve) => setImmediate(resolve));
      }
      return Object.keys(changes).length === 0 ? honest.writeGroup(group, at, {}) : revision;
    },
  }),
  'a refused write leaves what was in order': (honest) => ({
    writeGroup: (group, at, changes) =>
      honest.writeGroup(group, at, changes).catch(async (error) => {
        const valid = Object.entries(changes ?? {}).filter(([key, text]) => key !== '' && typeof text === 'string');
        if (error.code === 'store-invalid') await honest.writeGroup(group, at, Object.fromEntries(valid));
        throw error;
      }),
  }),
  'an empty record is removed': mapping((key, text) => [key, text === '' ? null : text]),
  'a key ends at its first NUL': mapping((key, text) => [key.replace(/(?<=.)\0.*$/s, ''), text]),
  'a text ends at its first NUL': mapping((key, text) => [key, text?.replace(/\0.*$/s, '') ?? text]),
  'a lone surrogate is replaced': mapping((key, text) => [key, text?.replace(/\p{Surrogate}/gu, '\ufffd') ?? text]),
  'a text is normalized': mapping((key, text) => [key, text?.normalize() ?? text]),
  'a key is trimmed': mapping((key, text) => [key.trim() || key, text]),
  'a record named __proto__ is lost': changing((changes) => {
    const copy: Record<string, string | null> = {};
    for (const [key, text] of Object.entries(changes)) copy[key] = text;
    return copy;
  }),
  'the names of groups fold case': naming((name) => (typeof name === 'string' ? name.toLowerCase() : name)),
  'records are in the order in which they were written': (honest) => ({
    readGroup: async (group) => {
      const { revision, records } = await honest.readGroup(group);
      return { revision, records: new Map([...records].reverse()) };
    },
  }),
  'records are in the order of code points': (honest) => ({
    readGroup: async (group) => {
      const { revision, records } = await honest.readGroup(group);
      const sorted = [...records].sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      return { revision, records: new Map(sorted) };
    },
  }),
  'groups are in the order of a language': (honest) => ({
    listGroups: async (prefix) =>
      [...(await honest.listGroups(prefix))].sort((one, other) => one.group.localeCompare(other.group)),
  }),
  'a prefix is a pattern': (honest) => ({
    listGroups: async (prefix) =>
      (await honest.listGroups('')).filter(({ group }) => prefix === '_' || group.startsWith(prefix)),
  }),
  'the head is that of the first write': (honest) => {
    const heads = new Map<string, string | null>();
    return {
      listGroups: async (prefix) =>
        (await honest.listGroups(prefix)).map((entry) => {
          if (!heads.has(entry.group)) heads.set(entry.group, entry.head);
          return { ...entry, head: heads.get(entry.group) ?? null };
        }),
    };
  },
  'a dropped group is still listed': (honest) => ({
    dropGroup: async (group, at) => {
      const { records } = await honest.readGroup(group);
      await honest.writeGroup(group, at, Object.fromEntries([...records.keys()].map((key) => [key, null])));
    },
  }),
  'a drop takes the bytes of the same name along': (honest) => ({
    dropGroup: async (group, at) => {
      await honest.dropGroup(group, at);
      await honest.dropBlob(group);
    },
  }),
  'bytes are replaced': (honest) => ({
    putBlob: async (sha256, bytes) => {
      if (bytes instanceof Uint8Array && sha256 !== '') await honest.dropBlob(sha256);
      await honest.putBlob(sha256, bytes);
    },
  }),
  'a part of bytes is stored with all that is around it': (honest) => ({
    putBlob: (sha256, bytes) => honest.putBlob(sha256, bytes?.buffer ? new Uint8Array(bytes.buffer) : bytes),
  }),
  'bytes are copied late': (honest) => ({
    putBlob: async (sha256, bytes) => {
      await new Promise((resolve) => setImmediate(resolve));
      await honest.putBlob(sha256, bytes);
    },
  }),
  'the bytes that are read are those that are kept': (honest) => {
    const read = new Map<string, Uint8Array | null>();
    return {
      readBlob: async (sha256) => {
        if (!read.has(sha256)) read.set(sha256, await honest.readBlob(sha256));
        return read.get(sha256) ?? null;
      },
    };
  },
  'empty bytes are none': (honest) => ({
    readBlob: async (sha256) => {
      const bytes = await honest.readBlob(sha256);
      return bytes?.length === 0 ? null : bytes;
    },
  }),
  'the size of bytes is rounded': (honest) => ({
    listBlobs: async () => (await honest.listBlobs()).map(({ sha256, size }) => ({ sha256, size: size & ~1 })),
  }),
  'a closed store answers': (honest, base) => ({ readGroup: base.readGroup, close: honest.close }),
  'a handle has its own data': () => memoryReplicaStore(),
  'the bytes are gone when a handle is closed': (honest, base) => ({
    close: async () => {
      for (const { sha256 } of await base.listBlobs()) await base.dropBlob(sha256);
      await honest.close();
    },
  }),
};

/** The first case that notices the fault of handles on stores in memory. */
async function noticedBy(fault: Fault): Promise<string | undefined> {
  const handle = (base: ReplicaStore) => {
    const honest = handleOn(base);
    return { base, store: { ...honest, ...fault(honest, base) } };
  };
  const { cases } = replicaStoreConformance({
    open: () => handle(memoryReplicaStore()),
    again: ({ base }) => handle(base).store,
  });
  for (const { name, run } of cases) {
    const isPassed = await run().then(
      () => true,
      () => false,
    );
    if (!isPassed) return name;
  }
  return undefined;
}

describe('a store of a replica with one fault', () => {
  it.each(Object.entries(faults))('%s: noticed', async (_, fault) => {
    expect(await noticedBy(fault)).toBeDefined();
  });

  it('without a fault: none is noticed', async () => {
    expect(await noticedBy(() => ({}))).toBeUndefined();
  });
});
