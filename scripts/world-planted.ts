/**
 * Runs the world with each planted error until a seed finds it, and writes the table of `docs/how-it-is-tested.md`. Ends with 1 if one
 * was not found.
 *
 *   npx tsx scripts/world-planted.ts            # prints the table
 *   npx tsx scripts/world-planted.ts --write    # writes it
 *   npx tsx scripts/world-planted.ts --only retry --story    # with the story of the first seed that finds it, made small
 *   npx tsx scripts/world-planted.ts --on postgres --only barrier --story --from 300    # one of the Postgres store
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findPlanted } from '../test/world/find-planted.ts';
import { plantedErrors } from '../test/world/planted.ts';
import { createPostgresDatabase } from '../test/world/postgres/database.ts';
import { plantedInPostgres } from '../test/world/postgres/planted.ts';
import type { RunOptions } from '../test/world/run.ts';
import { shrink } from '../test/world/shrink.ts';
import { formatStory } from '../test/world/story.ts';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    story: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    on: { type: 'string', default: 'memory' },
  },
});
const page = 'docs/how-it-is-tested.md';
const MARKED = /(?<=<!-- planted in the world -->\n)[\s\S]*?(?=<!-- end planted in the world -->)/;

type Plants = Readonly<Record<string, Omit<RunOptions, 'seed'>>>;
const inPostgres: Plants = Object.fromEntries(
  Object.entries(plantedInPostgres).map(([name, setting]) => [name, { database: createPostgresDatabase(setting) }]),
);
const isPostgres = values.on === 'postgres';
const alone = isPostgres ? { database: createPostgresDatabase() } : {};

const rows: string[] = [];
for (const [name, options] of Object.entries(isPostgres ? inPostgres : plantedErrors)) {
  if (!name.includes(values.only)) continue;
  const found = await findPlanted(options, Number(values.seeds), Number(values.from), alone);
  rows.push(`| ${name} | ${found?.seed ?? 'not found'} | ${found?.outcome.failures[0]?.check ?? ''} |`);
  console.error(rows.at(-1));
  if (found === undefined) process.exitCode = 1;
  else if (values.story) {
    const { outcome } = await shrink({ ...options, seed: found.seed }, found.outcome);
    console.log(`Planted: ${name}.\n${formatStory(found.seed, outcome)}`);
  }
}
const date = new Date().toISOString().slice(0, 10);
const table = ['| planted error | seed | the check that fails |', '|---|--:|---|', ...rows].join('\n');
const text = `${table}\n\n*${date}: \`npx tsx scripts/world-planted.ts --write\`*\n`;
if (values.write && !isPostgres) writeFileSync(page, readFileSync(page, 'utf8').replace(MARKED, text));
else if (!values.story) process.stdout.write(text);
