import { isDeepStrictEqual } from 'node:util';
import type { VisitState } from 'auxilio';
import type { Bar, Bench, Found, Size } from './bench.ts';
import { digits, race, takenBy } from './interleave.ts';
import { type Contender, contenders } from './replay/competitors.ts';
import { eventsIn, firstOf, type Stream, streamsOf } from './replay/streams.ts';

/** A prepared competitor, and its number of events. */
type Ready = Readonly<{ id: string; name: string; events: number; run: () => Promise<unknown> }>;

/** The fewest events for a slow competitor in a quick run; with fewer it would be measured before it is compiled. */
const fewest = 8_000;

/**
 * Prepares a competitor, and checks that it reaches the state that `evolve` reached: on all streams, or on 500 of its own.
 * Some of its states are kept, as in every process that folds: when none is left, a collection throws away what
 * the engine knows of their shape, and what it compiled for it.
 */
async function ready({ id, name, perMille, prepare }: Contender, all: readonly Stream[]): Promise<Ready> {
  const isWhole = perMille === 1_000;
  const streams = isWhole ? all : firstOf(all, Math.max(fewest, (eventsIn(all) * perMille) / 1_000));
  const fold = await prepare(streams);
  const kept: VisitState[] = [];
  for (const stream of isWhole ? streams : streams.slice(0, 500)) {
    const state = await fold(stream);
    if (!isDeepStrictEqual(state, stream.state)) throw new Error(`${name} comes to another state of ${stream.visitId}`);
    if (kept.length < 500) kept.push(state);
  }
  const run = async () => {
    for (const [index, stream] of streams.entries()) {
      const state = fold(stream);
      kept[index % 500] = state instanceof Promise ? await state : state;
    }
    return kept;
  };
  return { id, name, events: eventsIn(streams), run };
}

/** The bars of the budget, from the microseconds per event of each. */
function barsOf(each: (id: string) => number): Bar[] {
  const over = (what: string, id: string, base: string, bar: number, is: Bar['is']): Bar => ({
    what,
    figure: each(id) / each(base),
    unit: '×',
    bar,
    is,
  });
  return [
    over('`replay` without its freeze, over the fold by hand', 'unfrozen', 'hand', 1, 'at most'),
    over('`replay` over the fold by hand', 'ours', 'hand', 1.3, 'at most'),
    over('immer per event over `replay`', 'immer', 'ours', 40, 'at least'),
  ];
}

async function run(size: Size): Promise<Found> {
  const streams = streamsOf(size === 'quick' ? 40_000 : 1_000_000);
  const runners: Ready[] = [];
  for (const contender of contenders) runners.push(await ready(contender, streams));
  const taken = await race(
    runners.map(({ id, run }) => ({ name: id, run })),
    9,
  );
  // The least of all rounds: other load on the machine can only add to the time of a fold.
  const each = new Map(runners.map(({ id, events }) => [id, (takenBy(taken, id).leastMs * 1_000) / events]));
  const eachOf = (id: string) => each.get(id) ?? Number.NaN;
  const rows = runners.map(({ id, name, events }) => [
    name,
    events.toLocaleString('en'),
    digits(eachOf(id)),
    digits(eachOf(id) / eachOf('hand')),
  ]);
  return {
    tables: [{ head: ['fold', 'events', 'µs per event', 'by hand = 1'], rows }],
    bars: barsOf(eachOf),
    notes: [
      `The fold by hand, which freezes nothing, is ${[
        ['Emmett', 'emmett'],
        ['Castore', 'castore'],
        ['xstate', 'xstate'],
      ]
        .map(([name, id = '']) => `${digits(eachOf(id) / eachOf('hand'))}× as fast as ${name}`)
        .join(', ')}: this bounds every replay.`,
      `${streams.length.toLocaleString('en')} streams of ${digits(eventsIn(streams) / streams.length)} events each.`,
    ],
  };
}

export const replay: Bench = {
  name: 'replay',
  title: 'Replay',
  says:
    'The states of a million events in memory, computed by `replay` and by other folds, whose results are all\n' +
    'compared with it before anything is timed. The floor is a hand-written mutable `switch` for this state. The\n' +
    'peers fold with that switch, or with its copying twin that uses spreads, so that only their own overhead\n' +
    'differs. Each has its own functions, as in a separate process; figures are per event, and the slow ones fold\n' +
    'fewer.',
  run,
};
