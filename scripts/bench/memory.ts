import { evolve, initialState, replay, type VisitEvent, type VisitState } from 'auxilio';
import type { Bench } from './bench.ts';
import { digits } from './interleave.ts';
import { simulatedLogs } from './simulated.ts';

/** Measures retained memory after a full collection, in bytes for each of `count`. */
function kept(count: number, work: () => unknown): number {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) throw new Error('Run it with node --expose-gc');
  gc();
  const before = process.memoryUsage().heapUsed;
  const holding = [work()];
  gc();
  const after = process.memoryUsage().heapUsed;
  if (holding.length === 0) throw new Error('Nothing is held');
  return (after - before) / count;
}

/** A visit that goes on and on: breaks, photographs, reports. */
function longLog(length: number): VisitEvent[] {
  const [log = []] = simulatedLogs(20).filter((events) => events.at(-1)?.type === 'Completed');
  const started = log.findIndex(({ type }) => type === 'WorkStarted') + 1;
  const at = log[started]?.data.at ?? '';
  const { visitId = '', by } = log[started]?.data ?? {};
  const turns = Array.from({ length: length - started }, (_, n) => {
    const data = { visitId, at, by, kind: 'break' };
    if (n % 3 === 2)
      return {
        type: 'PhotosTaken',
        data: { ...data, photos: [{ photoId: `p-${n}`, sha256: 'a'.repeat(64), takenAt: at }] },
      };
    return { type: n % 3 === 0 ? 'Paused' : 'Resumed', data };
  });
  return [...log.slice(0, started), ...(turns as unknown as VisitEvent[])];
}

function successive(events: readonly VisitEvent[]): VisitState[] {
  const states: VisitState[] = [];
  let state = initialState();
  for (const event of events) {
    state = evolve(state, event);
    states.push(state);
  }
  return states;
}

export const remembering: Bench = {
  name: 'memory',
  title: 'Memory',
  says: 'Memory retained after a full garbage collection, in bytes of the heap.',
  async run(size) {
    const visits = size === 'quick' ? 2_000 : 100_000;
    const length = size === 'quick' ? 1_000 : 10_000;
    const logs = simulatedLogs(Math.min(visits, 2_000));
    const events = logs.reduce((sum, log) => sum + log.length, 0);
    const texts = logs.map((log) => JSON.stringify(log));
    const live = kept(visits, () => Array.from({ length: visits }, (_, n) => replay(logs[n % logs.length] ?? [])));
    const event = kept(events, () => texts.map((text) => JSON.parse(text)));
    const log = longLog(length);
    const shared = kept(length, () => successive(log));
    const copied = kept(length / 10, () =>
      Array.from({ length: length / 10 }, () => structuredClone(replay(log.slice(0, length / 2)))),
    );
    return {
      tables: [
        {
          head: ['', 'bytes each', 'of how many'],
          rows: [
            ['the state of a visit, live at its end', digits(live), digits(visits)],
            ['an event, as parsed', digits(event), digits(events)],
            [
              `a state of ${digits(length)} successive ones of one visit that took ${digits(length / 3)} photographs`,
              digits(shared),
              digits(length),
            ],
            ['the same, if each were a copy of its own', digits(copied), digits(length / 10)],
          ],
        },
      ],
      bars: [],
      notes: [`All live visits together: ${digits((live * visits) / 1024 / 1024)} MB.`],
    };
  },
};
