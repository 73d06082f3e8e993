import { decide, explain, guide, type Role, type VisitCommand, type VisitState } from 'auxilio';
import type { Bench } from './bench.ts';
import { digits, race, takenBy } from './interleave.ts';
import { instance } from './isolated-module.ts';
import type * as simulated from './simulated.ts';

/** Bytes of young memory that one call takes, where the garbage collector can be kept out of it. */
function bytesOf(cases: readonly (readonly [VisitCommand, VisitState])[]): number {
  const { gc } = globalThis as { gc?: () => void };
  if (gc === undefined) return Number.NaN;
  const few = cases.slice(0, 2000);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round++) {
    gc();
    const before = process.memoryUsage().heapUsed;
    for (const [command, state] of few) decide(command, state);
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / few.length);
  }
  return least;
}

export const deciding: Bench = {
  name: 'decide',
  title: 'Decide and guide',
  says:
    'The commands of simulated visits, each decided by all its rules on its state; one act alone, with warm caches;\n' +
    'the facts and words of a refusal; and the open acts of each role, with words and remedies.',
  async run(size) {
    const { simulatedCases } = await instance<typeof simulated>('scripts/bench/simulated.ts');
    const { accepted, refused, states } = simulatedCases(size === 'quick' ? 100 : 600);
    const starts = accepted.filter(([{ type }]) => type === 'StartWork');
    const some = states.filter((_, index) => index % 7 === 0);
    const calls = size === 'quick' ? 5_000 : 40_000;
    const repeated = <T>(cases: readonly T[], work: (one: T) => unknown) => {
      if (cases.length === 0) throw new RangeError('There is nothing to measure');
      const times = Math.ceil(calls / cases.length);
      const run = () => {
        for (let time = 0; time < times; time++) for (const one of cases) work(one);
      };
      return { count: times * cases.length, run };
    };
    const guided = (role: Role) => repeated(some, (state) => guide(state, { role }));
    const works = {
      'decide, accepted, all acts mixed': repeated(accepted, ([command, state]) => decide(command, state)),
      'decide, accepted, StartWork alone': repeated(starts, ([command, state]) => decide(command, state)),
      'decide, refused': repeated(refused, ([command, state]) => decide(command, state)),
      'decide, refused, and explain': repeated(refused, ([command, state]) => {
        const decision = decide(command, state);
        return decision.ok ? [] : explain(decision.rejection, 'es-CR');
      }),
      'guide of a provider': guided('provider'),
      'guide of the contact center': guided('contact-center'),
      'guide of a client': guided('client'),
    };
    const runners = Object.entries(works).map(([name, { run }]) => ({ name, run }));
    const taken = await race(runners, size === 'quick' ? 3 : 15);
    const micros = (name: keyof typeof works) => (1000 * takenBy(taken, name).medianMs) / works[name].count;
    const bytes = { accepted: bytesOf(accepted), refused: bytesOf(refused) };
    return {
      tables: [
        {
          head: ['', 'µs each'],
          rows: (Object.keys(works) as (keyof typeof works)[]).map((name) => [name, digits(micros(name))]),
        },
      ],
      bars: [
        {
          what: 'decide, accepted, all acts mixed',
          figure: micros('decide, accepted, all acts mixed'),
          unit: ' µs',
          bar: 1.3,
          is: 'at most',
        },
        { what: 'guide of a provider', figure: micros('guide of a provider'), unit: ' µs', bar: 60, is: 'at most' },
      ],
      notes: [
        `An accepted decision allocates ${digits(bytes.accepted)} bytes: the event, whose data are a copy of the command's. The facts of a refusal\nare computed only when a rule fails; a refusal allocates ${digits(bytes.refused)} bytes.`,
      ],
    };
  },
};
