import type { AttestedFact, Instant, VisitEvent } from '../../messages/index.ts';
import { attestedFacts, isClientsWord, isOn, standingTime } from '../../visit/attestation.ts';
import type { VisitState } from '../../visit/index.ts';
import type { Finding } from './finding.ts';

/** A word of the client that disagrees, at the event of that index; `isOver` once it contradicts nothing any more. */
export type Denial = {
  readonly index: number;
  readonly fact: AttestedFact;
  readonly recorded: Instant;
  isOver: boolean;
};

/** The times at which facts stand, if any denial asks for them. */
export const standingTimes = (denials: readonly Denial[], visit: VisitState): ReadonlyMap<AttestedFact, Instant> =>
  new Map(
    denials.flatMap(({ fact, isOver }) => {
      const at = isOver ? null : standingTime(visit, fact);
      return at === null ? [] : [[fact, at]];
    }),
  );

/**
 * Keeps the denials of an event, after it was folded, and ends those that contradict nothing from here on: taken back by a later
 * word, or their fact annulled, undone, or corrected (PROTOCOL §6). One of a fact that was recorded again goes on.
 */
export function trackDenials(
  denials: Denial[],
  before: ReadonlyMap<AttestedFact, Instant>,
  visit: VisitState,
  index: number,
  event: VisitEvent,
): void {
  const isUndone = ({ fact }: Denial) => before.has(fact) && standingTime(visit, fact) === null;
  const isCorrected = ({ fact, recorded }: Denial) =>
    event.type === 'TimeCorrected' && before.get(fact) === recorded && standingTime(visit, fact) !== recorded;
  for (const denial of denials) denial.isOver ||= isUndone(denial) || isCorrected(denial);
  if (event.type !== 'FactsAttested' || !isClientsWord(event.data) || event.data.visitId !== visit.visitId) return;
  for (const word of event.data.facts) {
    const { fact, recorded, agrees } = word;
    if (agrees) for (const denial of denials.filter(isOn(word))) denial.isOver = true;
    else if (attestedFacts.includes(fact)) denials.push({ index, fact, recorded, isOver: false });
  }
}

/** True if a finding is a denial that contradicts nothing any more. */
export const isOverDenial = (denials: readonly Denial[], { index, facts }: Finding): boolean =>
  denials.some(
    (denial) =>
      denial.isOver && denial.index === index && denial.fact === facts.denied && denial.recorded === facts.recorded,
  );
