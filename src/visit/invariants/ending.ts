import type { EventType, VisitEvent } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import { all, always, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant } from './invariant.ts';
import { type ModelState, owed } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  VisitClosed: { by: 'PC', instant: ({ closing }) => closing.closedAt },
} satisfies ActTable;

const outcomes = { cancel: 'cancelled', reschedule: 'rescheduled' } as const;

/** The acts accepted after the end, each under its own conditions. */
const afterwards: Readonly<Partial<Record<EventType, (event: VisitEvent, before: ModelState) => boolean>>> = {
  ConductBreachReported: () => true,
  ClientImpactEscalated: () => true,
  FarewellGiven: () => true,
  PhotosSubmitted: () => true,
  ClientNotified: (event, before) =>
    event.type === 'ClientNotified' &&
    event.data.about.every((topic) => owed(before, topic === 'delay' ? 'notify-delay' : 'notify-provider-change')),
  PhotosDocumented: (_event, before) => owed(before, 'document-photos'),
  StartDocumented: (_event, before) => owed(before, 'document-start'),
  InstructionGiven: (event, before) =>
    event.type === 'InstructionGiven' && event.data.about === 'escalation' && owed(before, 'take-up-escalation'),
  ActAnnulled: (event) =>
    event.type === 'ActAnnulled' && (event.data.act === 'Completed' || event.data.act === 'VisitClosed'),
  TimeCorrected: () => true,
  DiscrepancyReported: () => true,
  DiscrepancySettled: () => true,
  FactsAttested: () => true,
};

/** True if there are visits that have ended in which an event of that type is accepted. @since 0.1.0 */
export function mayFollowEnd(type: EventType): boolean {
  return Object.hasOwn(afterwards, type);
}

/** A visit that has ended does not end again, unless that end was annulled. Clause 1.3-02. @since 0.1.0 */
export const endsOnce = invariant(
  'ends-once',
  '1.3-02',
  'A visit that has ended does not end again, unless that end was annulled.',
  (_state, history) => whenever(history, ['Completed', 'VisitClosed'], (_event, { ended }) => ended === null),
);

/**
 * After the end only receipts, notices, escalations, breaches, photographs, a farewell, corrections and the client's word are
 * recorded. Clause 1.3-02.
 * @since 0.1.0
 */
export const afterTheEnd = invariant(
  'after-the-end',
  '1.3-02',
  "After the end only receipts, notices, escalations, breaches, photographs, a farewell, corrections and the client's word are recorded.",
  (_state, history) =>
    always(history, (event, before) => {
      if (before.ended === null) return true;
      return mayFollowEnd(event.type) && (afterwards[event.type]?.(event, before) ?? false);
    }),
);

/**
 * A visit is closed only while an instruction to cancel or reschedule stands, and its outcome is that of the
 * instruction. Clause 1.1-10.
 * @since 0.1.0
 */
export const closedUnderInstruction = invariant(
  'closed-under-instruction',
  '1.1-10',
  'A visit is closed only while an instruction to cancel or reschedule stands, and its outcome is that of the instruction.',
  (_state, history) =>
    whenever(history, ['VisitClosed'], ({ data }, { standing }) => {
      return (standing === 'cancel' || standing === 'reschedule') && data.outcome === outcomes[standing];
    }),
);

/**
 * The visit is completed or closed exactly where the history says so, then or as corrected, and with that outcome.
 * Clause 1.3-02.
 * @since 0.1.0
 */
export const endAsRecorded = invariant(
  'end-as-recorded',
  '1.3-02',
  'The visit is completed or closed exactly where the history says so, then or as corrected, and with that outcome.',
  ({ closing: { completedAt, closedAt, outcome } }, history) => {
    const { ended, times } = foldHistory(history);
    const told = [
      ended === 'completed' ? times.get('Completed') : null,
      ended === 'closed' ? times.get('VisitClosed') : null,
      ended === 'closed' ? all(history, 'VisitClosed').at(-1)?.data.outcome : null,
    ];
    return deepEqual([completedAt, closedAt, outcome], told);
  },
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [endsOnce, afterTheEnd, closedUnderInstruction, endAsRecorded];
