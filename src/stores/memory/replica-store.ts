import { compareTexts } from '../../util/equality.ts';
import { StoreError } from '../errors.ts';
import {
  checkBytes,
  checkGroup,
  checkGroupRevision,
  checkKeys,
  checkPrefix,
  type ReplicaGroup,
  type ReplicaStore,
} from '../replica-store.ts';

/**
 * Creates an empty store of a replica. Its data end with the process: for tests and examples.
 *
 * @since 0.5.0
 */
export function memoryReplicaStore(): ReplicaStore {
  const groups = new Map<string, ReplicaGroup>();
  const blobs = new Map<string, Uint8Array>();
  let lastRevision = 0;
  let closed = false;

  function enter(): void {
    if (closed) throw new StoreError('closed', 'The store is closed');
  }

  const findGroup = (group: string): ReplicaGroup => groups.get(group) ?? { revision: 0, records: new Map() };

  return {
    async readGroup(group) {
      enter();
      checkGroup(group);
      const { revision, records } = findGroup(group);
      return { revision, records: new Map(records) };
    },
    async listGroups(prefix) {
      enter();
      checkPrefix(prefix);
      const names = [...groups.keys()].filter((name) => name.startsWith(prefix)).sort(compareTexts);
      return names.map((group) => {
        const { revision, records } = findGroup(group);
        return { group, revision, head: records.get('head') ?? null };
      });
    },
    async writeGroup(group, expectedRevision, changes) {
      enter();
      checkGroup(group);
      const entries = checkKeys(changes);
      const before = findGroup(group);
      checkGroupRevision(group, expectedRevision, before.revision);
      const records = new Map(before.records);
      for (const [key, text] of entries) {
        if (text === null) records.delete(key);
        else records.set(key, text);
      }
      lastRevision += 1;
      groups.set(group, {
        revision: lastRevision,
        records: new Map([...records].sort(([one], [other]) => compareTexts(one, other))),
      });
      return lastRevision;
    },
    async dropGroup(group, expectedRevision) {
      enter();
      checkGroup(group);
      checkGroupRevision(group, expectedRevision, findGroup(group).revision);
      groups.delete(group);
    },
    async putBlob(sha256, bytes) {
      enter();
      checkGroup(sha256);
      checkBytes(bytes);
      if (!blobs.has(sha256)) blobs.set(sha256, bytes.slice());
    },
    async readBlob(sha256) {
      enter();
      return blobs.get(sha256)?.slice() ?? null;
    },
    async dropBlob(sha256) {
      enter();
      blobs.delete(sha256);
    },
    async listBlobs() {
      enter();
      return [...blobs]
        .map(([sha256, { length: size }]) => ({ sha256, size }))
        .sort((a, b) => compareTexts(a.sha256, b.sha256));
    },
    async close() {
      closed = true;
    },
  };
}
