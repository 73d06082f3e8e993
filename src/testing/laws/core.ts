import fc from 'fast-check';
import { deepFreeze } from '../../kernel/fold.ts';
import { mustKnowKeys } from '../../kernel/known.ts';
import type { EventType, VisitCommand, VisitEvent } from '../../messages/index.ts';
import {
  type DebtKind,
  type Decision,
  evolve,
  initialState,
  isWaivable,
  decide as judge,
  type Policy,
  replay,
  type VisitState,
} from '../../visit/index.ts';
import { invariants } from '../../visit/invariants/index.ts';
import { worked } from '../../visit/worked-time.ts';
import { anyCommand, anyEvent } from '../arbitraries/anything.ts';
import { witnessed } from '../arbitraries/from-witnesses.ts';
import { type Asked, type Walk, walks } from '../arbitraries/walks.ts';
import { mustHave } from '../assert.ts';
import type { Subject } from '../given.ts';
import { assertHolds, assertSame, type Law, type LawParameters, mustKnowParameters } from './law.ts';

/** The subject of the laws of the core: a decider, and optionally a fast fold. @since 0.2.0 */
export type CoreSubject = Subject & {
  readonly replay?: (events: Iterable<VisitEvent>, from?: VisitState) => VisitState;
  readonly worked?: typeof worked;
};

const core: CoreSubject = { decide: judge, evolve, initialState, replay, worked };

/**
 * The laws of the core, on a subject of yours or on the library's own. Run each in a test of its own:
 * `for (const law of coreLaws(mine)) it(law.name, () => law.run(), 60_000)`. A law that fails shrinks for up to half a minute.
 *
 * @throws TypeError where the subject lacks a function, or has a field that is not known
 * @since 0.2.0
 */
export function coreLaws(subject: CoreSubject = core): readonly Law[] {
  mustKnowKeys('coreLaws', subject, core);
  mustHave('coreLaws', subject, ['decide', 'evolve', 'initialState']);
  return [...foldLaws(subject), ...decisionLaws(subject), ...visitLaws(subject)];
}

const logs: fc.Arbitrary<readonly VisitEvent[]> = fc.oneof(
  walks().map(({ events }) => events),
  fc.array(anyEvent, { maxLength: 60, size: 'max' }),
);

/** Runs a property; on failure reports the law, the first error, and the shortest history that shows it. */
function assertLaw<T extends unknown[]>(name: string, property: fc.IProperty<T>, parameters: LawParameters = {}): void {
  mustKnowParameters(parameters);
  const bounded: fc.Parameters<T> = { interruptAfterTimeLimit: 30_000, ...(parameters as fc.Parameters<T>) };
  const { failed, counterexample, errorInstance, seed, counterexamplePath } = fc.check(property, bounded);
  if (!failed) return;
  const cause = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const shown = counterexample?.map(summarize).join('\n') ?? 'it ran out of time before it found one';
  throw new Error(`${name}\n${cause}\n${shown}\nseed ${seed}, path ${counterexamplePath}`, { cause: errorInstance });
}

/** A counterexample in few words: the acts of a walk, the types of a log, else its JSON. */
function summarize(value: unknown): string {
  const { asked } = (value ?? {}) as Partial<Walk>;
  if (asked !== undefined) {
    return asked.map(({ command, accepted }) => `${command.type}${accepted === null ? ' (refused)' : ''}`).join(', ');
  }
  if (Array.isArray(value)) return value.map((event: VisitEvent) => event.type).join(', ');
  return JSON.stringify(value);
}

/** A law over every log, lawful or not. */
const overLogs = (name: string, holds: (events: readonly VisitEvent[], cut: number) => void): Law => ({
  name,
  run: (parameters) => {
    const cut = fc.nat(10_000);
    const property = fc.property(logs, cut, (events, at) => holds(events, at % (events.length + 1)));
    assertLaw(name, property, parameters);
  },
});

