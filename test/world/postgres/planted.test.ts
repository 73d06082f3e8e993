/** Each planted error in what the Postgres store asks of its servers is found by a seed of the world that passes without it. */
import { expect, it } from 'vitest';
import { runWorld } from '../run.ts';
import { createPostgresDatabase, type PostgresSetting } from './database.ts';
import { plantedInPostgres } from './planted.ts';

const FROM = 60;
const SEEDS = 24;

const fails = async (seed: number, setting?: PostgresSetting) =>
  (await runWorld({ seed, database: createPostgresDatabase(setting) })).failures.length > 0;

async function findSeed(setting: PostgresSetting): Promise<number | undefined> {
  for (let seed = FROM; seed < FROM + SEEDS; seed++) {
    if ((await fails(seed, setting)) && !(await fails(seed))) return seed;
  }
  return undefined;
}

it.each(Object.entries(plantedInPostgres))('%s', async (_, setting) => {
  expect(await findSeed(setting)).toBeDefined();
});
