import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Bench } from './bench.ts';
import { digits } from './interleave.ts';

type Explored = Readonly<{ states: number; transitions: number; seconds: number; megabytes: number }>;

/** Explores in a process of its own, so that its memory is its own. */
async function explored(options: object): Promise<Explored> {
  const script = `
    import { explore } from 'auxilio/testing';
    const startedAt = performance.now();
    const { states, transitions } = await explore(${JSON.stringify(options)});
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(JSON.stringify({ states, transitions, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(stdout);
}

export const exploring: Bench = {
  name: 'explore',
  title: 'The explorer',
  says:
    'Every reachable state of a visit, with every act tried in each: in a process of its own, reduced as in CI, and\n' +
    'in full.',
  async run(size) {
    const searches: Readonly<Record<string, Explored>> =
      size === 'quick'
        ? { 'reduced, the first 20,000 states': await explored({ limit: 20_000 }) }
        : { reduced: await explored({}), full: await explored({ reduce: false }) };
    const { reduced, full } = searches;
    return {
      tables: [
        {
          head: ['', 'states', 'transitions', 'seconds', 'states/s', 'MB at most'],
          rows: Object.entries(searches).map(([name, { states, transitions, seconds, megabytes }]) => [
            name,
            ...[states, transitions, seconds, states / seconds, megabytes].map(digits),
          ]),
        },
      ],
      bars: [
        ...(reduced ? [{ what: 'reduced', figure: reduced.seconds, unit: ' s', bar: 60, is: 'at most' } as const] : []),
        ...(full
          ? [
              { what: 'full', figure: full.seconds, unit: ' s', bar: 360, is: 'at most' } as const,
              { what: 'full, memory', figure: full.megabytes, unit: ' MB', bar: 4096, is: 'at most' } as const,
            ]
          : []),
      ],
    };
  },
};
