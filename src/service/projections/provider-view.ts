import { mustBe } from '../../kernel/known.ts';
import type { Actor, Id, VisitEvent } from '../../messages/index.ts';

/** The events of a visit that one of its providers may see. @since 0.5.0 */
export type ProviderView = Readonly<{
  /** All events, for the provider now assigned; for a former one those up to the reassignment that replaced them. */
  events: readonly VisitEvent[];
  /**
   * Of a former provider alone: the later events that say what became of their acts, in their order. These are the reports and
   * settlements of their discrepancies, and what is on record as theirs.
   */
  own?: readonly VisitEvent[];
}>;

/**
 * Selects the events of a visit that one of its providers may see; `null` for a provider who never was assigned to it. A former
 * provider sees nothing that was recorded after they were replaced, but for what became of their own acts.
 *
 * @throws TypeError for a log that is no array
 * @since 0.5.0
 */
export function providerView(log: readonly VisitEvent[], providerId: Id): ProviderView | null {
  mustBe(Array.isArray(log), 'providerView takes the log, an array of events', log);
  let assigned: Id | null = null;
  let replacedAt: number | null = null;
  for (const [index, event] of log.entries()) {
    if (event.type !== 'VisitAssigned' && event.type !== 'ProviderReassigned') continue;
    if (assigned === providerId) replacedAt = index + 1;
    assigned = event.data.provider.id;
  }
  if (assigned === providerId) return { events: log };
  if (replacedAt === null) return null;
  const isOwn = isAbout(log, providerId);
  return { events: log.slice(0, replacedAt), own: log.slice(replacedAt).filter(isOwn) };
}

/** Selects the events about the acts of a provider: theirs, and the settlements of their reports with what these brought. */
function isAbout(log: readonly VisitEvent[], providerId: Id): (event: VisitEvent) => boolean {
  const isThem = (actor: Actor | undefined) => actor?.role === 'provider' && actor.id === providerId;
  const reports = new Set<Id>();
  const settlements = new Set<Id>();
  for (const { type, data, metadata } of log) {
    if (type === 'DiscrepancyReported' && isThem(data.by)) reports.add(data.discrepancyId);
    if (type !== 'DiscrepancySettled' || !reports.has(data.discrepancyId)) continue;
    if (metadata?.commandId !== undefined) settlements.add(metadata.commandId);
  }
  return ({ type, data, metadata }) => {
    if (type === 'DiscrepancySettled') return reports.has(data.discrepancyId);
    const { commandId } = metadata ?? {};
    return isThem(data.by) || isThem(data.recordedBy) || (commandId !== undefined && settlements.has(commandId));
  };
}
