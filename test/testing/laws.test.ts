import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { type CoreSubject, coreLaws } from '../../src/testing/laws/core.ts';
import {
  type Decision,
  decide,
  evolve,
  initialState,
  type Policy,
  replay,
  type VisitState,
} from '../../src/visit/index.ts';

const core: CoreSubject = { decide, evolve, initialState, replay };
const parameters = { numRuns: 100, seed: 1, endOnFailure: true };

/** True if a law finds the fault of a subject. */
function notices(name: string, subject: Partial<CoreSubject>): boolean {
  const law = coreLaws({ ...core, ...subject }).find((one) => one.name === name);
  if (law === undefined) throw new Error(`no law: ${name}`);
  try {
    law.run(parameters);
    return false;
  } catch {
    return true;
  }
}

const edited = (edit: (state: VisitState, event: VisitEvent, before: VisitState) => unknown) => {
  const own = (state: VisitState, event: VisitEvent) => edit(evolve(state, event), event, state) as VisitState;
  return {
    evolve: own,
    replay: (events: Iterable<VisitEvent>, from = initialState()) => [...events].reduce(own, from),
  };
};

/** The same answer, of which no fact is left. */
const withoutFacts = (decision: Decision): Decision =>
  decision.ok
    ? { ok: true, events: decision.events.map(({ type }) => ({ type, data: {} }) as VisitEvent) }
    : { ok: false, rejection: { ...decision.rejection, violations: [] as never } };

let count = 0;
const own = new WeakSet<VisitState>();

/** Each fault, and a law that must notice it. */
type Fault = readonly [string, Partial<CoreSubject>, string];

