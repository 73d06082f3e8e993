/** Answers of the server to each statement of the store, and to those of the platform that it sends. */
import { postgresMigrations, quoteSchema } from '../../../src/stores/postgres/schema.ts';
import { createSql, type PostgresSql } from '../../../src/stores/postgres/sql.ts';
import { commitCheckpoint, promoteGeneration, reset, startGeneration } from './consumers.ts';
import { append, keepNames, offsetOf, type Scope } from './functions.ts';
import { beginEpoch, epochOf, judge, seen } from './history.ts';
import { ServerError } from './io.ts';
import { type Patterns, platformPatterns, platformStatements, type Rows, type Statement } from './platform.ts';
import { compareText, type EventRow } from './state.ts';
import type { Transaction } from './transaction.ts';
import { big, shown, texts, toText } from './values.ts';

type Values = readonly unknown[];

const place = ({ position, version, event_id, body }: EventRow) => ({ position, version, event_id, body });
const placed = (row: EventRow) => ({ ...place(row), stream: row.stream });

const range =
  (backwards: boolean): Statement =>
  ({ tx, schema }, [stream, from, to, limit]) => {
    const all = tx.view(schema).stream(String(toText(stream)));
    const head = all.at(-1);
    if (head === undefined) return [];
    const [first, last, count] = [big(from) ?? 0n, big(to) ?? 0n, big(limit) ?? 0n];
    const within = all.filter(({ version }) => version >= first && version <= last);
    if (backwards) within.reverse();
    const none = { position: null, version: null, event_id: null, body: null };
    const found = within.slice(0, Number(count)).map(place);
    return (found.length === 0 ? [none] : found).map((row) => ({
      ...{ head_version: head.version, head_position: head.position },
      ...row,
    }));
  };

const isAfter = (xid: bigint, position: bigint) => (row: EventRow) =>
  row.xid > xid || (row.xid === xid && row.position > position);

/** The transactions below this have ended, in the numbers that events carry. */
const horizon = (on: Scope) => on.tx.snapshot().xmin + offsetOf(on);

const fed = (row: EventRow) => ({ ...placed(row), xid: row.xid });
const notFed = { position: null, version: null, event_id: null, body: null, stream: null, xid: null };

/** Rows of the global stream, each with the history that the statement read; one row at least. */
function withHistory(on: Scope, values: Values, rows: readonly EventRow[]): Rows {
  const history = seen(on, values);
  return (rows.length === 0 ? [notFed] : rows.map(fed)).map((row) => ({ ...history, ...row }));
}

const liveOf = ({ tx, schema }: Scope, projection: string) =>
  tx.view(schema).get('generations', projection)?.live ?? projection;

/** A function that returns void, which is an empty text in an answer. */
const procedure =
  (name: string, run: (on: Scope, values: Values) => Promise<void>): Statement =>
  async (on, values) => {
    await run(on, values);
    return [{ [name]: '' }];
  };

/** By the names of `createSql`. */
export const statements: { readonly [Name in keyof PostgresSql]?: Statement } = {
  head({ tx, schema }, [stream]) {
    const head = tx
      .view(schema)
      .stream(String(toText(stream)))
      .at(-1);
    return head === undefined ? [] : [{ version: head.version, position: head.position }];
  },
  whole: ({ tx, schema }, [stream]) =>
    tx
      .view(schema)
      .stream(String(toText(stream)))
      .map(place),
  range: range(false),
  backwardsRange: range(true),
  byId: ({ tx, schema }, [ids]) =>
    texts(ids)
      .flatMap((id) => tx.view(schema).event(String(id)) ?? [])
      .map(placed),
  append: async (on, values) => [{ answer: await append(on, values) }],
  feed(on, values) {
    const [xid, position, , limit] = values;
    const isNew = isAfter(big(xid) ?? 0n, big(position) ?? 0n);
    const found = on.tx
      .view(on.schema)
      .feed()
      .filter((row) => isNew(row) && row.xid < horizon(on));
    return withHistory(on, values, found.slice(0, Number(big(limit))));
  },
  newest(on) {
    const all = on.tx.view(on.schema).feed();
    const shown = all.filter(({ xid }) => xid < horizon(on));
    return [{ newest: shown.at(-1)?.event_id ?? null, is_held: shown.length < all.length }];
  },
  streamFeed(on, values) {
    const [xid, position, , limit, stream, from] = values;
    const isNew = isAfter(big(xid) ?? 0n, big(position) ?? 0n);
    const rows = on.tx.view(on.schema).stream(String(toText(stream)));
    const found = rows.filter((row) => row.version >= (big(from) ?? 0n) && isNew(row) && row.xid < horizon(on));
    return withHistory(on, values, found.slice(0, Number(big(limit))));
  },
  judge: (on, values) => [judge(on, values)],
  lag(on, values) {
    const [xid, position] = values;
    const { tx, backend } = on;
    const counted = tx
      .view(on.schema)
      .feed()
      .filter(isAfter(big(xid) ?? 0n, big(position) ?? 0n));
    const held = counted.filter((row) => row.xid >= horizon(on)).length;
    const holder = held > 0 ? backend.holderOf(tx.snapshot().xmin) : undefined;
    const age = holder === undefined ? null : String(Math.max(0, Math.round(backend.now() - holder.startedAt)));
    const who = { pid: holder?.pid ?? null, application_name: holder?.applicationName ?? null, age_ms: age };
    return [{ ...seen(on, values), events: BigInt(counted.length), held: BigInt(held), ...who }];
  },
  checkpoint(on, [name]) {
    const { tx, schema } = on;
    const consumer = String(toText(name));
    const view = tx.view(schema);
    const row = view.get('checkpoints', consumer);
    if (row === undefined) return [];
    const { cursor, revision, handled, whole_cursor = null } = row;
    const epoch = epochOf(on);
    const parked = view.list('parked').flatMap(([, one]) => (one.consumer === consumer ? [one] : []));
    const inOrder = parked.sort((one, other) => compareText(String(one.stream), String(other.stream)));
    const none = { stream: null, version: null, reason: null, since: null, handled_before: null };
    return (inOrder.length === 0 ? [none] : inOrder).map(({ stream, version, reason, since, handled_before }) => ({
      ...{ cursor, whole_cursor, epoch, revision, handled, stream, version, reason, since, handled_before },
    }));
  },
  commit: async (on, values) => [{ refusal: await commitCheckpoint(on, values), transaction: on.tx.xid() }],
  transactionStatus({ tx }, [given]) {
    const xid = big(given);
    if (xid === null) return [{ is_open: false, status: null }];
    const status = tx.state.running.has(xid) ? 'in progress' : (tx.state.ended.get(xid) ?? null);
    return [{ is_open: tx.assigned() === xid, status }];
  },
  rows(on, [projection, after, limit]) {
    const live = liveOf(on, String(toText(projection)));
    const start = String(toText(after));
    const all = on.tx
      .view(on.schema)
      .list('rows')
      .map(([, row]) => ({ key: String(row.key), row }));
    const found = all.filter(({ key, row }) => row.projection === live && compareText(key, start) > 0);
    found.sort((one, other) => compareText(one.key, other.key));
    return found.slice(0, Number(big(limit))).map(({ key, row }) => ({ key, body: row.body }));
  },
  row(on, [projection, name]) {
    const live = String(liveOf(on, String(toText(projection))));
    const row = on.tx.view(on.schema).get('rows', JSON.stringify([live, String(toText(name))]));
    return row === undefined ? [] : [{ key: row.key, body: row.body }];
  },
  reset: procedure('auxilio_reset', reset),
  keepNames: procedure('auxilio_keep_names', keepNames),
  startGeneration: procedure('auxilio_start_generation', startGeneration),
  promoteGeneration: async (on, values) => [await promoteGeneration(on, values)],
  names({ tx, schema }, [keys]) {
    const found = texts(keys).map((one) => tx.view(schema).get('names', String(one)));
    return found.filter((row) => row !== undefined);
  },
  server: ({ tx }, [schema]) => [{ release: 180_000, encoding: 'UTF8', made: isMade(tx, String(schema)) }],
  schemaVersion({ tx, schema }) {
    const row = tx.view(schema).get('meta', 'schema-version');
    return row === undefined ? [] : [{ value: row.value }];
  },
  isAhead(on) {
    const newest = on.tx.view(on.schema).feed().at(-1);
    return [{ is_ahead: newest !== undefined && newest.xid >= on.tx.snapshot().xmax + offsetOf(on) }];
  },
};

