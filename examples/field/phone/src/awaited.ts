import type { ReplicaVisit } from 'auxilio/replica';

/** The matters on which a provider waits, so that no act is next. */
export type Awaited = 'client-absence' | 'return' | 'identity' | 'materials' | 'reassignment' | 'closed';

/** The matter on which the provider waits for the center, or for the client to come; null if they can go on. */
export function awaitedOf({ local, events }: ReplicaVisit): Awaited | null {
  if (local.phase === 'awaiting-reassignment' || local.instruction === 'reassign') return 'reassignment';
  // Nobody is there to say goodbye to.
  if (local.phase === 'closed' && local.arrival.absentSince !== null) return 'closed';
  for (const { kind, about } of local.debts) {
    if (kind === 'coordinate-materials') return 'materials';
    if (kind === 'give-instruction') return about === 'identity' ? 'identity' : 'client-absence';
  }
  const last = events.findLast((event) => event.type === 'InstructionGiven');
  return local.arrival.absentSince !== null && last?.data.decision === 'wait' ? 'return' : null;
}
