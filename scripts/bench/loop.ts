import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, Size } from './bench.ts';
import { digits } from './interleave.ts';

/**
 * The finding of a process: the longest time that something held its event loop, the 99.9th percentile, and the time from an abort to
 * the end.
 */
type Stood = Readonly<{
  events: number;
  tookMs: number;
  longestMs: number;
  mostMs: number;
  controlMs: number;
  endedMs: number;
}>;

const stores = ['memory', 'sqlite', 'indexeddb'] as const;
const works = [
  ...['catchUp', 'rebuild', 'load'].flatMap((work) =>
    stores.map((store) => ({ name: `${work}, ${store}`, work, store })),
  ),
  ...['audit', 'sheet', 'report'].map((work) => ({ name: work, work, store: 'memory' })),
];

function measured(work: string, store: string, events: number): Stood {
  const file = fileURLToPath(new URL('loop/work.ts', import.meta.url));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, file, work, store, String(events)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${work} on ${store} failed: ${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Stood;
}

async function run(size: Size) {
  const events = size === 'quick' ? 4000 : 40_000;
  const found = works.map(({ name, work, store }) => ({ name, ...measured(work, store, events) }));
  const rows = found.map(({ name, events: count, tookMs, longestMs, mostMs, controlMs, endedMs }) => [
    name,
    count.toLocaleString('en'),
    ...[tookMs, longestMs, mostMs, controlMs, endedMs].map(digits),
  ]);
  const head = ['', 'events', 'took, ms', 'longest, ms', 'p99.9, ms', 'p99.9 of nothing, ms', 'abort to end, ms'];
  const common = { unit: ' ms', is: 'at most' } as const;
  return {
    tables: [{ head, rows }],
    bars: found.flatMap(({ name, mostMs, controlMs, endedMs }) => [
      { what: `${name}, p99.9 above nothing`, figure: Math.max(0, mostMs - controlMs), bar: 20, ...common },
      { what: `${name}, from the abort to the end`, figure: endedMs, bar: 100, ...common },
    ]),
    notes: [
      '`load` reads one visit of 10,000 events, `audit` lines of NDJSON, `sheet` a CSV with a row for each event.',
    ],
  };
}

export const looping: Bench = {
  name: 'loop',
  title: 'The event loop',
  says:
    'The longest time for which anything holds the event loop, and its 99.9th percentile, while events are handled, rebuilt,\n' +
    'loaded, audited and reported; each in a process of its own, which then measures as long while it does nothing, and does the\n' +
    'work again, to abort its signal after a tenth of the time. The\n' +
    'IndexedDB is fake-indexeddb, which works in the same thread: a browser reads beside it.',
  run,
};
