import type { EventType, VisitEvent } from './union.ts';

/** The newest version of the shape of events, and so the newest that this release reads. @since 0.1.0 */
export const schemaVersion = 2;

/** The types that version 1 does not have. */
const added: readonly EventType[] = ['ActAnnulled', 'TimeCorrected', 'DiscrepancyReported', 'DiscrepancySettled'];

/**
 * The schema version in which an event is written: 2 where it says what version 1 cannot, an act of corrections or an
 * amended case number (PROTOCOL §2); else 1, which every release reads.
 *
 * @since 0.5.0
 */
export function schemaVersionOf({ type, data }: Pick<VisitEvent, 'type' | 'data'>): number {
  const amendsCaseNumber = type === 'AssignmentAmended' && 'caseNumber' in data;
  return amendsCaseNumber || added.includes(type) ? 2 : 1;
}
