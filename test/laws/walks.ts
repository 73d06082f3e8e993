import fc from 'fast-check';
import type { Actor, CommandType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { recorders } from '../../src/visit/act.ts';
import {
  commandTypes,
  decide,
  evolve,
  initialState,
  type Policy,
  type VisitState,
  waivableRules,
} from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import { wildData } from './data.ts';

const visitId = 'v-1';

/** An instant, some minutes after the fixed beginning. */
export const minute = (minutes: number): string => new Date(Date.UTC(2026, 2, 17, 14, minutes)).toISOString();

const policies: fc.Arbitrary<Policy | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      id: fc.constant('p'),
      allow: fc.subarray(['material-purchase', 'other', 'jardinería']),
      waive: fc
        .subarray([...waivableRules, 'completion-reported'], { maxLength: 4 })
        .map((rules) => rules.map((rule) => ({ rule, reason: 'contrato' }))),
    }),
  },
);

type Step =
  | { readonly kind: 'next' }
  | { readonly kind: 'act'; readonly type: CommandType; readonly pick: number }
  | { readonly kind: 'near'; readonly type: CommandType; readonly data: object }
  | {
      readonly kind: 'wild';
      readonly type: CommandType;
      readonly data: object;
      readonly actor: Actor;
      readonly visit: string;
    };

const actors: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Actor>({ role: 'provider', id: 'proveedor-1' }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ role: 'provider', id: 'proveedor-2' }) },
  { weight: 4, arbitrary: fc.constant<Actor>({ role: 'contact-center', id: 'op-1' }) },
  { weight: 1, arbitrary: fc.constant<Actor>({ role: 'client', id: 'c-1' }) },
);

/** The types to ask for; those that branch off, or end without service, come more often. */
const types = fc.constantFrom<CommandType>(
  ...commandTypes,
  'GiveInstruction',
  'GiveInstruction',
  'GiveInstruction',
  'GiveInstruction',
  'CloseVisit',
  'CompleteVisit',
  'CompleteVisit',
  'ReportMaterialsRefusal',
  'CoordinateMaterials',
);

export const wildStep = types.chain((type) =>
  fc.record({
    kind: fc.constant('wild' as const),
    type: fc.constant(type),
    data: wildData[type],
    actor: actors,
    visit: fc.constantFrom(...Array.from({ length: 20 }, () => visitId), 'v-2'),
  }),
);

/** Turns that a visit takes seldom, each of them whole. */
const turns = fc.constantFrom<{ readonly type: CommandType; readonly data: object }>(
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'cancel' } },
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'reschedule' } },
  { type: 'GiveInstruction', data: { about: 'visit', decision: 'reassign' } },
  { type: 'ReportTransitIssue', data: { issue: 'breakdown', resolvable: false } },
  { type: 'SupplyMaterials', data: { items: [] } },
  { type: 'ShowBelongings', data: { clientConfirmed: false } },
  { type: 'PauseWork', data: { kind: 'break' } },
  { type: 'RequestExtraMaterials', data: {} },
  { type: 'AmendAssignment', data: { instructions: undefined } },
);

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: turns.map((turn) => ({ kind: 'near' as const, ...turn })) },
  { weight: 12, arbitrary: fc.constant({ kind: 'next' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('act' as const), type: types, pick: fc.nat(10) }) },
  {
    weight: 4,
    arbitrary: types.chain((type) =>
      fc.record({ kind: fc.constant('near' as const), type: fc.constant(type), data: wildData[type] }),
    ),
  },
  { weight: 2, arbitrary: wildStep },
);

/** One thing that was asked: the state before it, the command, and the answer. */
type Asked = {
  readonly before: VisitState;
  readonly command: VisitCommand;
  readonly accepted: VisitEvent | null;
};

export type Walk = {
  readonly policy: Policy | undefined;
  readonly asked: readonly Asked[];
  readonly events: readonly VisitEvent[];
  readonly state: VisitState;
};