/** A law over walks of the library's own decider. */
const overWalks = (name: string, holds: (walk: Walk) => void): Law => ({
  name,
  run: (parameters) => assertLaw(name, fc.property(walks(), holds), parameters),
});

/** A law over each thing that a walk asked. */
const overAsked = (name: string, holds: (asked: Asked, policy: Policy | undefined) => void): Law =>
  overWalks(name, ({ asked, policy }) => {
    for (const one of asked) holds(one, policy);
  });

/** The library's own, which a subject is held against. */
const protocols = { evolve, initialState };

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value));

function foldLaws({ evolve, initialState, ...subject }: CoreSubject): readonly Law[] {
  const fold = (events: Iterable<VisitEvent>, from = initialState()) => [...events].reduce(evolve, from);
  const whole = subject.replay ?? fold;
  return [
    overWalks('evolve folds a lawful log as the protocol does', ({ events }) => {
      let [expected, actual] = [protocols.initialState(), initialState()];
      assertSame(expected, actual);
      for (const event of events) {
        expected = protocols.evolve(expected, event);
        actual = evolve(actual, event);
        assertSame(expected, actual);
      }
    }),
    overLogs('evolve folds any log as the protocol does', (events) =>
      assertSame(events.reduce(protocols.evolve, protocols.initialState()), fold(events)),
    ),
    overLogs('the fast fold equals the fold of evolve', (events) => assertSame(fold(events), whole(events))),
    overLogs('a log folds in two parts as it does whole', (events, cut) =>
      assertSame(whole(events), whole(events.slice(cut), whole(events.slice(0, cut)))),
    ),
    overLogs('a snapshot that went through JSON goes on from any cut', (events, cut) =>
      assertSame(whole(events), whole(events.slice(cut), throughJson(whole(events.slice(0, cut))))),
    ),
    overLogs('a state is plain JSON', (events) => assertSame(throughJson(whole(events)), whole(events))),
    overLogs('folding leaves the events as they were, and works on frozen ones', (events) => {
      const own = structuredClone(events) as VisitEvent[];
      assertSame(whole(deepFreeze(structuredClone(events))), whole(own));
      assertSame(events, own);
      const isFrozen = own.some((event) => Object.isFrozen(event.data));
      assertHolds('an event was frozen', !isFrozen);
    }),
    overLogs('an unknown event, one of a newer version and one of another visit change nothing', (events) => {
      const state = fold(events);
      for (const event of events.slice(-1)) {
        const data = { ...event.data, visitId: 'another-visit' };
        const strangers = [
          { ...event, type: 'SomethingNew' },
          { ...event, metadata: { schemaVersion: 1_000 } },
          ...(state.visitId === null ? [] : [{ ...event, data }]),
        ];
        for (const stranger of strangers) assertSame(state, evolve(state, stranger as VisitEvent));
      }
    }),
  ];
}

