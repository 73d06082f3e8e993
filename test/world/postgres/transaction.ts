/** A transaction at READ COMMITTED: what its statements see, lock and write. */
import { ServerError } from './io.ts';
import type { Locks } from './locks.ts';
import {
  type Change,
  type EventRow,
  type Row,
  type Schema,
  SEQUENCE_LOGS_AHEAD,
  type State,
  schemaOf,
  snapshotOf,
  tableOf,
  type WalRecord,
} from './state.ts';

type Unplaced<R> = R extends WalRecord ? Omit<R, 'lsn' | 'timeline' | 'size'> : never;
/** A record of the WAL before it has its place. */
export type Entry = Unplaced<WalRecord>;

/** Parts of the server that a transaction needs. */
export type Ground = Readonly<{
  state: State;
  locks: Locks;
  isReadOnly(): boolean;
  /** The timeline on which it writes; null on a standby. */
  timeline(): number | null;
  log(entry: Entry): number;
  /** Lets the world decide when this goes on, and throws if the session was ended or cancelled meanwhile. */
  step(what: string): Promise<void>;
  now(): number;
}>;

export type Transaction = ReturnType<typeof beginTransaction>;

export function beginTransaction(ground: Ground, synchronousCommit: string) {
  const { state, locks } = ground;
  const changes: Changes = new Map();
  const settings = { lockTimeoutMs: 0, synchronousCommit };
  const owner = {};
  let assigned: bigint | null = null;

  function mustWrite(what: string): void {
    if (ground.isReadOnly()) throw new ServerError('25006', `cannot execute ${what} in a read-only transaction`);
  }

  function xid(): bigint {
    mustWrite('an assignment of a transaction');
    if (assigned !== null) return assigned;
    assigned = state.nextXid++;
    state.running.add(assigned);
    return assigned;
  }

  function write(schema: string, table: string, key: string, row: Row | null): void {
    mustWrite(row === null ? 'DELETE' : 'INSERT');
    xid();
    const place = `${schema}.${table}`;
    const ofTable = changes.get(place) ?? new Map<string, Change>();
    changes.set(place, ofTable.set(key, { schema, table, key, row }));
  }

  /** Waits for who writes this row or key of an index, and keeps others from it. */
  async function lockKey(schema: string, table: string, key: string): Promise<void> {
    mustWrite('SELECT FOR UPDATE');
    await lock(JSON.stringify([schema, table, key]));
  }

  const lock = async (key: string, mode: 'shared' | 'exclusive' = 'exclusive') => {
    await locks.take(owner, key, mode, settings.lockTimeoutMs);
    await ground.step('holds a lock');
  };

  /** The last value of the identity column, which no rollback takes back. */
  function nextPosition(name: string): bigint {
    xid();
    const schema = schemaOf(state, name);
    schema.position++;
    if (schema.position > schema.loggedPosition) {
      schema.loggedPosition = schema.position + SEQUENCE_LOGS_AHEAD;
      ground.log({ kind: 'sequence', schema: name, value: schema.loggedPosition });
    }
    return schema.position;
  }

  return {
    settings,
    owner,
    startedAt: ground.now(),
    state,
    xid,
    assigned: () => assigned,
    listChanges: () => [...changes.values()].flatMap((ofTable) => [...ofTable.values()]),
    snapshot: () => snapshotOf(state),
    timeline: ground.timeline,
    hasOwnEvents: (schema: string) => changes.has(`${schema}.events`),
    view: (schema: string) => createView(schemaOf(state, schema), schema, changes),
    mustWrite,
    write,
    lock,
    lockKey,
    nextPosition,
    step: ground.step,
    log: ground.log,
  };
}

/** The changes of a transaction, by schema and table, by key. */
type Changes = Map<string, Map<string, Change>>;

/** The committed rows of a schema and those of the transaction itself. */
function createView(schema: Schema, name: string, changes: Changes) {
  const own = (table: string): ReadonlyMap<string, Change> | undefined => changes.get(`${name}.${table}`);
  const listOwnEvents = () => [...(own('events')?.values() ?? [])].map(({ row }) => row as EventRow);
  return {
    get(table: string, key: string): Row | undefined {
      const change = own(table)?.get(key);
      return change === undefined ? tableOf(schema, table).get(key) : (change.row ?? undefined);
    },
    list(table: string): (readonly [key: string, row: Row])[] {
      const rows = new Map(tableOf(schema, table));
      for (const { key, row } of own(table)?.values() ?? []) row === null ? rows.delete(key) : rows.set(key, row);
      return [...rows];
    },
    stream(stream: string): readonly EventRow[] {
      const found = schema.streams.get(stream) ?? [];
      return own('events') === undefined
        ? found
        : [...found, ...listOwnEvents().filter((row) => row.stream === stream)];
    },
    event: (id: string) => schema.byId.get(id) ?? (own('events')?.get(id)?.row as EventRow | undefined),
    feed: (): readonly EventRow[] => (own('events') === undefined ? schema.feed : [...schema.feed, ...listOwnEvents()]),
  };
}
