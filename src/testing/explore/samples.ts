/** The instants and ids of the visits that are explored. */
import type { Actor, CommandType, ReportedAct, VisitCommand, VisitEvent } from '../../messages/index.ts';
import { createFact } from '../../reconciling/repeats.ts';
import { type Act, recorders } from '../../visit/act.ts';
import { recordableActs } from '../../visit/recordable.ts';
import { initialState, type VisitState } from '../../visit/state.ts';
import { actOfCommand } from '../../visit/table.ts';
import { createEvent, evolve } from '../../visit/visit.ts';

/** The instant of everything that happened before: no rule looks at a clock. */
export const earlier = '2026-03-17T14:00:00.000Z';

/** The instant of what is asked. */
export const now = '2026-03-17T15:00:00.000Z';

/** The instants of an interruption and a resumption of work, on the sides of `earlier` on which no interval runs backwards. */
export const interruptedAt = '2026-03-17T14:20:00.000Z';
export const resumedAt = '2026-03-17T13:40:00.000Z';

/** The id of the one discrepancy that is explored. */
export const discrepancyId = 'd-1';

/** The id of the discrepancy of which a settlement takes one act. */
export const takenId = 'd-2';

/** The one shot that an assignment may require while `shots` are explored. */
export const requiredShot = 'frente';

const provider: Actor = { role: 'provider', id: 'proveedor-1' };
const client: Actor = { role: 'client', id: 'cliente-1' };
const operator: Actor = { role: 'contact-center', id: 'operador-1' };
const occasion = { at: earlier, policy: {} };

function makeEvent(command: CommandType, data: object, actor: Actor, visit: VisitState): VisitEvent {
  const occurrence = { visitId: 'visita-1', at: earlier };
  return createEvent({ type: command, data: { ...occurrence, ...data }, metadata: { actor } } as VisitCommand, visit);
}

/** A visit that is assigned, on which the data of the reported acts are made. */
function assignedVisit(): VisitState {
  const visit = initialState();
  const [data = {}] = actOfCommand('AssignVisit')?.witnesses(visit, occasion) ?? [];
  return evolve(visit, makeEvent('AssignVisit', data, operator, visit));
}

const photo = { photoId: 'foto-aparte', sha256: '0'.repeat(64), takenAt: earlier };

/** Data that do something else to a visit than the witnesses do, and a photograph that no visit has yet. */
const others: { readonly [T in CommandType]?: readonly object[] } = {
  TakePhotos: [{ photos: [photo] }],
  ReportTransitIssue: [{ issue: 'breakdown', resolvable: false }],
  SupplyMaterials: [{ suppliedBy: 'client' }],
  TestQuality: [{ withClient: true, tests: [{ name: 'prueba', passed: false }] }],
  ShowBelongings: [{ items: [], clientConfirmed: false }],
};

/** True for an act whose effect the facts cannot tell: a photograph that is sent and was never taken. */
const isLeftOut = ({ command }: Act) => command === 'SubmitPhotos';

/** The acts that a settlement may take: every act that a provider or a client may record apart, as it was reported. */
export const takeable: readonly ReportedAct[] = makeReportedActs(assignedVisit());

function makeReportedActs(visit: VisitState): ReportedAct[] {
  const acts: readonly Act[] = recordableActs as readonly unknown[] as readonly Act[];
  const events = acts.flatMap((act) => {
    const actor = [provider, client].find(({ role }) => recorders[act.by].includes(role));
    if (actor === undefined || isLeftOut(act)) return [];
    const witnesses = act.command === 'TakePhotos' ? [] : act.witnesses(visit, occasion);
    const data = [...witnesses, ...(others[act.command] ?? [])];
    return data.map((one) => makeEvent(act.command, one, actor, visit));
  });
  const verdict = { on: 1, violations: [], lawfulThen: true };
  return events.map(({ type, data }, nth) => ({ type, data, commandId: `c-${nth}`, ...verdict }) as ReportedAct);
}

/** The events that a settlement puts on record before itself, as a service appends them. */
export function listTakenFacts(event: VisitEvent): readonly VisitEvent[] {
  if (event.type !== 'DiscrepancySettled' || event.data.discrepancyId !== takenId) return [];
  const { taken, by } = event.data;
  return taken.flatMap((position) => takeable[position] ?? []).map((act) => createFact(act, by));
}
