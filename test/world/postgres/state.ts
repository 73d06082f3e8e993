/** The data of one server: what a snapshot sees, and what its WAL makes of them. */
import { ServerError } from './io.ts';

type Value = string | bigint | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
export type EventRow = Readonly<{
  xid: bigint;
  position: bigint;
  stream: string;
  version: bigint;
  event_id: string;
  body: string;
}>;

/** A row as a commit leaves it; null if it is gone. */
export type Change = Readonly<{ schema: string; table: string; key: string; row: Row | null }>;

/** A record of the WAL. `restart` and `promotion` end all transactions that were in progress. */
export type WalRecord = Readonly<{ lsn: number; timeline: number; size: number }> &
  (
    | { readonly kind: 'commit'; readonly xid: bigint; readonly changes: readonly Change[] }
    | { readonly kind: 'abort'; readonly xid: bigint }
    | { readonly kind: 'message' }
    | { readonly kind: 'sequence'; readonly schema: string; readonly value: bigint }
    | { readonly kind: 'restart' | 'promotion' }
  );

export type Schema = {
  readonly tables: Map<string, Map<string, Row>>;
  readonly streams: Map<string, EventRow[]>;
  readonly byId: Map<string, EventRow>;
  /** In the order of the feed. */
  readonly feed: EventRow[];
  /** The last position given out, and the last one that the WAL has: it logs 32 more at a time. */
  position: bigint;
  loggedPosition: bigint;
};

export type State = {
  readonly schemas: Map<string, Schema>;
  nextXid: bigint;
  latestCompleted: bigint;
  /** In progress here or, on a standby, on its primary. */
  readonly running: Set<bigint>;
  readonly ended: Map<bigint, Outcome>;
};

export type Outcome = 'committed' | 'aborted';

/** The first transaction of a new cluster that is not its own. */
const FIRST_XID = 740n;
export const SEQUENCE_LOGS_AHEAD = 32n;

export const createState = (): State => ({
  schemas: new Map(),
  nextXid: FIRST_XID,
  latestCompleted: FIRST_XID - 1n,
  running: new Set(),
  ended: new Map(),
});

export function schemaOf(state: State, name: string): Schema {
  let schema = state.schemas.get(name);
  if (schema === undefined) {
    schema = {
      ...{ tables: new Map(), streams: new Map(), byId: new Map(), feed: [] },
      ...{ position: 0n, loggedPosition: 0n },
    };
    state.schemas.set(name, schema);
  }
  return schema;
}

export function tableOf(schema: Schema, name: string): Map<string, Row> {
  const table = schema.tables.get(name) ?? new Map<string, Row>();
  schema.tables.set(name, table);
  return table;
}

/** The bounds of a snapshot taken now: all transactions below `xmin` have ended, none from `xmax` on. */
export function snapshotOf(state: State): Readonly<{ xmin: bigint; xmax: bigint }> {
  const xmax = state.latestCompleted + 1n;
  let xmin = xmax;
  for (const xid of state.running) if (xid < xmin) xmin = xid;
  return { xmin, xmax };
}

/** Ends a transaction, which makes its changes visible. */
export function complete(state: State, xid: bigint, outcome: Outcome, changes: readonly Change[] = []): void {
  for (const change of changes) applyChange(state, change);
  state.ended.set(xid, outcome);
  state.running.delete(xid);
  if (xid > state.latestCompleted) state.latestCompleted = xid;
}

function applyChange(state: State, { schema: name, table, key, row }: Change): void {
  const schema = schemaOf(state, name);
  if (table === 'events') addEvent(schema, row as EventRow);
  else if (row === null) tableOf(schema, table).delete(key);
  else tableOf(schema, table).set(key, row);
}

function addEvent(schema: Schema, row: EventRow): void {
  if (row === null) throw new ServerError('23000', 'auxilio: events are never changed and never deleted');
  const stream = schema.streams.get(row.stream);
  if (stream === undefined) schema.streams.set(row.stream, [row]);
  else stream.push(row);
  schema.byId.set(row.event_id, row);
  const { feed } = schema;
  let place = feed.length;
  while (place > 0 && isBefore(row, feed[place - 1] as EventRow)) place--;
  feed.splice(place, 0, row);
}

const isBefore = (one: EventRow, other: EventRow): boolean =>
  one.xid < other.xid || (one.xid === other.xid && one.position < other.position);

/** Replays a record, as a standby or a server that recovers does. */
export function replay(state: State, record: WalRecord): void {
  switch (record.kind) {
    case 'commit':
      noteXid(state, record.xid);
      complete(state, record.xid, 'committed', record.changes);
      return;
    case 'abort':
      noteXid(state, record.xid);
      complete(state, record.xid, 'aborted');
      return;
    case 'sequence': {
      const schema = schemaOf(state, record.schema);
      schema.position = record.value;
      schema.loggedPosition = record.value;
      return;
    }
    case 'restart':
    case 'promotion':
      state.running.clear();
      state.latestCompleted = state.nextXid - 1n;
      return;
    case 'message':
  }
}

/** Takes the transactions before one that was seen for running, until their own record comes. */
function noteXid(state: State, xid: bigint): void {
  for (; state.nextXid <= xid; state.nextXid++) state.running.add(state.nextXid);
}

/** Compares texts byte by byte in UTF-8, as COLLATE "C" does. */
export function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let n = 0; n < length; n++) {
    const [a, b] = [one.charCodeAt(n), other.charCodeAt(n)];
    if (a !== b) return inCodePoints(a) - inCodePoints(b);
  }
  return one.length - other.length;
}

/** Puts the units of surrogates after all others. */
const inCodePoints = (unit: number) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);

const hex = (number: number) => number.toString(16).toUpperCase();

/** The text of a place in the WAL. */
export const formatLsn = (lsn: number): string => `${hex(Math.floor(lsn / 2 ** 32))}/${hex(lsn % 2 ** 32)}`;

/** The name of the file of the WAL that a place lies in, which begins with the timeline. */
export function walFile(timeline: number, lsn: number): string {
  const part = (number: number) => hex(number).padStart(8, '0');
  const segment = Math.floor((lsn - 1) / 2 ** 24);
  return part(timeline) + part(Math.floor(segment / 256)) + part(segment % 256);
}
