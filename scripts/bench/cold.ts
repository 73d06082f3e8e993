import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Found, Size } from './bench.ts';
import { bundle } from './cold/bundles.ts';
import { inTurn, least, over, told } from './cold/fresh.ts';
import { names, programs } from './cold/programs.ts';
import { digits, median } from './interleave.ts';

type Name = keyof typeof names;

const bars: Readonly<Partial<Record<Name, number>>> = { decided: 30 };

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
  const all = Object.entries(programs(new URL('../../dist/', import.meta.url).href)) as [Name, string][];
  const files = all.map(([name, program]) => {
    const file = join(folder, `run-${name}.mjs`);
    writeFileSync(file, `${program}\n${told}\n`);
    return file;
  });
  const [floor = [], ...others] = await inTurn(files, rounds);
  const found = others.map((taken, place) => ({ name: all[place + 1]?.[0] ?? 'empty', ...over(taken, floor) }));
  return {
    tables: [
      {
        head: ['ms over an empty module', 'median', 'least', 'cpu'],
        rows: found.map(({ name, wall, least, busy }) => [names[name], ...[wall, least, busy].map(digits)]),
      },
    ],
    bars: found.flatMap(({ name, wall }) => {
      const bar = bars[name];
      return bar === undefined ? [] : [{ what: names[name], figure: wall, unit: ' ms', bar, is: 'at most' as const }];
    }),
    notes: [
      `${rounds} runs of each. The empty module takes ${digits(median(floor.map(({ wallMs }) => wallMs)))} ms, at least ${digits(least(floor))}; load ${digits(loadavg()[0] ?? 0)}.`,
    ],
  };
}

export const cold: Bench = {
  name: 'cold',
  title: 'Cold start',
  says:
    'Time from the start of a fresh process to the end of its task, in alternating processes, minus that of a process\n' +
    'that imports an empty module in the same round: the built package imported by Node, and bundled with its\n' +
    'dependencies by esbuild, minified, as an application would. The Lambda is the one of the examples, with the\n' +
    'memory store. A busy machine affects the medians; the least and the processor time change less.',
  run,
};
