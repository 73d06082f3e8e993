/** Small values that a replica stores beside its copies: the cursor of the assignments, its clock, its losses. */
import type { Id, Instant } from '../messages/index.ts';
import type { ReplicaStore } from '../stores/replica-store.ts';
import { parseJson } from '../util/json.ts';
import { runtime } from '../util/runtime.ts';
import { checkStore, type Losses, markStoreUsed, type StoredLosses } from './copies/losses.ts';
import type { StoredAnchor } from './device/clock.ts';
import type { Roomy } from './device/room.ts';
import { retryOnConflict, settleConflict } from './device/turns.ts';
import type { Forgotten, Progress } from './sync/pulling.ts';

/** The time after which the visits are listed from the beginning: a restored server may lack what the cursor passed. */
const WHOLE_MS = 86_400_000;

type Values = StoredLosses &
  Readonly<{
    /** An id of the database: a new one has another. */
    database?: Id;
    cursor?: string;
    wholeAt?: Instant;
    clock?: StoredAnchor;
    lastSyncAt?: Instant;
    revoked?: boolean;
  }>;

export type Settings = Readonly<{
  read(): Promise<Values>;
  /** Reads them, and answers how often the store was emptied while it was open. */
  timesEmptied(): Promise<number>;
  /** Keeps values to be written with the next flush. No act is lost if they are. */
  note(values: Values): void;
  flush(): Promise<void>;
  /** Stores that a visit was removed from the device. */
  noteForgotten(visitId: Id, forgotten: Forgotten): Promise<void>;
}> &
  Progress;

type Look = Readonly<{ revision: number; values: Values }>;

type Host = Readonly<{ store: ReplicaStore; roomy: Roomy; now: () => Instant; losses: Losses }>;

export function createSettings({ store, roomy, now, losses }: Host, group: string): Settings {
  const forgotten = `forgotten/${group}`;
  let noted: Values = {};
  let emptied = 0;
  /** True while the visits are read from the beginning, and the first page is not stored. */
  let isWhole = false;
  /** The values with which the round began. */
  let readAt: Look | undefined;

  async function look(): Promise<Look> {
    const { revision, records } = await store.readGroup(group);
    const stored = Object.fromEntries([...records].map(([key, text]) => [key, parseJson(text)]));
    const values: Values = { ...stored, ...noted };
    if (checkStore(losses, values, records.size === 0)) emptied += 1;
    return { revision, values };
  }

  const read = async () => (await look()).values;

  async function flush(): Promise<void> {
    if (Object.keys(noted).length === 0) return;
    await retryOnConflict(async () => {
      const { revision } = await look();
      const values = noted;
      await roomy(() => store.writeGroup(group, revision, formatValues(values)));
      if (noted === values) noted = {};
    });
    await markStoreUsed(losses);
  }

  function note(values: Values): void {
    noted = { ...noted, ...values };
  }

  /** Reads them for a round, in a database that has an id. */
  async function readForRound(): Promise<Values> {
    readAt = await look();
    if (readAt.values.database === undefined) {
      note({ database: runtime.randomId() });
      await flush().catch(() => undefined);
      readAt = await look();
    }
    return readAt.values;
  }

  /** True unless the database was deleted, or is that of an older backup, since the cursor was read. */
  async function isSameDatabase(): Promise<boolean> {
    const { revision, values } = await look();
    return readAt !== undefined && values.database === readAt.values.database && revision >= readAt.revision;
  }

  return {
    read,
    async timesEmptied() {
      await look();
      await flush().catch(() => undefined);
      return emptied;
    },
    note,
    flush,
    noteForgotten: (visitId, one) =>
      retryOnConflict(async () => {
        const { revision } = await store.readGroup(forgotten);
        await roomy(() => store.writeGroup(forgotten, revision, formatValues({ [visitId]: one })));
      }),
    async forgotten() {
      const { records } = await store.readGroup(forgotten);
      return new Map([...records].map(([visitId, text]): [Id, Forgotten] => [visitId, JSON.parse(text)]));
    },
    async keepForgotten(listed) {
      const { revision, records } = await store.readGroup(forgotten);
      const gone = [...records.keys()].filter((visitId) => !listed.has(visitId));
      const changes = Object.fromEntries(gone.map((visitId) => [visitId, null]));
      // If another tab has written meanwhile, the next round does it.
      if (gone.length > 0) await settleConflict(store.writeGroup(forgotten, revision, changes));
    },
    cursor: {
      async read() {
        const { cursor = null, wholeAt } = await readForRound();
        const sinceMs = wholeAt === undefined ? Number.NaN : Date.parse(now()) - Date.parse(wholeAt);
        if (sinceMs >= 0 && sinceMs < WHOLE_MS) return cursor;
        isWhole = true;
        return null;
      },
      async write(cursor) {
        // Visits that were fetched into the database before are not in this one: the next round lists all.
        if (!(await isSameDatabase())) return;
        note(isWhole ? { cursor, wholeAt: now() } : { cursor });
        isWhole = false;
        await flush();
      },
    },
  };
}

const formatValues = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)]));
