import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Bench, Found, Size } from './bench.ts';
import { digits, type Runner, race, takenBy } from './interleave.ts';
import { writeLog } from './log-of-visits.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const cli = here('../../dist/cli.js');
const wire = pathToFileURL(here('../../dist/wire.js')).href;
const floor = here('./read-and-parse.mjs');

/** Tells at the end how much memory the process had at most, its threads included. */
const peakTeller = `data:text/javascript,${encodeURIComponent(`
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'));
`)}`;

/** The most memory that each had in any round, in megabytes. */
type Peaks = Map<string, number>;

function program(name: string, args: readonly string[], peaks: Peaks): Runner {
  const run = () => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', peakTeller, ...args], { encoding: 'utf8' });
    const peak = Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024;
    if (status !== 0 || Number.isNaN(peak)) throw new Error(`${name}: ${status} ${stderr}`);
    peaks.set(name, Math.max(peak, peaks.get(name) ?? 0));
  };
  return { name, run };
}

const names = {
  json: 'reading, JSON.parse',
  events: 'reading, parseEvent',
  one: 'audit',
  two: 'audit, 2 workers',
  four: 'audit, 4 workers',
} as const;

async function measured(folder: string, bytes: number, rounds: number): Promise<Found> {
  const [log, tenth] = [join(folder, 'log.ndjson'), join(folder, 'tenth.ndjson')];
  await writeLog(log, bytes);
  await writeLog(tenth, bytes / 10);
  const peaks: Peaks = new Map();
  const audit = (name: string, file: string, ...more: string[]) =>
    program(name, [cli, 'audit', '--quiet', file, ...more], peaks);
  const runners = [
    program(names.json, [floor, log], peaks),
    program(names.events, [floor, log, wire], peaks),
    audit(names.one, log),
    audit(names.two, log, '--workers', '2'),
    audit(names.four, log, '--workers', '4'),
  ];
  const taken = await race(runners, rounds, 0);
  audit('a tenth', tenth).run();
  const took = (name: string) => takenBy(taken, name).medianMs;
  const size = statSync(log).size;
  const rows = taken.map(({ name, medianMs }) => [
    name,
    digits(medianMs / 1000),
    digits(size / 1000 / medianMs),
    digits(medianMs / took(names.json)),
    digits(medianMs / took(names.events)),
    digits(peaks.get(name) ?? Number.NaN),
  ]);
  return {
    tables: [{ head: [`${digits(size / 1e6)} MB`, 's', 'MB/s', 'to JSON.parse', 'to parseEvent', 'peak MB'], rows }],
    bars: [
      {
        what: 'audit against reading and parsing',
        figure: took(names.one) / took(names.events),
        unit: '×',
        bar: 2.5,
        is: 'at most',
      },
      {
        what: 'two workers against one',
        figure: took(names.one) / took(names.two),
        unit: '×',
        bar: 1.4,
        is: 'at least',
      },
      {
        what: 'peak memory against a log of a tenth',
        figure: (peaks.get(names.one) ?? 0) / (peaks.get('a tenth') ?? 0),
        unit: '×',
        bar: 1.5,
        is: 'at most',
      },
    ],
  };
}

const sizes: Readonly<Record<Size, readonly [bytes: number, rounds: number]>> = {
  quick: [5_000_000, 3],
  full: [1_000_000_000, 3],
};

export const audit: Bench = {
  name: 'audit',
  title: 'The audit of a large log',
  says:
    'A log of simulated visits, forty of them always open at once, audited by the command line in processes of their\n' +
    'own, start and warm-up included; compared with a loop that reads the file by the megabyte, splits it into lines\n' +
    'and parses each, with `JSON.parse` alone or with `parseEvent` (called parsing here).',
  async run(size) {
    const folder = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));
    try {
      return await measured(folder, ...sizes[size]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
