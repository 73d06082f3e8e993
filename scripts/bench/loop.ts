import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench, Size } from './bench.ts';
import { digits } from './interleave.ts';

/** The finding of a process: the longest time that something held its event loop, and the 99.9th percentile. */
type Stood = Readonly<{ events: number; tookMs: number; longestMs: number; mostMs: number; controlMs: number }>;

const stores = ['memory', 'sqlite', 'indexeddb'] as const;
const works = ['catchUp', 'rebuild', 'load', 'audit', 'report'] as const;

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
  const pairs = works.flatMap((work) =>
    (work === 'audit' || work === 'report' ? (['memory'] as const) : stores).map((store) => ({ work, store })),
  );
  const found = pairs.map(({ work, store }) => ({
    name: work === 'audit' || work === 'report' ? work : `${work}, ${store}`,
    ...measured(work, store, events),
  }));
  const rows = found.map(({ name, events: count, tookMs, longestMs, mostMs, controlMs }) => [
    name,
    count.toLocaleString('en'),
    ...[tookMs, longestMs, mostMs, controlMs].map(digits),
  ]);
  return {
    tables: [{ head: ['', 'events', 'took, ms', 'longest, ms', 'p99.9, ms', 'p99.9 of nothing, ms'], rows }],
    bars: found.map(({ name, mostMs, controlMs }) => ({
      what: `${name}, p99.9 above that of a process that does nothing`,
      figure: Math.max(0, mostMs - controlMs),
      unit: ' ms',
      bar: 20,
      is: 'at most' as const,
    })),
    notes: ['`load` reads one visit of 10,000 events.'],
  };
}

export const looping: Bench = {
  name: 'loop',
  title: 'The event loop',
  says:
    'The longest time for which anything holds the event loop, and its 99.9th percentile, while events are handled, rebuilt,\n' +
    'loaded, audited and reported; each in a process of its own, which first measures as long while it does nothing. The\n' +
    'IndexedDB is fake-indexeddb, which works in the same thread: a browser reads beside it.',
  run,
};