function decisionLaws({ decide, evolve, initialState }: CoreSubject): readonly Law[] {
  return [
    {
      name: 'decide answers anything that the schema allows, in any state, and the same each time',
      run: (parameters) => {
        const property = fc.property(logs, anyCommand, (events, command) => {
          const state = events.reduce(evolve, initialState());
          const answer = decide(command as VisitCommand, state);
          assertSame(answer, decide(command as VisitCommand, state));
          assertSame(throughJson(answer), answer);
        });
        assertLaw('decide answers anything', property, parameters);
      },
    },
    overAsked('what is accepted is one event, what is refused has its rules', ({ before, command }, policy) => {
      const answer = decide(command, before, policy);
      if (answer.ok) assertSame(1, answer.events.length);
      else assertHolds('a refusal names no rule', answer.rejection.violations.length > 0);
    }),
    overAsked(
      'decide answers as the protocol does: the same event, or the same rules',
      ({ before, command }, policy) => {
        const type = before.visitId === null ? 'AssignVisit' : 'StartWork';
        const others = witnessed(type, before, command.data.at, policy);
        for (const asked of [command, ...others])
          assertSame(withoutFacts(judge(asked, before, policy)), withoutFacts(decide(asked, before, policy)));
      },
    ),
    overAsked('decide changes nothing that it is given, and works on frozen input', ({ before, command }, policy) => {
      const [own, contract] = structuredClone([command, policy] as const);
      const [frozen, fixed] = deepFreeze(structuredClone([command, policy] as const));
      assertSame(decide(frozen, before, fixed), decide(own, before, contract));
      assertSame([command, policy], [own, contract]);
    }),
    overAsked('neither the order of keys nor the Unicode form of an item matters', ({ before, command }, policy) => {
      const visit = { ...reverseKeys(before), photos: before.photos }; // Photographs are listed as they were taken.
      assertSame(decide(command, before, policy), decide(reverseKeys(command), visit, reverseKeys(policy)));
      if (before.materials.requested.length === 0) return;
      const [composed, ...others] = spellings.map((spelling) => {
        const { requested, ...supply } = before.materials;
        const materials = { ...respell(supply, spelling), requested: respell(requested, COMPOSED) };
        const visit = { ...before, materials };
        const asked = [command, ...witnessed('AcceptMaterials', visit, command.data.at, policy)];
        return asked.map((one) => inNfc(decide(respell(one, spelling), visit, policy)));
      });
      for (const other of others) assertSame(composed, other);
    }),
    overWalks('every prefix of a lawful log is one', ({ asked, policy }) => {
      let state = initialState();
      for (const { command, accepted } of asked) {
        if (accepted === null) continue;
        assertHolds(`${command.type} is refused on the prefix before it`, decide(command, state, policy).ok);
        state = evolve(state, accepted);
      }
    }),
    overAsked('a waiver lets through nothing but what its rule refuses', ({ before, command }, policy) => {
      if (!decide(command, before, policy).ok) return;
      const strict = decide(command, { ...before, waivers: [] }, { ...policy, waive: [] });
      if (strict.ok) return;
      const waived = new Set([...before.waivers, ...(policy?.waive ?? [])].map(({ rule }): string => rule));
      for (const { rule } of strict.rejection.violations) {
        assertHolds(`${rule} was let through and not waived`, waived.has(rule) && isWaivable(rule));
      }
    }),
  ];
}

/** An answer without the facts, which a host may tell otherwise. */
const withoutFacts = (answer: Decision) =>
  answer.ok ? answer.events : answer.rejection.violations.map(({ rule, clause }) => `${clause} ${rule}`);

/** PROTOCOL §5: the events that may take a debt away. */
const discharges: Readonly<Record<DebtKind, readonly EventType[]>> = {
  'give-instruction': ['InstructionGiven', 'ClientReturned', 'IdentityValidated', 'ProviderReassigned', 'ActAnnulled'],
  'take-up-escalation': ['InstructionGiven'],
  'coordinate-materials': ['MaterialsCoordinated', 'InstructionGiven', 'MaterialsSupplied'],
  'document-photos': ['PhotosDocumented'],
  'document-start': ['StartDocumented'],
  'notify-delay': ['ClientNotified'],
  'reassign-provider': ['ProviderReassigned', 'InstructionGiven'],
  'notify-provider-change': ['ClientNotified'],
  'settle-discrepancy': ['DiscrepancySettled'],
  'supply-materials': ['MaterialsSupplied', 'WorkExplained'],
};
const lapses = ['give-instruction', 'coordinate-materials', 'supply-materials', 'reassign-provider'];

