/** The milestones of a visit: every visit is at one of them, whatever its history. The abstraction that the diagram draws. */
import { decide, type VisitState } from 'auxilio';

/** The milestones, each with its column and row in the diagram: the plain way goes down the first column. */
export const places = {
  unassigned: [0, 0],
  'in-transit': [0, 1],
  'awaiting-reassignment': [1, 1],
  'at-the-door': [0, 2],
  'client-absent': [1, 2],
  'identity-rejected': [2, 2],
  identified: [0, 3],
  'away-before': [2, 3],
  photographed: [0, 4],
  'materials-requested': [0, 5],
  'materials-in-dispute': [2, 5],
  'materials-supplied': [0, 6],
  'materials-rejected': [1, 6],
  'materials-coordinated': [2, 6],
  prepared: [0, 7],
  'ready-to-start': [0, 8],
  working: [0, 9],
  'on-break': [1, 9],
  'away-after': [2, 9],
  'awaiting-materials': [2, 10],
  'tests-passed': [0, 10],
  'tests-failed': [1, 10],
  'ready-to-complete': [0, 11],
  'called-off': [2, 11],
  completed: [0, 12],
  closed: [2, 12],
} as const satisfies Record<string, readonly [column: number, row: number]>;

export type Milestone = keyof typeof places;
export const milestones = Object.keys(places) as readonly Milestone[];

/** True if the rules accept that act of the provider now; no rule reads the clock. */
function isOpen(type: 'StartWork' | 'CompleteVisit', visit: VisitState): boolean {
  const { visitId, provider } = visit;
  if (visitId === null || provider === null) return false;
  const at = '9999-12-31T23:59:59.999Z';
  const actor = { role: 'provider', id: provider.id } as const;
  return decide({ type, data: { visitId, at }, metadata: { actor } }, visit).ok;
}

/** Finds the milestone of a visit: the first of the plain way that it has not passed, unless something else holds it up. */
export function milestoneOf(visit: VisitState): Milestone {
  const { phase, instruction } = visit;
  if (phase === 'unassigned' || phase === 'completed' || phase === 'closed') return phase;
  if (instruction === 'cancel' || instruction === 'reschedule') return 'called-off';
  if (phase === 'away') return visit.work.startedAt === null ? 'away-before' : 'away-after';
  if (phase === 'on-site') return milestoneOnSite(visit);
  return phase === 'working' ? milestoneAtWork(visit) : phase;
}

function milestoneOnSite(visit: VisitState): Milestone {
  const { arrival, identity, photos, inspection } = visit;
  if (arrival.absentSince !== null) return 'client-absent';
  if (identity.rejectedAt !== null) return 'identity-rejected';
  if (identity.validatedAt === null) return 'at-the-door';
  if (photos.sent === 0 || photos.unsent > 0) return 'identified';
  if (inspection.explainedAt === null) return 'photographed';
  const { status } = visit.materials;
  if (status !== 'unknown' && status !== 'not-needed' && status !== 'accepted') return `materials-${status}`;
  return isOpen('StartWork', visit) ? 'ready-to-start' : 'prepared';
}

function milestoneAtWork(visit: VisitState): Milestone {
  if (visit.arrival.absentSince !== null) return 'client-absent';
  if (isOpen('CompleteVisit', visit)) return 'ready-to-complete';
  const { tests } = visit.closing;
  return tests === null ? 'working' : `tests-${tests}`;
}
