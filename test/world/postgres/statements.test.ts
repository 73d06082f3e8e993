/** Random histories of statements: the model answers each as PGlite does, which runs the real SQL. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresPool, postgresStore } from '../../../src/postgres.ts';
import type { PostgresClient } from '../../../src/stores/postgres/pool.ts';
import { createSql } from '../../../src/stores/postgres/sql.ts';
import { codePoint } from '../../support/code-point.ts';
import { createCluster } from './cluster.ts';
import { createEmptiedPglite, type EmptiedPglite } from './emptied-pglite.ts';

type Statement = Readonly<{
  name: keyof ReturnType<typeof createSql> | 'BEGIN' | 'COMMIT' | 'ROLLBACK';
  values: unknown[];
}>;

const few = <T>(...values: T[]) => fc.constantFrom(...values);
const name = fc.oneof(
  few('a', 'b', 'c'),
  fc.string({ unit: codePoint, minLength: 1, maxLength: 3 }).filter((text) => !/[\0\uFEFF]/.test(text)),
);
const stream = few('a', 'b');
const consumer = few('one', 'two');
const number = fc.integer({ min: 0, max: 4 });
const cursor = fc.option(few('0000000000000000001-1', '0000000000000000740-2', 'z'), { nil: null });
const body = fc.option(few('{}', '{"n":1}'), { nil: null });
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 0, maxLength: 3 });
const rows = fc.array(fc.tuple(few('one', 'two', '\\b:one'), name, body), { maxLength: 3 });
const columns = (list: readonly (readonly [string, string, string | null])[]) =>
  [0, 1, 2].map((n) => list.map((row) => row[n]));

const append = fc
  .tuple(
    stream,
    fc.option(few(-2, -1, 0, 1, 2, 3), { nil: null }),
    fc.option(few('event-1', 'event-2'), { nil: null }),
    ids,
    rows,
  )
  .map(([to, expected, last, some, written]) => {
    const events = [some.map((n) => `event-${n}`), some.map((n) => `{"n":${n}}`)];
    return [to, expected, last, ...events, ...columns(written), '5000'];
  });
/** Place where a cursor was read: it does not say, in the present epoch, or in another. */
const PRESENT = '@present';
const epoch = fc.option(few(PRESENT, 'dead'), { nil: null });
const commit = fc
  .tuple(
    consumer,
    number,
    fc.tuple(cursor, epoch, few('', 'event-1')).filter(([to, of]) => to !== 'z' || of !== PRESENT),
    rows,
    fc.array(stream, { maxLength: 1 }),
    fc.uniqueArray(stream, { maxLength: 2 }),
    number,
  )
  .map(([who, expected, [to, of, last], written, unparked, waiting, handled]) => [
    ...[who, expected, to, to && `${to}~${of}`, of, last, ...columns(written), unparked, waiting],
    ...[waiting.map(() => 1), waiting.map(() => 'it failed'), waiting.map(() => null), waiting.map(() => null)],
    ...[handled, '5000'],
  ]);
const few_values = {
  head: fc.tuple(stream),
  whole: fc.tuple(stream),
  range: fc.tuple(stream, number, number, number),
  backwardsRange: fc.tuple(stream, number, number, number),
  byId: fc.tuple(fc.constant(['event-1', 'event-2', 'event-3'])),
  append,
  feed: fc.tuple(few(0), number, few('', 'event-1'), number),
  streamFeed: fc.tuple(few(0), number, few('', 'event-1'), number, stream, number),
  judge: fc.tuple(few(0), number, few('', 'event-1'), few(PRESENT, 'dead')),
  checkpoint: fc.tuple(consumer),
  commit,
  rows: fc.tuple(consumer, few('', 'a', 'b', '\u{1f600}'), number),
  row: fc.tuple(consumer, few('a', 'b')),
  reset: fc.tuple(consumer, few('5000')),
  keepNames: fc.tuple(few(['k']), few(['n'], ['m'])),
  names: fc.tuple(few(['k', 'l'])),
  startGeneration: fc.tuple(few('one'), few('two'), few('5000')),
  promoteGeneration: fc.tuple(few('one'), few('two'), number, number, few('5000')),
  schemaVersion: fc.constant([]),
  isAhead: fc.constant([]),
  BEGIN: fc.constant([]),
  COMMIT: fc.constant([]),
  ROLLBACK: fc.constant([]),
} as const;

/** Writes come more often than the rest. */
const weights: Readonly<Record<string, number>> = {
  append: 10,
  commit: 8,
  startGeneration: 2,
  promoteGeneration: 3,
  rows: 3,
  feed: 3,
};
const statement: fc.Arbitrary<Statement> = fc.oneof(
  ...Object.entries(few_values).map(([which, values]) => ({
    weight: weights[which] ?? 1,
    arbitrary: (values as fc.Arbitrary<unknown[]>).map((given) => ({
      name: which as Statement['name'],
      values: given,
    })),
  })),
);

const connect = (pool: PostgresPool) =>
  new Promise<PostgresClient>((resolve, reject) =>
    pool.connect((error, client) => (client === undefined ? reject(error) : resolve(client))),
  );

/** Numbers of transactions, and ids of epochs, differ between the two: each is its place among those seen. */
function normalizeIds(answers: readonly unknown[]): unknown[] {
  const seen = new Map<string, number>();
  const place = (xid: string) => seen.get(xid) ?? seen.set(xid, seen.size).get(xid);
  const isId = (key: string) => ['xid', 'transaction', 'epoch', 'at_epoch'].includes(key);
  const revive = (key: string, one: unknown): unknown => {
    if (typeof one !== 'string') return one;
    return key === 'refusal' ? JSON.parse(one, revive) : isId(key) ? place(one) : one;
  };
  const walk = (value: unknown): unknown => JSON.parse(JSON.stringify(value), revive);
  return answers.map(walk);
}

/** The statements whose answers have no order. */
const unordered: ReadonlySet<string> = new Set(['byId', 'names']);
const sortRows = (found: unknown[]) => found.map((row) => JSON.stringify(row)).sort();

/** Runs statements on one connection, and collects what each answers. */
async function run(pool: PostgresPool, statements: readonly Statement[]): Promise<unknown[]> {
  const sql: Readonly<Record<string, string>> = createSql('"auxilio"');
  const client = await connect(pool);
  const answers: unknown[] = [];
  try {
    const { rows: read } = await client.query({ text: sql.feed ?? '', values: [0, 0, '', 1] });
    const [{ epoch: present }] = read as [{ epoch: string }];
    for (const { name: which, values: given } of statements) {
      const values = given.map((value) => (value === PRESENT ? present : value));
      const text = sql[which] ?? which;
      const answer = await client.query({ text, values }).then(
        ({ command, rows: found }) => ({ command, rows: unordered.has(which) ? sortRows(found) : found }),
        (error: { code?: string }) => ({ code: error.code }),
      );
      answers.push({ which, ...answer });
    }
    await client.query({ text: 'ROLLBACK', values: [] });
  } finally {
    client.release();
  }
  return normalizeIds(answers);
}

describe('the model and PGlite', () => {
  let real: EmptiedPglite;
  beforeAll(async () => {
    real = await createEmptiedPglite();
  });
  afterAll(() => real.database.close());

  it('answer random statements alike', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 5, maxLength: 40 }), async (statements) => {
        await real.empty();
        const model = createCluster().pool();
        await postgresStore({ pool: model }).migrate();
        const expected = await run(real.pool, statements);
        expect(await run(model, statements)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
