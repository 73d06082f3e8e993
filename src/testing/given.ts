import type { Facts } from '../kernel/decision.ts';
import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { EventType, VisitCommand, VisitEvent } from '../messages/index.ts';
import type { ClauseId } from '../protocol/index.ts';
import { explain } from '../reading/explain.ts';
import { nearest } from '../util/nearest.ts';
import {
  commandTypes,
  type Decision,
  decide,
  evolve,
  initialState,
  type Policy,
  type RuleId,
  type VisitState,
} from '../visit/index.ts';
import { en } from '../words/en/index.ts';
import { differences, mustHave } from './assert.ts';

/** The subject of a specification: the library's own core, or a host's. @since 0.2.0 */
export type Subject = {
  readonly decide: (command: VisitCommand, state: VisitState, policy?: Policy) => Decision;
  readonly evolve: (state: VisitState, event: VisitEvent) => VisitState;
  readonly initialState: () => VisitState;
};

/** A rule that must refuse: by its id, its clause, or both, as a pair too; with `facts`, exactly those. @since 0.2.0 */
export type Refused =
  | readonly [rule: RuleId, clause: ClauseId]
  | ({ readonly facts?: Facts } & (
      | { readonly rule: RuleId; readonly clause?: ClauseId }
      | { readonly clause: ClauseId; readonly rule?: RuleId }
    ));

/** Expectations of the answer. Each throws a `SpecificationError` when it is otherwise. @since 0.2.0 */
export type Expectation = {
  /** Accepted, with exactly these events: order, count and every field. Answers the state after them. */
  readonly then: (...events: readonly VisitEvent[]) => VisitState;
  /**
   * Expects acceptance with one event of this type, which has the data of the command and exactly these additional
   * fields: its author, and derived fields. Returns the state after it. @since 0.5.0
   */
  readonly accepts: (type: EventType, more: object) => VisitState;
  /** Refused by exactly these rules, in this order. A `TypeError` without a rule, or for one that names neither a rule nor a clause. */
  readonly rejects: (...refused: readonly Refused[]) => void;
};

/** A history, to which a command comes. @since 0.2.0 */
export type Given = { readonly when: (command: VisitCommand, policy?: Policy) => Expectation };

/** A failed specification: the given events, the command, the expected and the actual result. @since 0.2.0 */
export class SpecificationError extends Error {
  readonly expected: unknown;
  readonly actual: unknown;

  constructor(story: string, expected: unknown, actual: unknown) {
    super(story);
    this.name = 'AssertionError';
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * Makes a `given` that runs on a subject of yours: a decider that you changed or wrapped.
 *
 * @throws TypeError where the subject lacks a function
 * @since 0.2.0
 */
export function givenOn(subject: Subject): (...history: readonly (VisitEvent | readonly VisitEvent[])[]) => Given {
  mustHave('givenOn', subject, ['decide', 'evolve', 'initialState']);
  return (...history) => {
    const events = history.flat() as readonly VisitEvent[];
    const before = events.reduce(subject.evolve, subject.initialState());
    return {
      when: (command, policy) => {
        mustBe(typeof command?.type === 'string', 'when takes a command', command);
        const asked: Asked = { history: events, command, decision: subject.decide(command, before, policy) };
        const then = (...expected: readonly VisitEvent[]): VisitState => {
          mustAccept(asked, expected);
          return expected.reduce(subject.evolve, before);
        };
        return {
          then,
          accepts: (type, more) => then({ type, data: { ...command.data, ...more } } as VisitEvent),
          rejects: (...expected) => {
            mustBe(expected.length > 0, 'rejects takes the rules that refuse', undefined);
            mustRefuse(asked, expected.map(nameRefusal));
          },
        };
      },
    };
  };
}

/**
 * Given events, when a command comes, then these events, or these refusals. Exact: order, count, extra fields. Needs no
 * test runner: a specification that does not hold throws.
 *
 * @example const { events, visitId, next } = visitAt('tests-failed'); const conformity = commands.recordConformity({
 * visitId, at: next }, cast.provider); given(events).when(conformity).rejects({ rule: 'tests-passed', clause: '1.1-47'
 * });
 * @since 0.2.0
 */
export const given = /* @__PURE__ */ givenOn({ decide, evolve, initialState });

const isPair = (expected: Refused): expected is readonly [RuleId, ClauseId] => Array.isArray(expected);

/** The rule that must refuse, by name; refuses an expectation that every refusal would meet. */
function nameRefusal(expected: Refused): Named {
  const one: Named = isPair(expected) ? { rule: expected[0], clause: expected[1] } : expected;
  mustKnowKeys('rejects', one, { rule: 0, clause: 0, facts: 0 });
  mustBe(one.rule ?? one.clause, 'rejects takes { rule } or { clause }', one);
  return one;
}

/** A decision, with the history and the command of which it is. */
type Asked = { readonly history: readonly VisitEvent[]; readonly command: VisitCommand; readonly decision: Decision };

function mustAccept(asked: Asked, expected: readonly VisitEvent[]): void {
  const { decision } = asked;
  const different = decision.ok ? differences(expected, decision.events) : explainRefusal(decision);
  if (different.length === 0) return;
  const [got, actual] = decision.ok ? [listTypes(decision.events), decision.events] : ['a refusal', decision.rejection];
  throw new SpecificationError(story(asked, listTypes(expected), got, different), expected, actual);
}

function mustRefuse(asked: Asked, expected: readonly Named[]): void {
  const { decision } = asked;
  const wanted = `a refusal by ${expected.map(formatRule).join(', ')}`;
  if (decision.ok) {
    const said = story(asked, wanted, listTypes(decision.events), []);
    throw new SpecificationError(said, expected, decision.events);
  }
  const { violations } = decision.rejection;
  const different = violations.length === expected.length ? mismatches(expected, violations) : explainRefusal(decision);
  if (different.length === 0) return;
  const got = `a refusal by ${violations.map(formatRule).join(', ')}`;
  throw new SpecificationError(story(asked, wanted, got, different), expected, violations);
}

type Named = { readonly rule?: string | undefined; readonly clause?: string | undefined; readonly facts?: Facts };

const mismatches = (expected: readonly Named[], actual: readonly Named[]): readonly string[] =>
  expected.flatMap((wanted, index) => {
    const found: Named = actual[index] ?? {};
    return (['rule', 'clause', 'facts'] as const).flatMap((key) =>
      wanted[key] === undefined ? [] : differences(wanted[key], found[key], `${ordinal(index)} ${key}`),
    );
  });

const explainRefusal = (decision: Decision): readonly string[] =>
  decision.ok ? [] : explain(decision.rejection, en).split('\n');

const ordinal = (index: number) => `violation ${index + 1}'s`;
const formatRule = ({ rule, clause }: Named) => [clause, rule].filter((name) => name !== undefined).join(' ');
const listTypes = (events: readonly VisitEvent[]) =>
  events.length === 0 ? 'no event' : events.map(({ type }) => type).join(', ');

function story({ history, command }: Asked, expected: string, got: string, details: readonly string[]): string {
  const { type } = command;
  const { role, id } = command.metadata.actor;
  // A rule of the gate may hide that no act has the type of the command.
  const meant = nearest(type, commandTypes).filter((known) => known !== type);
  return [
    `Given  ${history.length === 0 ? 'no history' : history.map((event) => event.type).join(', ')}`,
    `When   ${type}${meant.map((known) => ` (did you mean ${known}?)`)} comes from ${role} ${id}`,
    `Then   ${expected} was expected`,
    `But    ${got} came`,
    ...details.map((detail) => `       ${detail}`),
  ].join('\n');
}
