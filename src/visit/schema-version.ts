import type { VisitEvent } from '../messages/index.ts';
import { actOfEvent } from './table.ts';

/**
 * The schema version in which an event is written: 2 where it says what version 1 cannot, an act of corrections or an
 * amended case number (PROTOCOL §2); else 1, which every release reads.
 *
 * @since 0.5.0
 */
export function schemaVersionOf({ type, data }: Pick<VisitEvent, 'type' | 'data'>): number {
  const amendsCaseNumber = type === 'AssignmentAmended' && 'caseNumber' in data;
  return amendsCaseNumber ? 2 : (actOfEvent(type)?.schemaVersion ?? 1);
}