/** The commands of a type that a visit's witnesses make, by each role that may record it. */
export function witnessed(type: CommandType, visit: VisitState, at: string, policy: Policy = {}): VisitCommand[] {
  const act = acts.find(({ command }) => command === type);
  if (act === undefined) return [];
  const actorOf = (role: Actor['role']): Actor => ({
    role,
    id: role === 'provider' ? (visit.provider?.id ?? 'proveedor-1') : role === 'client' ? 'c-1' : 'op-1',
  });
  return recorders[act.by].flatMap((role) =>
    act.witnesses(visit, { at, policy }).map(
      (data) =>
        ({
          type,
          data: { visitId: visit.visitId ?? visitId, at, ...data },
          metadata: { actor: actorOf(role) },
        }) as VisitCommand,
    ),
  );
}

/** Every command that some witness makes acceptable now. */
function openCommands(visit: VisitState, at: string, policy?: Policy): VisitCommand[] {
  return commandTypes.flatMap((type) =>
    witnessed(type, visit, at, policy).filter((command) => decide(command, visit, policy).ok),
  );
}

function commandOf(
  step: Step,
  visit: VisitState,
  events: readonly VisitEvent[],
  at: string,
  policy?: Policy,
): VisitCommand | undefined {
  if (step.kind === 'wild') {
    return {
      type: step.type,
      data: { visitId: step.visit, at, ...step.data },
      metadata: { actor: step.actor },
    } as VisitCommand;
  }
  if (step.kind === 'next') return nextOf(openCommands(visit, at, policy), events);
  const made = witnessed(step.type, visit, at, policy);
  if (step.kind === 'act') return made[step.pick % Math.max(made.length, 1)];
  const first = made[0];
  return first === undefined ? undefined : ({ ...first, data: { ...first.data, ...step.data } } as VisitCommand);
}

/** The first act of the plain path that is open and has not happened; else an assignment or the completion. */
function nextOf(open: readonly VisitCommand[], events: readonly VisitEvent[]): VisitCommand | undefined {
  const happened = new Set(events.map(({ type }) => type));
  const fresh = open.filter(({ type }) => {
    const act = acts.find(({ command }) => command === type);
    return act !== undefined && act.by !== 'C' && act.by !== 'C or K' && !happened.has(act.event) && !detours.has(type);
  });
  return fresh[0] ?? open.find(({ type }) => afterAll.has(type)) ?? open[0];
}

const afterAll = new Set<CommandType>(['AssignVisit', 'RecordArrival', 'ResumeWork', 'CompleteVisit']);

const detours = new Set<CommandType>([
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
]);

function walked(plan: readonly Step[], policy: Policy | undefined): Walk {
  let state = initialState();
  const events: VisitEvent[] = [];
  const asked: Asked[] = [];
  plan.forEach((step, index) => {
    const command = commandOf(step, state, events, minute(index), policy);
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

/** Walks over `decide`: mostly the document's next act, else any open one, else anything that the schema allows. */
export const walks = (maxLength = 70): fc.Arbitrary<Walk> =>
  fc
    .tuple(fc.array(steps, { minLength: 1, maxLength, size: 'max' }), policies)
    .map(([plan, policy]) => walked(plan, policy));

/** Any event that the schema allows, lawful or not, of this visit or of another. */
export const foreignEvents: fc.Arbitrary<VisitEvent> = fc
  .tuple(fc.constantFrom(...acts), actors, fc.nat(200), fc.constantFrom(visitId, visitId, visitId, 'v-2'))
  .chain(([act, by, at, visit]) =>
    wildData[act.command].map((data) => {
      const extras = {
        VisitAssigned: { edition: 'e'.repeat(64) },
        QualityTested: { passed: at % 2 === 0 },
        VisitClosed: { outcome: 'cancelled' },
      };
      const extra = Object.hasOwn(extras, act.event) ? extras[act.event as keyof typeof extras] : {};
      return { type: act.event, data: { visitId: visit, at: minute(at), ...data, by, ...extra } } as VisitEvent;
    }),
  );
