import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Found, Size } from './bench.ts';
import { bundle } from './cold/bundles.ts';
import { inTurn, summary, told } from './cold/fresh.ts';
import { names, programs } from './cold/programs.ts';
import { digits } from './race.ts';

type Name = keyof typeof names;

const bars: Readonly<Partial<Record<Name, number>>> = { core: 6, decided: 30, http: 30, queue: 30 };

async function run(size: Size): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-cold-'));
  try {
    return await measured(folder, size === 'quick' ? 3 : 40);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measured(folder: string, rounds: number): Promise<Found> {
  await bundle(folder);
  writeFileSync(join(folder, 'empty.mjs'), '');
  const all = Object.entries(programs(new URL('../../dist/', import.meta.url).href));
  const files = all.map(([name, program]) => {
    const file = join(folder, `run-${name}.mjs`);
    writeFileSync(file, `${program}\n${told}\n`);
    return file;
  });
  const taken = (await inTurn(files, rounds)).map(summary);
  const [empty = summary([])] = taken;
  const over = taken.map(({ wall, least, busy }, place) => ({
    name: all[place]?.[0] as Name,
    wall: wall - empty.wall,
    least: least - empty.least,
    busy: busy - empty.busy,
  }));
  const [, ...rest] = over;
  const floor = `an empty module takes ${digits(empty.wall)}, at least ${digits(empty.least)}, cpu ${digits(empty.busy)}`;
  const rows = rest.map((one) => [names[one.name], ...[one.wall, one.least, one.busy].map(digits)]);
  return {
    tables: [{ head: [`ms over an empty module (${floor})`, 'median', 'least', 'cpu'], rows }],
    bars: rest.flatMap(({ name, wall }) => {
      const bar = bars[name];
      return bar === undefined ? [] : [{ what: names[name], figure: wall, unit: ' ms', bar, is: 'at most' as const }];
    }),
    notes: [`${rounds} runs of each, load ${digits(loadavg()[0] ?? 0)}.`],
  };
}

export const cold: Bench = {
  name: 'cold',
  title: 'Cold start',
  says: `From the start of a process to what it was to do, in fresh processes that take turns, over one that imports an empty
module: the built package imported by Node, and bundled with its dependencies as a host would, by esbuild, minified. The Lambda
is the one of the examples with its store in memory. A busy machine shows in the medians; the least and the processor time
change less.`,
  run,
};
