import { audit, evolve, initialState, type VisitEvent } from 'auxilio';
import type { Bench, Found, Size } from './bench.ts';
import { svgOf } from './growth/chart.ts';
import { longVisit } from './growth/long-visit.ts';
import { digits, race, takenBy } from './interleave.ts';
import { instance } from './isolated-module.ts';
import type * as floors from './replay/baseline.ts';

type Library = Pick<typeof import('auxilio'), 'replay'>;

/** The operation on each stream, the longest length, and the number of events in all streams of a length. */
type Reader = Readonly<{
  name: string;
  colour: string;
  longest: Readonly<Record<Size, number>>;
  events: Readonly<Record<Size, number>>;
  rounds: number;
  read: (events: readonly VisitEvent[]) => unknown;
}>;

const lengths = [10, 40, 100, 1_000, 10_000, 100_000];

const flat = { longest: { quick: 10_000, full: 100_000 }, events: { quick: 50_000, full: 200_000 }, rounds: 9 };

async function readers(): Promise<Reader[]> {
  const [{ fold }, { replay }] = [
    await instance<typeof floors>('scripts/bench/replay/baseline.ts'),
    await instance<Library>('dist/index.js'),
  ];
  return [
    { ...flat, name: 'by hand', colour: '#777777', read: fold },
    { ...flat, name: 'replay', colour: '#0a7d38', read: (events) => replay(events) },
    {
      name: 'audit',
      colour: '#1f5fbf',
      longest: flat.longest,
      events: { quick: 10_000, full: 100_000 },
      rounds: 3,
      read: (events) => audit(events),
    },
    {
      name: 'evolve',
      colour: '#c0392b',
      // It copies the records that it changes: a stream of 100,000 events would take many minutes.
      longest: { quick: 1_000, full: 10_000 },
      events: { quick: 2_000, full: 10_000 },
      rounds: 3,
      read: (events) => events.reduce(evolve, initialState()),
    },
  ];
}

/** Streams of one length, so many that they have as many events in all as those of any other length. */
function streamsOf(length: number, eventCount: number): VisitEvent[][] {
  const count = Math.ceil(eventCount / length);
  return Array.from({ length: count }, (_, number) => longVisit(`visita-${number}`, length));
}

/** Checks that the long visit is lawful; otherwise refusals would be measured. */
function seeLawful(length: number): void {
  const { clean, findings } = audit(longVisit('visita', length));
  if (!clean) throw new Error(`the long visit is not lawful: ${JSON.stringify(findings.slice(0, 3))}`);
}

/** Microseconds per event of a reader, by the length of the stream. */
async function curveOf({ longest, events, rounds, read }: Reader, size: Size): Promise<Map<number, number>> {
  const measured = lengths.filter((length) => length <= longest[size]);
  const runners = measured.map((length) => {
    const streams = streamsOf(length, events[size]);
    // Some states are kept, as in the benchmark of replay.
    const kept = streams.slice(0, 100).map(read);
    const run = () => {
      for (const [index, stream] of streams.entries()) kept[index % 100] = read(stream);
      return kept;
    };
    return { name: String(length), count: streams.length * length, run };
  });
  const taken = await race(runners, rounds, 1);
  return new Map(
    runners.map(({ name, count }) => [Number(name), (takenBy(taken, name).medianMs * 1_000) / count] as const),
  );
}

async function run(size: Size): Promise<Found> {
  seeLawful(1_000);
  const curves = new Map<Reader, Map<number, number>>();
  for (const reader of await readers()) curves.set(reader, await curveOf(reader, size));
  const cell = (curve: Map<number, number>, length: number) => digits(curve.get(length) ?? Number.NaN);
  const rows = lengths.map((length) => [
    length.toLocaleString('en'),
    ...[...curves.values()].map((curve) => cell(curve, length)),
  ]);
  const [, ours = new Map<number, number>()] = curves.values();
  const grown = (ours.get(10_000) ?? Number.NaN) / (ours.get(40) ?? Number.NaN);
  const lines = [...curves].map(([{ name, colour }, curve]) => ({ name, colour, points: [...curve] }));
  return {
    tables: [{ head: ['events in the stream', ...[...curves.keys()].map(({ name }) => `${name}, µs`)], rows }],
    bars: [
      {
        what: '`replay` per event, of a stream of 10,000 over one of 40',
        figure: grown,
        unit: '×',
        bar: 1.2,
        is: 'at most',
      },
    ],
    notes: ['![The cost per event by the length of the stream](performance-growth.svg)'],
    files: {
      'performance-growth.svg': svgOf({
        title: 'Cost per event, by the length of the stream',
        across: 'events in the stream',
        up: 'µs per event',
        lines,
      }),
    },
  };
}

export const growth: Bench = {
  name: 'growth',
  title: 'Growth',
  says:
    'One lawful visit of ten to 100,000 events: round after round, photographs are taken, sent and documented,\n' +
    'materials are supplied and there are breaks, so that the state grows with the stream. Each length reads the same\n' +
    'total number of events, spread over more or fewer streams. `replay` and `audit` should stay flat; `evolve`\n' +
    'copies each record that it changes, and its cost grows with the record.',
  run,
};
