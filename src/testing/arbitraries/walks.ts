import fc from 'fast-check';
import { mustBe } from '../../kernel/known.ts';
import type { CommandType, Instant, VisitCommand, VisitEvent } from '../../messages/index.ts';
import { decide, evolve, initialState, type Policy, type VisitState, waivableRules } from '../../visit/index.ts';
import { acts, commandTypes } from '../../visit/table.ts';
import { actors, minute, visitId } from '../fixtures.ts';
import { anyCommand, types } from './anything.ts';
import { dataOf } from './data.ts';
import { eachOpen, witnessed } from './from-witnesses.ts';

/** Mostly no policy; else one that allows some activities and waives some rules. @since 0.2.0 */
export const policies: fc.Arbitrary<Policy | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      id: fc.constant('contrato'),
      allow: fc.subarray(['material-purchase', 'other', 'jardinería']),
      waive: fc
        .subarray([...waivableRules], { maxLength: 4 })
        .map((rules) => rules.map((rule) => ({ rule, reason: 'contrato' }))),
    }),
  },
);

/** One thing that was asked on a walk: the state before it, the command, and the event that it became, if any. @since 0.2.0 */
export type Asked = {
  readonly before: VisitState;
  readonly command: VisitCommand;
  readonly accepted: VisitEvent | null;
};

/**
 * A walk over `decide`: the commands under a policy, the events of those accepted, and the state after them. @since
 * 0.2.0
 */
export type Walk = {
  readonly policy: Policy | undefined;
  readonly asked: readonly Asked[];
  readonly events: readonly VisitEvent[];
  readonly state: VisitState;
};

type Step =
  | { readonly kind: 'next' }
  | { readonly kind: 'act'; readonly type: CommandType; readonly pick: number }
  | { readonly kind: 'near'; readonly type: CommandType; readonly data: object; readonly pick?: number }
  | { readonly kind: 'wild'; readonly command: Omit<VisitCommand, 'data'> & { readonly data: object } };

/** An act that was recorded apart, which the end of a visit excludes. */
const reported = {
  type: 'ToolsShown',
  data: { visitId, at: minute(1), tools: ['llave'], by: actors.provider },
  commandId: 'c-1',
  on: 1,
  violations: [{ rule: 'arrived', clause: '1.1-01' }],
  lawfulThen: true,
};

/** Turns that a visit takes seldom, each of them whole. */
const turns = fc.constantFrom<{ readonly type: CommandType; readonly data: object; readonly pick?: number }>(
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'cancel' } },
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'reschedule' } },
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'reassign' } },
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'proceed', waives: ['photos-sent', 'tools-shown'] } },
  { type: 'ReportTransitIssue', data: { issue: 'breakdown', resolvable: false } },
  { type: 'SupplyMaterials', data: { items: [] } },
  { type: 'ShowBelongings', data: { clientConfirmed: false } },
  { type: 'PauseWork', data: { kind: 'break' } },
  { type: 'RequestExtraMaterials', data: {} },
  { type: 'AmendAssignment', data: { instructions: undefined } },
  { type: 'AmendAssignment', data: { caseNumber: 'EXP-9' } },
  { type: 'CoordinateMaterials', data: { outcome: 'client-will-supply' } },
  { type: 'ReportDiscrepancy', data: { discrepancyId: 'd-1', basedOn: 1, acts: [reported] } },
  { type: 'SettleDiscrepancy', data: { discrepancyId: 'd-1', taken: [0] } },
  { type: 'AttestFacts', data: {} },
  { type: 'AttestFacts', data: { facts: [{ fact: 'arrival', recorded: minute(1), agrees: false }] } },
  // The last witness is an interruption of work: here before the work began.
  { type: 'CorrectTime', data: { corrected: '2026-03-16T00:00:00.000Z' }, pick: -1 },
);

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ kind: 'next' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), type: types, pick: fc.nat(10) }) },
  {
    weight: 4,
    arbitrary: types.chain((type) =>
      fc.record({ kind: fc.constant('near' as const), type: fc.constant(type), data: dataOf[type] }),
    ),
  },
  { weight: 2, arbitrary: anyCommand.map((command) => ({ kind: 'wild' as const, command })) },
  { weight: 2, arbitrary: turns.map((turn) => ({ kind: 'near' as const, ...turn })) },
);

