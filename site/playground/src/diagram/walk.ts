/** Walks from milestone to milestone: the histories that reach them, the acts that are open there, and those that are closed. */
import {
  type ClosedAct,
  type CommandType,
  commandTypes,
  decide,
  evolve,
  guide,
  initialState,
  type Locale,
  missing,
  type Role,
  replay,
  type VisitCommand,
  type VisitEvent,
  type VisitState,
} from 'auxilio';
import { candidateCommands } from '../../../../src/visit/act.ts';
import { actOfCommand } from '../../../../src/visit/table.ts';
import { plausibleData, timeAfter } from '../visit/plausible.ts';
import found from './histories.json';
import { type Milestone, milestoneOf } from './milestones.ts';

/** An act with its data: `{at}` stands for the time at which it is recorded. */
export type Move = Readonly<{ type: CommandType; role: Role; data: Readonly<Record<string, unknown>> }>;

/** A shortest history to each milestone, as indexes of acts, and the number of states that were searched. */
export type Histories = Readonly<{
  states: number;
  moves: readonly Move[];
  histories: Readonly<Record<Milestone, readonly number[]>>;
}>;

export const { states, moves, histories } = found as unknown as Histories;

const roles = ['provider', 'contact-center', 'client'] as const satisfies readonly Role[];

/** Corrections, what reconciling makes, and the client's word on what is on record: the diagram leaves them out. */
export const leftOut: readonly CommandType[] = [
  'AnnulAct',
  'CorrectTime',
  'ReportDiscrepancy',
  'SettleDiscrepancy',
  'AttestFacts',
];

const visitId = 'v-1';
const ids = { 'contact-center': 'op-7', client: 'client-1' } as const;

/** A step that was taken: the act, the event that it became, and where it led. */
export type Step = Readonly<{ type: CommandType; event: VisitEvent; to: Milestone }>;

/** An act that is open: the place of its data among those that are tried, and where it leads. */
export type Open = Readonly<{ type: CommandType; role: Role; choice: number; event: VisitEvent; to: Milestone }>;

const nextTime = (log: readonly VisitEvent[], type: CommandType) =>
  timeAfter(
    log.map(({ data }) => data.at),
    type,
  );

function createCommand(type: CommandType, role: Role, data: object, at: string, state: VisitState): VisitCommand {
  const id = role === 'provider' ? (state.provider?.id ?? 'prov-14') : ids[role];
  return { type, data: { visitId, at, ...data }, metadata: { actor: { role, id } } } as VisitCommand;
}

/** The shortest history to a milestone. */
export function shortestTo(milestone: Milestone): readonly Step[] {
  const log: VisitEvent[] = [];
  return histories[milestone].map((index) => {
    const { type, role, data } = moves[index] as Move;
    const state = replay(log);
    const at = nextTime(log, type);
    const own = JSON.parse(JSON.stringify(data).replaceAll('{at}', at));
    const decision = decide(createCommand(type, role, own, at, state), state);
    if (!decision.ok) throw new Error(`${type} is refused on the way to ${milestone}`);
    const [event] = decision.events as [VisitEvent];
    log.push(event);
    return { type, event, to: milestoneOf(replay(log)) };
  });
}

/** Data that lead elsewhere than those which an act has on the plain way. */
const twists: { readonly [T in CommandType]?: readonly object[] } = {
  TestQuality: [{ tests: [{ name: 'fuga', passed: false }] }],
  ShowBelongings: [{ clientConfirmed: false }],
  ReportTransitIssue: [{ issue: 'breakdown', resolvable: false }],
  GiveInstruction: ['cancel', 'reschedule', 'reassign'].map((decision) => ({ about: 'visit', decision })),
  CoordinateMaterials: [{ outcome: 'reschedule' }],
};

/** The fields that a person words: those of the plausible day stand in for those of the witnesses. */
const worded = ['text', 'reason', 'detail', 'call', 'notice', 'what'];

