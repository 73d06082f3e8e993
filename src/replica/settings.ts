/** Small values that a replica keeps beside its copies: the cursor of the assignments, and its clock. */
import type { Instant } from '../messages/index.ts';
import { isReplicaConflict, type ReplicaStore } from '../stores/replica-store.ts';
import { parseJson } from '../util/json.ts';
import type { StoredAnchor } from './clock.ts';
import type { Cursor } from './syncing.ts';

type Values = Readonly<{ cursor?: string; clock?: StoredAnchor; lastSyncAt?: Instant; revoked?: boolean }>;

export type Settings = Readonly<{
  read(): Promise<Values>;
  /** Keeps values to be written with the next flush: none of them is needed to lose nothing. */
  note(values: Values): void;
  flush(): Promise<void>;
  cursor: Cursor;
}>;

export function createSettings(store: ReplicaStore, group: string): Settings {
  let noted: Values = {};

  async function read(): Promise<Values> {
    const { records } = await store.readGroup(group);
    return Object.fromEntries([...records].map(([key, text]) => [key, parseJson(text)]));
  }

  async function flush(): Promise<void> {
    const values = noted;
    noted = {};
    const changes = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]));
    while (Object.keys(changes).length > 0) {
      const { revision } = await store.readGroup(group);
      try {
        await store.writeGroup(group, revision, changes);
        return;
      } catch (error) {
        if (!isReplicaConflict(error)) throw error;
      }
    }
  }

  function note(values: Values): void {
    noted = { ...noted, ...values };
  }

  return {
    read,
    note,
    flush,
    cursor: {
      read: async () => (await read()).cursor ?? null,
      async write(cursor) {
        note({ cursor });
        await flush();
      },
    },
  };
}
