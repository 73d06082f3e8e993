import type { AmendAssignmentData, EventOf } from '../messages/index.ts';
import { edition } from '../protocol/index.ts';
import { act, type Deviation } from './act.ts';
import { isPresent } from './common-rules.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { type RuleInput, rule } from './rule.ts';
import type { VisitState } from './state.ts';

const amendable = ['caseNumber', 'client', 'service', 'instructions', 'place', 'arriveBy', 'requiredShots'] as const;

/** An amendment changes at least one field. */
const somethingAmended = rule('something-amended', '1.1-13', (_, { data }: RuleInput<Partial<AmendAssignmentData>>) =>
  amendable.some((field) => isPresent(data[field])),
);

/** A visit judged by another edition or another policy than those that read its log (0-01). */
function assignedUnderOther(
  { edition: judgedBy, policyId }: EventOf<'AssignVisit'>['data'],
  { visitId }: VisitState,
  policy: Policy,
) {
  const found: Deviation[] = [];
  if (visitId !== null) return found;
  const readBy = policy.id ?? defaultPolicy.id;
  if (judgedBy !== edition) found.push({ clause: '0-01', facts: { edition: judgedBy ?? null, readBy: edition } });
  if ((policyId ?? defaultPolicy.id) !== readBy)
    found.push({ clause: '0-01', facts: { policyId: policyId ?? null, readBy } });
  return found;
}

/** The contact center assigns a visit to a provider. A second assignment changes nothing. */
const AssignVisit = act('AssignVisit', 'VisitAssigned', {
  by: 'C',
  clauses: ['1.1-13', '0-01'],
  deviations: assignedUnderOther,
  reads: { 'requiredShots?': [] },
  needs: [],
  derivedData: (data) => ({ edition: data.edition ?? edition }),
  effect: (visit, { data }) => {
    if (visit.visitId !== null) return;
    visit.visitId = data.visitId;
    visit.caseNumber = data.caseNumber;
    visit.edition = data.edition;
    visit.policyId = data.policyId ?? null;
    visit.client = { ...data.client };
    visit.provider = { ...data.provider };
    visit.service = data.service;
    visit.instructions = data.instructions ?? null;
    visit.place = data.place;
    visit.arriveBy = data.arriveBy;
    visit.requiredShots = [...(data.requiredShots ?? [])];
  },
  witnesses: (_, { at }) => [
    {
      caseNumber: 'EXP-1',
      client: { name: 'Cliente' },
      provider: { id: 'proveedor-1', name: 'Proveedor' },
      service: 'servicio',
      place: 'texto',
      arriveBy: at,
    },
  ],
});

/**
 * The contact center corrects an assignment. Before the start, another service or place resets the facts that depend on
 * it.
 */
const AmendAssignment = act('AmendAssignment', 'AssignmentAmended', {
  by: 'C',
  clauses: ['1.1-13', '1.2-12'],
  unprovenClauses: () => ['1.2-12'],
  reads: { 'requiredShots?': [] },
  needs: [somethingAmended],
  effect: (visit, { data }) => {
    if (data.caseNumber !== undefined) visit.caseNumber = data.caseNumber;
    const { service = visit.service, place = visit.place } = data;
    if (visit.work.startedAt === null) {
      if (service !== visit.service) visit.inspection.announcedAt = null;
      if (place !== visit.place) visit.arrival.arrivedAt = null;
    }
    visit.service = service;
    visit.place = place;
    if (data.instructions !== undefined) visit.instructions = data.instructions;
    if (data.arriveBy !== undefined) visit.arriveBy = data.arriveBy;
    if (data.client !== undefined) visit.client = { ...data.client };
    if (data.requiredShots !== undefined) visit.requiredShots = [...data.requiredShots];
  },
  witnesses: () => [{ instructions: 'instrucciones' }],
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [AssignVisit, AmendAssignment];