/** The data that are tried for an act: those of the plausible day, twists of them, and those that the act table knows. */
function listData(type: CommandType, role: Role, at: string, state: VisitState, locale: Locale): readonly object[] {
  const plausible = plausibleData(type, state, role, at, locale) as Record<string, unknown>;
  const witnesses = candidateCommands(actOfCommand(type), state, { role, now: at }).map(({ data }) =>
    Object.fromEntries(
      Object.entries(data).map(([field, value]) => [
        field,
        worded.includes(field) ? (plausible[field] ?? value) : value,
      ]),
    ),
  );
  const twisted = (twists[type] ?? []).map((twist) => ({ ...plausible, ...twist }));
  return [plausible, ...twisted, ...witnesses];
}

/** The acts that are open after some steps, each once for every milestone that it leads to. */
export function openAfter(steps: readonly Step[], locale: Locale): readonly Open[] {
  const log = steps.map(({ event }) => event);
  const state = replay(log);
  return commandTypes
    .filter((type) => !leftOut.includes(type))
    .flatMap((type) => {
      for (const role of roles) {
        const open = openWith(type, role, log, state, locale);
        if (open.length > 0) return open;
      }
      return [];
    });
}

function openWith(
  type: CommandType,
  role: Role,
  log: readonly VisitEvent[],
  state: VisitState,
  locale: Locale,
): Open[] {
  const at = nextTime(log, type);
  const before = JSON.stringify(state);
  const open: Open[] = [];
  for (const [choice, data] of listData(type, role, at, state, locale).entries()) {
    const decision = decide(createCommand(type, role, { ...data, visitId, at }, at, state), state);
    const [event] = decision.ok ? decision.events : [];
    if (event === undefined) continue;
    const after = evolve(state, event);
    const to = milestoneOf(after);
    if (JSON.stringify(after) === before || open.some((one) => one.to === to)) continue;
    open.push({ type, role, choice, event, to });
  }
  return open;
}

/** Takes an act that is open. */
export const take = (steps: readonly Step[], { type, event, to }: Open): readonly Step[] => [
  ...steps,
  { type, event, to },
];

/** The next act on a shortest way to completion, and the number of acts of that way; null if there is none. */
export function nextOnTheWay(steps: readonly Step[], open: readonly Open[]): { next: Open; left: number } | null {
  const state = replay(steps.map(({ event }) => event));
  const way = missing(state);
  if (!way.found) return null;
  const leftAfter = ({ event }: Open) => {
    const after = missing(evolve(state, event));
    return after.found ? after.acts.length : Number.POSITIVE_INFINITY;
  };
  const [next] = open
    .filter(({ type }) => type === way.acts[0])
    .map((one) => ({ one, left: leftAfter(one) }))
    .sort((one, other) => one.left - other.left);
  return next === undefined ? null : { next: next.one, left: way.acts.length };
}

/** An act that is closed to each role that may record it, with the reasons as the first of these roles reads them. */
export type Closed = ClosedAct & Readonly<{ role: Role }>;

export function closedAfter(steps: readonly Step[], open: readonly Open[]): readonly Closed[] {
  const state = steps.length === 0 ? initialState() : replay(steps.map(({ event }) => event));
  const closed = new Map<CommandType, Closed>();
  for (const role of roles) {
    for (const one of guide(state, { role }).closed) {
      if (closed.has(one.command) || leftOut.includes(one.command)) continue;
      if (!open.some(({ type }) => type === one.command)) closed.set(one.command, { ...one, role });
    }
  }
  return commandTypes.flatMap((type) => closed.get(type) ?? []);
}

/** A walk as an address has it: where it began, and the acts since, each with the place of its data. */
export const writeStep = ({ type, choice }: Pick<Open, 'type' | 'choice'>): string =>
  choice === 0 ? type : `${type}.${choice}`;

/** Follows the acts of an address; stops at the first that is not open. */
export function follow(begin: Milestone, then: readonly string[], locale: Locale): readonly Step[] {
  let steps = shortestTo(begin);
  for (const text of then) {
    const next = openAfter(steps, locale).find((one) => writeStep(one) === text);
    if (next === undefined) break;
    steps = take(steps, next);
  }
  return steps;
}
