/** Small values that a replica keeps beside its copies: the cursor of the assignments, and its clock. */
import type { Instant } from '../messages/index.ts';
import { isReplicaConflict, type ReplicaStore } from '../stores/replica-store.ts';
import { parseJson } from '../util/json.ts';
import type { StoredAnchor } from './clock.ts';
import type { Cursor } from './syncing.ts';

/** The time after which the visits are asked for from the beginning: a server that was restored may lack what a cursor passed. */
const WHOLE_MS = 86_400_000;

type Values = Readonly<{
  cursor?: string;
  wholeAt?: Instant;
  clock?: StoredAnchor;
  lastSyncAt?: Instant;
  revoked?: boolean;
}>;

export type Settings = Readonly<{
  read(): Promise<Values>;
  /** Keeps values to be written with the next flush: none of them is needed to lose nothing. */
  note(values: Values): void;
  flush(): Promise<void>;
  cursor: Cursor;
}>;

export function createSettings(store: ReplicaStore, group: string, now: () => Instant): Settings {
  let noted: Values = {};
  /** True while the visits are read from the beginning, and the first page is not stored. */
  let isWhole = false;

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
      async read() {
        const { cursor = null, wholeAt } = await read();
        const sinceMs = wholeAt === undefined ? Number.NaN : Date.parse(now()) - Date.parse(wholeAt);
        if (sinceMs >= 0 && sinceMs < WHOLE_MS) return cursor;
        isWhole = true;
        return null;
      },
      async write(cursor) {
        note(isWhole ? { cursor, wholeAt: now() } : { cursor });
        isWhole = false;
        await flush();
      },
    },
  };
}