function visitLaws({ evolve, initialState, ...subject }: CoreSubject): readonly Law[] {
  return [
    overWalks('the invariants hold after every accepted act', ({ events, policy }) => {
      let state = initialState();
      events.forEach((event, index) => {
        state = evolve(state, event);
        const history = events.slice(0, index + 1);
        const broken = invariants.find(({ holds }) => !holds(state, history, policy ?? {}));
        assertHolds(`after ${event.type}: ${broken?.sentence}`, broken === undefined);
      });
    }),
    overAsked('a debt is discharged as PROTOCOL §5 says, stays open, or lapses at the end', ({ before, accepted }) => {
      if (accepted === null) return;
      const { debts } = evolve(before, accepted);
      const ends = accepted.type === 'Completed' || accepted.type === 'VisitClosed';
      for (const { kind, about } of before.debts) {
        const open = debts.some((debt) => debt.kind === kind && debt.about === about);
        const lawful = open || discharges[kind]?.includes(accepted.type) || (ends && lapses.includes(kind));
        assertHolds(`${accepted.type} took ${kind} away`, lawful === true);
      }
    }),
    overAsked('evidence never vanishes', ({ before, accepted }) => {
      if (accepted === null) return;
      const after = evolve(before, accepted);
      for (const [id, { takenAt, sentAt, documentedAt }] of Object.entries(before.photos.byId)) {
        const now = after.photos.byId[id];
        assertSame(takenAt, now?.takenAt);
        if (sentAt !== null) assertSame(sentAt, now?.sentAt);
        if (documentedAt !== null) assertSame(documentedAt, now?.documentedAt);
      }
      const amended = accepted.type === 'AssignmentAmended' ? accepted.data.caseNumber : undefined;
      if (before.caseNumber !== null) assertSame(amended ?? before.caseNumber, after.caseNumber);
      if (before.work.startReportedAt !== null) assertHolds('the start call', after.work.startReportedAt !== null);
      assertSame(before.waivers, after.waivers.slice(0, before.waivers.length));
      const annulled = accepted.type === 'ActAnnulled' && accepted.data.act === 'WorkStarted' ? 1 : 0;
      assertHolds('an interval', after.work.intervals.length >= before.work.intervals.length - annulled);
    }),
    overLogs('worked time is a union of intervals', (events) => {
      const { workedMs, intervals } = (subject.worked ?? worked)(
        events.reduce(evolve, initialState()),
        '2026-03-18T14:00:00.000Z',
      );
      const lengths = intervals.map(({ from, to }) => Date.parse(to) - Date.parse(from));
      const total = lengths.reduce((sum, length) => sum + length, 0);
      assertSame(workedMs, total);
      const areLong = lengths.every((length) => length > 0);
      assertHolds('an interval is empty', areLong);
      intervals.forEach(({ from }, index) => {
        const before = intervals[index - 1];
        assertHolds('two intervals meet', before === undefined || before.to < from);
      });
    }),
  ];
}

/** JSON with each of its objects, at every depth, made of other entries. */
function rebuild<T>(value: T, edit: (entries: [string, unknown][]) => [string, unknown][]): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => rebuild(item, edit)) as T;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, rebuild(item, edit)]);
  return Object.fromEntries(edit(entries)) as T;
}

/** The same JSON with the keys of each object, at every depth, in the reverse order. */
export const reverseKeys = <T>(value: T): T => rebuild(value, (entries) => entries.reverse());

/** A text in Unicode's composed form. */
export const COMPOSED = '\u00e9\u1e69\u00c5';

/** The same text composed, decomposed, and with its marks in another order and the sign of a unit for a letter. */
export const spellings = [COMPOSED, 'e\u0301s\u0323\u0307A\u030a', 'e\u0301s\u0307\u0323\u212b'] as const;

/** The same JSON with a text added to the name of each item, at every depth. */
export const respell = <T>(value: T, spelling: string): T =>
  rebuild(value, (entries) => entries.map(([key, item]) => [key, key === 'item' ? `${item}${spelling}` : item]));

/** The same JSON with each text in the composed form. */
export const inNfc = <T>(value: T): T => JSON.parse(JSON.stringify(value).normalize('NFC'));