/** Acts off the plain path: a walk takes them only when a step asks for them. */
const detours: readonly CommandType[] = [
  'ReportTransitIssue',
  'ReportClientAbsence',
  'RejectIdentity',
  'RejectMaterials',
  'ReportMaterialsRefusal',
  'RequestExtraMaterials',
  'PauseWork',
  'ResumeWork',
  'RecordObjection',
  'EscalateClientImpact',
  'ReportConductBreach',
  'DeclineOffContractRequest',
  'PerformOffContractAct',
];

/** The acts of the plain path, in its order. */
const plainPath = acts.filter(({ command, by }) => by !== 'C' && !detours.includes(command));

/** The acts with which a walk continues after the plain path. */
const afterAll: readonly CommandType[] = ['AssignVisit', 'RecordArrival', 'ResumeWork', 'CompleteVisit'];

/** The first act of the plain path that is open and has not happened; else one that brings the visit on. */
function findNext(
  visit: VisitState,
  at: Instant,
  events: readonly VisitEvent[],
  policy: Policy | undefined,
): VisitCommand | undefined {
  const happened = new Set<string>(events.map(({ type }) => type));
  const fresh = plainPath.filter(({ event }) => !happened.has(event)).map(({ command }) => command);
  for (const open of eachOpen(fresh, visit, at, policy)) {
    if (open.metadata.actor.role !== 'contact-center') return open;
  }
  for (const open of eachOpen([...afterAll, ...commandTypes], visit, at, policy)) return open;
  return undefined;
}

function makeCommand(
  step: Step,
  visit: VisitState,
  events: readonly VisitEvent[],
  at: Instant,
  policy?: Policy,
): VisitCommand | undefined {
  if (step.kind === 'wild') return { ...step.command, data: { ...step.command.data, at } } as VisitCommand;
  if (step.kind === 'next') return findNext(visit, at, events, policy);
  const made = witnessed(step.type, visit, at, policy);
  if (step.kind === 'act') return made[step.pick % Math.max(made.length, 1)];
  const first = made.at(step.pick ?? 0) ?? unwitnessed(step.type, visit, at);
  return { ...first, data: { ...first.data, ...step.data } } as VisitCommand;
}

/** A command without data, of an act that has no witness: reconciling makes those of a report. */
function unwitnessed(type: CommandType, visit: VisitState, at: Instant) {
  const actor = { role: 'provider', id: visit.provider?.id ?? actors.provider.id };
  return { type, data: { visitId: visit.visitId ?? visitId, at }, metadata: { actor } };
}

function walk(plan: readonly Step[], policy: Policy | undefined): Walk {
  let state = initialState();
  const events: VisitEvent[] = [];
  const asked: Asked[] = [];
  plan.forEach((step, index) => {
    const command = makeCommand(step, state, events, minute(index), policy);
    if (command === undefined) return;
    const decision = decide(command, state, policy);
    const accepted = decision.ok ? (decision.events[0] ?? null) : null;
    asked.push({ before: state, command, accepted });
    if (accepted === null) return;
    events.push(accepted);
    state = evolve(state, accepted);
  });
  return { policy, asked, events, state };
}

/**
 * Walks over `decide`: mostly the document's next act, else any open one, one with something wrong, or anything that
 * the schema allows. A walk shrinks to fewer and plainer steps, so that a counterexample keeps the acts that matter.
 * @since 0.2.0
 */
export function walks(maxLength = 70, judgedBy: fc.Arbitrary<Policy | undefined> = policies): fc.Arbitrary<Walk> {
  mustBe(Number.isSafeInteger(maxLength) && maxLength > 0, 'maxLength is a whole number from 1', maxLength);
  return fc
    .tuple(fc.array(steps, { minLength: 1, maxLength, size: 'max' }), judgedBy)
    .map(([plan, policy]) => walk(plan, policy));
}
