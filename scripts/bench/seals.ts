import type { VisitCommand } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, type ServiceOptions } from 'auxilio/service';
import { simulate } from 'auxilio/testing';
import type { Bench, Found, Size } from './bench.ts';
import { digits, race, takenBy } from './interleave.ts';

type Visit = Readonly<{ visitId: string; commands: readonly VisitCommand[] }>;

const verified = 'seals verified';
const unverified = 'not verified';
const both = (run: (options: Partial<ServiceOptions>) => () => unknown) => [
  { name: verified, run: run({}) },
  { name: unverified, run: run({ verify: false }) },
];

/** A second assignment, which the rules refuse: the visit is read for it, and nothing is written. */
const again = ({ commands: [assign] }: Visit) =>
  ({ ...assign, metadata: { actor: assign?.metadata.actor, commandId: 'again' } }) as VisitCommand;

async function carryOutAll(visits: readonly Visit[], options: Partial<ServiceOptions>) {
  const { handle } = createService({ store: memoryStore(), ...options });
  for (const { commands } of visits) for (const command of commands) await handle(command);
}

async function measured(size: Size): Promise<Found> {
  const visits = [...simulate({ seed: 7, visits: size === 'quick' ? 40 : 200 })];
  const events = visits.reduce((sum, visit) => sum + visit.events.length, 0);
  const rounds = size === 'quick' ? 5 : 31;
  const store = memoryStore();
  for (const { commands } of visits) await createService({ store }).handleBatch(commands);
  const readingBy = async ({ handle }: ReturnType<typeof createService>) => {
    for (const visit of visits) await handle(again(visit));
  };
  const cached = both((options) => () => carryOutAll(visits, options));
  const first = both((options) => () => readingBy(createService({ store, ...options })));
  const later = both((options) => {
    const service = createService({ store, cacheSize: 0, ...options });
    return () => readingBy(service);
  });
  const rows: string[][] = [];
  const ratios: number[] = [];
  for (const [name, runners] of [
    ['a command on a cached visit', cached],
    ['a visit read whole, the first time in a process', first],
    ['a visit read whole, later', later],
  ] as const) {
    const taken = await race(runners, rounds);
    const [on, off] = [takenBy(taken, verified).medianMs, takenBy(taken, unverified).medianMs];
    ratios.push(on / off);
    const each = (ms: number) => digits((ms * 1000) / events);
    rows.push([name, each(off), each(on), digits(on / off)]);
  }
  return {
    tables: [{ head: ['µs an event', unverified, verified, 'ratio'], rows }],
    bars: [
      {
        what: 'a command on a cached visit, seals verified',
        figure: ratios[0] ?? Number.NaN,
        unit: ' ×',
        bar: 1.05,
        is: 'at most',
      },
    ],
  };
}

export const sealing: Bench = {
  name: 'seals',
  title: 'Seals verified',
  says:
    'Commands and reads of simulated visits in memory, where no I/O hides the cost of verification, by a service that\n' +
    'verifies seals and by one that does not (`verify: false`). A command on a cached visit reads nothing: the\n' +
    'verified hash is cached with it.',
  run: measured,
};
