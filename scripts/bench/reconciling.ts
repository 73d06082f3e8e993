import type { VisitCommand, VisitEvent } from 'auxilio';
import { command, eventsAfter, minute, plainVisit } from 'auxilio/testing';
import type { Bench } from './bench.ts';
import type * as decided from './decided.ts';
import { digits, race, takenBy } from './interleave.ts';
import { instance } from './isolated-module.ts';

type Case = Readonly<{ name: string; log: readonly VisitEvent[]; commands: readonly VisitCommand[] }>;

const withIds = (commands: readonly VisitCommand[]): readonly VisitCommand[] =>
  commands.map((one, nth) => ({ ...one, metadata: { ...one.metadata, commandId: `c-${nth}` } }) as VisitCommand);

/** A plain visit from the arrival to the end, and many breaks. All are accepted. */
function cases(): readonly Case[] {
  const log = eventsAfter('AssignVisit');
  const visit = plainVisit().slice(log.length);
  const working = eventsAfter('StartWork');
  const breaks = Array.from({ length: 100 }, (_, nth) =>
    command(nth % 2 === 0 ? 'PauseWork' : 'ResumeWork', { kind: 'break', at: minute(100 + nth) }),
  );
  return [
    { name: `a visit of ${visit.length} commands`, log, commands: withIds(visit) },
    { name: `${breaks.length} breaks`, log: working, commands: withIds(breaks) },
  ];
}

export const reconciling: Bench = {
  name: 'reconcile',
  title: 'Reconcile',
  says:
    'A batch that was recorded apart and is accepted whole, reconciled with its log, against deciding and folding the same\n' +
    'commands one after the other on the same log, by the same incremental fold.',
  async run(size) {
    const { reconcile, decideAndFold } = await instance<typeof decided>('scripts/bench/decided.ts');
    const rows: string[][] = [];
    const bars = [];
    const times = size === 'quick' ? 200 : 2_000;
    for (const { name, log, commands } of cases()) {
      const repeat = (work: () => unknown) => () => {
        for (let time = 0; time < times; time += 1) work();
      };
      const basedOn = log.length;
      const works = [
        { name: 'decide and fold', run: repeat(() => decideAndFold(log, commands)) },
        { name: 'reconcile', run: repeat(() => reconcile({ log, basedOn, commands })) },
      ];
      const taken = await race(works, size === 'quick' ? 3 : 15);
      const [plain, reconciled] = works.map((work) => (takenBy(taken, work.name).medianMs * 1000) / times);
      const figure = Number(reconciled) / Number(plain);
      rows.push([name, digits(Number(plain)), digits(Number(reconciled)), digits(figure)]);
      bars.push({
        what: `reconcile against decide and fold, ${name}`,
        figure,
        unit: '×',
        bar: 2,
        is: 'at most',
      } as const);
    }
    return { tables: [{ head: ['', 'decide and fold, µs', 'reconcile, µs', 'ratio'], rows }], bars };
  },
};
