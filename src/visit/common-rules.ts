import type { Contact } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { owes } from './debts.ts';
import { type Rule, rule } from './rule.ts';
import { isClosing, isRunning, type VisitDraft, type VisitState } from './state.ts';

/** The provider now assigned has arrived. */
export const arrived = rule('arrived', '1.1-01', (visit) => visit.arrival.arrivedAt !== null, {
  remedy: ['RecordArrival'],
});

/** The provider has not arrived yet. */
export const notArrived = (clause: ClauseId): Rule<unknown, 'not-arrived'> =>
  rule('not-arrived', clause, (visit) => visit.arrival.arrivedAt === null, {
    facts: ({ arrival }) => ({ arrivedAt: arrival.arrivedAt }),
  });

/** The visit is not away: no second visit waits for its re-entry. */
const notAway = rule('not-away', '1.1-49', (visit) => !visit.work.away, { remedy: ['ResumeWork'] });

/** The provider is at the place, and the visit is under way there. */
export const onSite = [arrived, notAway];

const absence = (visit: VisitState) => ({ absentSince: visit.arrival.absentSince });

const noAbsence = <Id extends string>(id: Id) =>
  rule(id, '1.1-09', (visit) => visit.arrival.absentSince === null, {
    remedy: ['RecordClientReturn', 'ValidateIdentity'],
    facts: absence,
  });

/** No absence of the client is open; the contact center may let work continue without them. */
export const clientHere = noAbsence('client-here');

/** No absence of the client is open, for an act that only they can answer. */
export const clientAnswers = noAbsence('client-answers');

/** No reported absence still waits for the contact center's instruction. */
export const absenceAnswered = rule(
  'absence-answered',
  '1.1-09',
  (visit) => !owes(visit, 'give-instruction', 'client-absence'),
  { remedy: ['GiveInstruction', 'RecordClientReturn'], facts: absence },
);

/** A datum is present. An application that skips the wire may pass null, which counts as absent. */
export const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** The contact center was called. */
export const callMade = (clause: ClauseId): Rule<{ readonly call?: Contact }, 'call-made'> =>
  rule('call-made', clause, (_, { data }) => isPresent(data.call));

/** The contact center was notified. */
export const noticeGiven = (clause: ClauseId): Rule<{ readonly notice?: Contact }, 'notice-given'> =>
  rule('notice-given', clause, (_, { data }) => isPresent(data.notice));

/** Work is running: started, not away, not on a break, not waiting for materials. */
export const running = (clause: ClauseId, whenAway: ClauseId = clause): Rule<unknown, 'running'> =>
  rule(
    'running',
    { among: [...new Set([clause, whenAway])], now: ({ work }) => (work.away ? whenAway : clause) },
    isRunning,
    {
      remedy: ['StartWork', 'ResumeWork', 'AcceptMaterials'],
      facts: ({ work, materials }) => ({
        started: work.startedAt !== null,
        away: work.away,
        onBreak: work.onBreak,
        awaitingMaterials: materials.awaited,
      }),
    },
  );

/** Work has started. */
export const started = rule('started', '1.1-43', (visit) => visit.work.startedAt !== null, { remedy: ['StartWork'] });

/** The tests made with the client stand as passed. */
export const testsPassed = rule('tests-passed', '1.1-47', (visit) => visit.closing.tests === 'passed', {
  remedy: ['TestQuality'],
  facts: ({ closing }) => ({ tests: closing.tests }),
});

/** An instruction to cancel or reschedule stands. */
export const endingInstructed = rule('ending-instructed', '1.1-10', isClosing, {
  remedy: ['GiveInstruction', 'CoordinateMaterials'],
  facts: ({ instruction }) => ({ instruction }),
});

/** Work has to be tested, accepted, handed over and reported again. */
export function undoClosing({ closing }: VisitDraft): void {
  closing.tests = null;
  closing.testedAt = null;
  undoAcceptance({ closing });
}

/** The client's conformity, the handover and the completion call no longer stand. */
export function undoAcceptance({ closing }: Pick<VisitDraft, 'closing'>): void {
  closing.conformedAt = null;
  closing.handedOverAt = null;
  closing.completionReportedAt = null;
  closing.caseNumberNamed = null;
}

/** The visit is away until it is resumed: the closing, and the belongings with it, are to be done again. */
export function goAway(visit: VisitDraft): void {
  visit.work.onBreak = false;
  visit.work.away = true;
  undoClosing(visit);
  visit.closing.belongingsShownAt = null;
  visit.closing.belongingsConfirmed = false;
}