const isMade = (tx: Transaction, schema: string) => tx.view(schema).get('meta', 'schema-version') !== undefined;

/** A statement that a text stands for, in its schema. */
export type Parsed = Readonly<{ schema: string; run: Statement }>;

/** Finds the statement that a text stands for, and fails for one that the model does not know. */
export function createParser(
  ofHost: Patterns = [],
  replaced: Readonly<Record<string, Statement>> = {},
): (text: string) => Parsed {
  const known = new Map<string, Parsed>();
  const learned = new Set<string>();

  function learn(schema: string): void {
    if (learned.has(schema)) return;
    learned.add(schema);
    const sql = createSql(quoteSchema(schema));
    const placed = createSql(quoteSchema(schema), true);
    for (const name of Object.keys(sql) as (keyof PostgresSql)[]) {
      const run =
        replaced[name] ??
        statements[name] ??
        platformStatements[name] ??
        (() => refuse(`the statement \`${name}\` of createSql`));
      const checked = name in statements && name !== 'server' ? inSchema(run) : run;
      known.set(placed[name], { schema, run: withPlace(checked) });
      known.set(sql[name], { schema, run: checked });
    }
    for (const { version, sql: text } of postgresMigrations({ schema }))
      known.set(text, { schema, run: migrate(version) });
  }

  return (text) => {
    const [, schema = 'public'] = /"([A-Za-z_]\w*)"\.auxilio_/.exec(text) ?? [];
    learn(schema);
    const found = known.get(text);
    if (found !== undefined) return found;
    const run = [...platformPatterns, ...ofHost].find(([pattern]) => pattern.test(text))?.[1];
    return { schema, run: run ?? (() => refuse(`this statement: ${text}`)) };
  };
}

/** Says in each row where the WAL ends, unless the row says it. */
const withPlace =
  (run: Statement): Statement =>
  async (on, values) => {
    const rows = await run(on, values);
    return rows.map((row) => ({ place: String(on.backend.report().lsns.end), ...row }));
  };

/** Fails as the server does where the tables are missing. */
const inSchema =
  (run: Statement): Statement =>
  (on, values) => {
    if (!isMade(on.tx, on.schema)) throw new ServerError('42P01', `relation of "${on.schema}" does not exist`);
    return run(on, values);
  };

const FIRST_WITH_EPOCHS = 5;

const migrate =
  (version: number): Statement =>
  async (on) => {
    const { tx, schema } = on;
    if (version >= FIRST_WITH_EPOCHS) await beginEpoch(on);
    tx.write(schema, 'meta', 'schema-version', { name: 'schema-version', value: String(version) });
    return [];
  };

/** Fails in a way that no caller takes for an answer of the server. */
function refuse(what: string): never {
  throw new ServerError('0A000', `The model of Postgres does not know ${what}`);
}

/** The rows of an answer as the driver shows them. */
export const toAnswer = (rows: Rows) => rows.map(shown);
