import { audit, evolve, initialState, replay, type VisitEvent } from 'auxilio';
import type { Bench, Found, Size } from './bench.ts';
import { svgOf } from './growth/chart.ts';
import { longVisit } from './growth/long-visit.ts';
import { digits, race, takenBy } from './race.ts';

/** What is done with each stream, and how long a stream may be. */
type Reader = Readonly<{
  name: string;
  colour: string;
  longest: number;
  read: (events: readonly VisitEvent[]) => unknown;
}>;

const lengths = [10, 40, 100, 1_000, 10_000, 100_000];

/** `evolve` copies what it touches: a stream of 100,000 events takes it many minutes. */
function readersOf(size: Size): Reader[] {
  const isQuick = size === 'quick';
  return [
    { name: 'replay', colour: '#0a7d38', longest: isQuick ? 10_000 : 100_000, read: (events) => replay(events) },
    { name: 'audit', colour: '#1f5fbf', longest: isQuick ? 10_000 : 100_000, read: (events) => audit(events) },
    {
      name: 'evolve',
      colour: '#c0392b',
      longest: isQuick ? 1_000 : 10_000,
      read: (events) => events.reduce(evolve, initialState()),
    },
  ];
}

/** Streams of one length, so many that they have as many events in all as those of any other length. */
function streamsOf(length: number, eventCount: number): VisitEvent[][] {
  const count = Math.ceil(eventCount / length);
  return Array.from({ length: count }, (_, number) => longVisit(`visita-${number}`, length));
}

/** Sees that the long visit is a lawful one, or refusals would be what is measured. */
function seeLawful(length: number): void {
  const { clean, findings } = audit(longVisit('visita', length));
  if (!clean) throw new Error(`the long visit is not lawful: ${JSON.stringify(findings.slice(0, 3))}`);
}

/** Microseconds per event of a reader, by the length of the stream. */
async function curveOf({ longest, read }: Reader, eventCount: number, rounds: number): Promise<Map<number, number>> {
  const measured = lengths.filter((length) => length <= longest);
  const runners = measured.map((length) => {
    const streams = streamsOf(length, eventCount);
    return { name: String(length), run: () => streams.map((events) => read(events)).length };
  });
  const taken = await race(runners, rounds);
  return new Map(
    measured.map((length) => {
      const events = Math.ceil(eventCount / length) * length;
      return [length, (takenBy(taken, String(length)).medianMs * 1_000) / events];
    }),
  );
}

async function run(size: Size): Promise<Found> {
  seeLawful(1_000);
  const isQuick = size === 'quick';
  const curves = new Map<Reader, Map<number, number>>();
  for (const reader of readersOf(size)) {
    curves.set(reader, await curveOf(reader, isQuick ? 10_000 : reader.longest, isQuick ? 3 : 7));
  }
  const cell = (curve: Map<number, number>, length: number) => digits(curve.get(length) ?? Number.NaN);
  const rows = lengths.map((length) => [
    length.toLocaleString('en'),
    ...[...curves.values()].map((curve) => cell(curve, length)),
  ]);
  const [flat = new Map<number, number>()] = curves.values();
  const growth = (flat.get(10_000) ?? Number.NaN) / (flat.get(40) ?? Number.NaN);
  const lines = [...curves].map(([{ name, colour }, curve]) => ({ name, colour, points: [...curve] }));
  return {
    tables: [{ head: ['events in the stream', ...[...curves.keys()].map(({ name }) => `\`${name}\`, µs`)], rows }],
    bars: [
      {
        what: '`replay` per event, of a stream of 10,000 over one of 40',
        figure: growth,
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
    'One visit of ten to 100,000 events, lawful: round after round, photographs are taken, sent and put on file, ' +
    'materials come and there are breaks, so that the state grows with the stream. For each length as many events in ' +
    'all are read, in as many streams as it takes. `replay` and `audit` are to stay flat; `evolve` copies each record ' +
    'that it touches, and its cost grows with the record.',
  run,
};