const faults: readonly Fault[] = [
  [
    'a fast fold that forgets the last event',
    { replay: (events, from) => replay([...events].slice(0, -1), from) },
    'the fast fold equals the fold of evolve',
  ],
  [
    'a fold that starts anew at each call',
    { replay: (events) => replay(events) },
    'a log folds in two parts as it does whole',
  ],
  ['a state that holds a date', edited((state) => ({ ...state, folded: new Date(0) })), 'a state is plain JSON'],
  ['a state that JSON changes', edited((state) => ({ ...state, note: undefined })), 'a state is plain JSON'],
  [
    'a fold that writes into the event',
    edited((state, event) => {
      if (!Object.isFrozen(event.data)) Reflect.set(event.data, 'seen', true);
      return state;
    }),
    'folding leaves the events as they were, and works on frozen ones',
  ],
  [
    'a fold that counts what it does not know',
    edited((state) => ({ ...state, folded: ((state as { folded?: number }).folded ?? 0) + 1 })),
    'an unknown event, one of a newer version and one of another visit change nothing',
  ],
  [
    'a phase that is wrong until the next act',
    edited((state) => ({ ...state, phase: state.phase === 'on-break' ? 'working' : state.phase })),
    'evolve folds a lawful log as the protocol does',
  ],
  [
    'a farewell that is forgotten',
    edited((state) => ({ ...state, closing: { ...state.closing, farewellGivenAt: null } })),
    'evolve folds a lawful log as the protocol does',
  ],
  [
    'a waiver that is forgotten',
    edited((state) => ({ ...state, waivers: [] })),
    'evolve folds any log as the protocol does',
  ],
  [
    'a fold that leaves out what would have been refused',
    edited((state, { type }, before) => (type === 'WorkStarted' && before.arrival.arrivedAt === null ? before : state)),
    'evolve folds any log as the protocol does',
  ],
  [
    'a decider that answers by chance',
    {
      decide: (command, state, policy) =>
        count++ % 7 === 0 ? { ok: true, events: [] } : decide(command, state, policy),
    },
    'decide answers anything that the schema allows, in any state, and the same each time',
  ],
  [
    'a decider that answers nothing to a forbidden act',
    {
      decide: (command, state, policy) => {
        const decision = decide(command, state, policy);
        return decision.ok ? decision : { ok: true, events: [] };
      },
    },
    'what is accepted is one event, what is refused has its rules',
  ],
  [
    'a decider that throws',
    {
      decide: (command, state, policy) => {
        const decision = decide(command, state, policy);
        if (!decision.ok) throw new Error('forbidden');
        return decision;
      },
    },
    'decide answers anything that the schema allows, in any state, and the same each time',
  ],
  [
    'a decider that forgets one rule',
    {
      decide: (command, state, policy) =>
        decide(command, { ...state, work: { ...state.work, toolsShownAt: 'x' } } as VisitState, policy),
    },
    'decide answers as the protocol does: the same event, or the same rules',
  ],
  [
    'a decider that writes into the command',
    {
      decide: (command, state, policy) => {
        Reflect.set(command.data, 'judged', true);
        return decide(command, state, policy);
      },
    },
    'decide changes nothing that it is given, and works on frozen input',
  ],
  [
    'a decider that writes into the policy',
    {
      decide: (command, state, policy) => {
        if (policy !== undefined) Reflect.set(policy, 'asked', true);
        return decide(command, state, policy);
      },
    },
    'decide changes nothing that it is given, and works on frozen input',
  ],
  ...(
    [
      ['the keys of a command', ({ command }) => Object.keys(command)[0] === 'type'],
      [
        'the keys of a list within a command',
        ({ command: { data } }) => !('tests' in data) || Object.keys(data.tests[0] ?? {})[0] === 'name',
      ],
      ['the keys of a visit', ({ state }) => Object.keys(state)[0] === Object.keys(initialState())[0]],
      ['the keys of a policy', ({ policy }) => policy?.waive === undefined || Object.keys(policy).at(-1) === 'waive'],
    ] satisfies [string, (given: { command: VisitCommand; state: VisitState; policy?: Policy }) => boolean][]
  ).map(
    ([what, isUsual]): Fault => [
      `a decider that looks at the order of ${what}`,
      {
        decide: (command, state, policy) => {
          const decision = decide(command, state, policy);
          return isUsual({ command, state, ...(policy && { policy }) }) ? decision : withoutFacts(decision);
        },
      },
      'neither the order of keys nor the Unicode form of an item matters',
    ],
  ),
  ...['a decomposed letter', 'marks in another order', 'a character of its own'].map(
    (what, index): Fault => [
      `a decider that takes an item with ${what} for another item`,
      {
        decide: (command, state, policy) => {
          const isOther = state.materials.supplied?.some(({ item }) =>
            item.includes(['e\u0301', 's\u0307', '\u212b'][index]!),
          );
          const decision = decide(command, state, policy);
          return isOther ? withoutFacts(decision) : decision;
        },
      },
      'neither the order of keys nor the Unicode form of an item matters',
    ],
  ),
  [
    'a decider that refuses what went before',
    {
      decide: (command: VisitCommand, state, policy) =>
        decide(command.type === 'ShowTools' ? { ...command, type: 'unknown' as 'ShowTools' } : command, state, policy),
    },
    'every prefix of a lawful log is one',
  ],
  [
    'a decider that lets a hard rule through',
    {
      decide: (command, state, policy) => {
        const decision = decide(command, state, policy);
        if (decision.ok || state.waivers.length > 0 || (policy?.waive ?? []).length > 0) return decision;
        return decision.rejection.violations.some(({ rule }) => rule === 'service-announced')
          ? decide({ ...command, type: 'AmendAssignment' } as VisitCommand, state, policy)
          : decision;
      },
    },
    'decide answers as the protocol does: the same event, or the same rules',
  ],
  [
    'a decider that takes any waiver for all rules',
    {
      decide: (command, state, policy) => {
        const decision = decide(command, state, policy);
        return decision.ok || state.waivers.length === 0 ? decision : { ok: true, events: [{} as VisitEvent] };
      },
    },
    'a waiver lets through nothing but what its rule refuses',
  ],
  [
    'a fold that goes on only from states of its own',
    {
      replay: (events, from = initialState()) => {
        const state = replay(events, own.has(from) ? from : initialState());
        own.add(state);
        return state;
      },
    },
    'a snapshot that went through JSON goes on from any cut',
  ],
  [
    'worked time that counts overlaps twice',
    {
      worked: (state, until = '') => {
        const intervals = state.work.intervals.map(({ from, to }) => ({ from, to: to ?? until }));
        const lengths = intervals.map(({ from, to }) => Date.parse(to) - Date.parse(from));
        return { intervals, workedMs: lengths.reduce((sum, length) => sum + length, 0), running: false };
      },
    },
    'worked time is a union of intervals',
  ],
  [
    'a debt that goes away by itself',
    edited((state, { type }) => (type === 'ToolsShown' ? { ...state, debts: [] } : state)),
    'a debt is discharged as PROTOCOL §5 says, stays open, or lapses at the end',
  ],
  [
    'photographs that are forgotten at a break',
    edited((state, { type }) => (type === 'Paused' ? { ...state, photos: { ...state.photos, byId: {} } } : state)),
    'evidence never vanishes',
  ],
  [
    'a start that is not recorded',
    edited((state, { type }, before) => (type === 'WorkStarted' ? before : state)),
    'the invariants hold after every accepted act',
  ],
];

describe('the laws notice', () => {
  it.each(faults)('%s', (_, subject, law) => {
    expect(notices(law, subject)).toBe(true);
    expect(notices(law, {})).toBe(false);
  });

  it('faults of each kind: no law goes without one', () => {
    const tried = new Set(faults.map(([, , law]) => law));
    const untried = coreLaws().filter(({ name }) => !tried.has(name));
    expect(untried.map(({ name }) => name)).toEqual([]);
  });
});
