import { expect, it } from 'vitest';
import { createBasis, createDatabase, type Positions } from '../../src/stores/postgres/database.ts';
import type { PoolSource, PostgresAnswer, PostgresClient } from '../../src/stores/postgres/pool.ts';

const answerOf = (...rows: unknown[]): PostgresAnswer => ({ command: 'SELECT', rowCount: rows.length, rows });

/** A database whose statements are answered when the test says so; the positions behind one are those of its name. */
function databaseOf(positions: Readonly<Record<string, Positions>>, pipeline = true) {
  const held = new Map<string, (answer: PostgresAnswer) => void>();
  const released: string[] = [];
  const connect = (callback: (error: undefined, client: PostgresClient) => void) => {
    let name = '';
    callback(undefined, {
      pipeline,
      query: ({ text }) => {
        name ||= text;
        return new Promise((resolve) => void held.set(name === text ? text : `${name}, positions`, resolve));
      },
      on: () => undefined,
      off: () => undefined,
      release: () => void released.push(name),
    });
  };
  const pool = { connect, on: () => undefined, off: () => undefined, ending: false };
  const source: PoolSource = { open: async () => pool, close: async () => undefined };
  const database = createDatabase(
    source,
    { connect: 1000, lock: 0, statement: 0, answer: 1000 },
    {
      admit: async () => 'one',
      askPositions: async (query) => {
        const [found] = (await query('positions')).rows;
        return positions[found as string] as Positions;
      },
    },
  );
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  };
  const answer = async (name: string, ...rows: unknown[]) => {
    held.get(name)?.(answerOf(...rows));
    await turns();
  };
  return { database, held, released, turns, answer };
}

const at = (askedAt: number, flushed: bigint): Positions => ({
  server: 'one',
  at: askedAt,
  written: flushed + 100n,
  flushed,
  replicated: 0n,
});

it('notes the place of each of two writes at once, though the positions of the first come last', async () => {
  const { database, turns, answer } = databaseOf({ early: at(1, 50n), late: at(2, 30n) });
  const basis = createBasis();
  const noting = database.noting(basis);
  const writes = Promise.all([noting.write('first', []), noting.write('second', [])]);
  await turns();
  await answer('second', { place: '20' });
  await answer('second, positions', 'late');
  expect(basis).toMatchObject({ place: 30n, unplaced: 1 });
  await answer('first', { place: '40' });
  await answer('first, positions', 'early');
  await writes;
  expect(basis).toMatchObject({ place: 50n, unplaced: 0, positions: { at: 2 } });
});

it('leaves the place of a read unknown that is answered after the positions of a write, without a row', async () => {
  const { database, turns, answer } = databaseOf({ early: at(1, 50n) });
  const basis = createBasis();
  const noting = database.noting(basis);
  const both = Promise.all([noting.write('first', []), noting.read('second')]);
  await turns();
  await answer('first', { place: '40' });
  await answer('first, positions', 'early');
  await answer('second');
  await both;
  expect(basis).toMatchObject({ place: 50n, unplaced: 1 });
});

it('leaves the place of a write unknown on a connection that does not pipeline, and asks nothing behind it', async () => {
  const { database, held, turns, answer } = databaseOf({}, false);
  const basis = createBasis();
  const write = database.noting(basis).write('first', []);
  await turns();
  await answer('first', { place: '40' });
  await write;
  expect([...held.keys()]).toEqual(['first']);
  expect(basis).toMatchObject({ unplaced: 1, positions: undefined });
});

it('throws the error of a write before the positions behind it are answered, and gives the connection back after', async () => {
  const { database, held, released, turns, answer } = databaseOf({ early: at(1, 50n) });
  const write = database.noting(createBasis()).write('first', []);
  const failed = expect(write).rejects.toMatchObject({ kind: 'invalid' });
  await turns();
  held.get('first')?.(
    Promise.reject(
      Object.assign(new Error('no'), { code: '22P02', severity: 'ERROR', length: 1 }),
    ) as unknown as PostgresAnswer,
  );
  await failed;
  expect(released).toEqual([]);
  await answer('first, positions', 'early');
  expect(released).toEqual(['first']);
});
