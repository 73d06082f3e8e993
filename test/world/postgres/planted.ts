/** Small errors in what the Postgres store asks of its servers, or in what they make of it: the world has to find each. */
import type { PostgresSetting } from './database.ts';
import { platformStatements, type Rows, type Statement } from './platform.ts';
import { statements } from './statements.ts';

const all: Readonly<Record<string, Statement | undefined>> = { ...platformStatements, ...statements };

const run = (name: string, ...[on, values]: Parameters<Statement>): Rows | Promise<Rows> =>
  all[name]?.(on, values) ?? [];

/** A statement of `createSql` with other values. */
const withValues =
  (name: string, change: (values: readonly unknown[]) => readonly unknown[]): Statement =>
  (on, values) =>
    run(name, on, change(values));

/** A statement of `createSql` whose rows are changed. */
const withRows =
  (name: string, change: (rows: readonly Record<string, unknown>[]) => Rows): Statement =>
  async (on, values) =>
    change((await run(name, on, values)) as readonly Record<string, unknown>[]);

/** A commit of a checkpoint without some of its lists, which are counted from the end. */
const commitWithout = (...places: readonly number[]): PostgresSetting => ({
  statements: {
    commit: withValues('commit', (values) => places.reduce((changed, n) => changed.with(n, []), [...values])),
  },
});

/** The statement, which takes all transactions for ended. */
const withoutHorizon =
  (name: string): Statement =>
  (on, values) => {
    const { xmax } = on.tx.snapshot();
    return run(name, { ...on, tx: { ...on.tx, snapshot: () => ({ xmin: xmax + 1_000n, xmax }) } }, values);
  };

/** Drops the event before the last of a page. */
const withoutOne = (rows: readonly Record<string, unknown>[]) => rows.filter((_, n) => n !== rows.length - 2);

export const plantedInPostgres: Readonly<Record<string, PostgresSetting>> = {
  'the store has no barrier': { durability: 'local' },
  'the barrier takes the disk of the primary for that of a standby': {
    statements: {
      positions: withRows('positions', (rows) => rows.map((row) => ({ ...row, replicated: row.flushed }))),
    },
  },
  'the barrier waits for no place': {
    statements: Object.fromEntries(
      ['head', 'whole', 'range', 'backwardsRange', 'byId', 'append', 'feed', 'positions'].map((name) => [
        name,
        withRows(name, (rows) => rows.map((row) => ({ ...row, place: '0', written: '0', flushed: '0' }))),
      ]),
    ),
  },
  'the feed shows a transaction before one that began earlier': { statements: { feed: withoutHorizon('feed') } },
  'an event of a page of the feed is left out': { statements: { feed: withRows('feed', withoutOne) } },
  'an append looks at no expected version': {
    statements: { append: withValues('append', (values) => values.with(1, null).with(2, null)) },
  },
  'a stream that fails is not stored': commitWithout(-7, -6, -5, -4, -3),
  'rows are not written with their checkpoint': commitWithout(-11, -10, -9),
};
