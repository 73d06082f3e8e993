import { deepEqual } from '../../util/equality.ts';
import type { Phase } from '../state.ts';
import { all, foldHistory, whenever } from './history.ts';
import { type ActTable, type Invariant, invariant } from './invariant.ts';
import { type ModelState, owed } from './model-state.ts';

/** The acts of this chapter: author, place, and the instant of the visit that they make. */
export const acts = {
  VisitAssigned: { by: 'C' },
  AssignmentAmended: { by: 'C' },
  TransitIssueReported: { by: 'P+', instant: ({ transit }) => transit.issueReportedAt },
  TransitIssueAcknowledged: { by: 'C' },
  ClientNotified: { by: 'C' },
  ProviderReassigned: { by: 'C' },
} satisfies ActTable;

const amendable = ['caseNumber', 'client', 'service', 'instructions', 'place', 'arriveBy', 'requiredShots'] as const;

const unassigned = {
  visitId: null,
  caseNumber: null,
  edition: null,
  policyId: null,
  client: null,
  provider: null,
  service: null,
  instructions: null,
  place: null,
  arriveBy: null,
  requiredShots: [],
};

/** PROTOCOL §3. */
function phaseAfter(now: ModelState): Phase {
  if (now.terms === null) return 'unassigned';
  if (now.ended !== null) return now.ended;
  if (owed(now, 'reassign-provider')) return 'awaiting-reassignment';
  if (now.away) return 'away';
  if (!now.stands.has('ProviderArrived')) return 'in-transit';
  if (now.onBreak) return 'on-break';
  if (now.awaiting) return 'awaiting-materials';
  return now.stands.has('WorkStarted') ? 'working' : 'on-site';
}

/** The first act assigns the visit, and no later one assigns it again. Clause 1.1-13. @since 0.1.0 */
export const assignedFirstAndOnce = invariant(
  'assigned-first-and-once',
  '1.1-13',
  'The first act assigns the visit, and no later one assigns it again.',
  (_state, history) => history.every(({ type }, index) => (type === 'VisitAssigned') === (index === 0)),
);

/** Every act is of the visit that was assigned first. Clause 1.1-13. @since 0.1.0 */
export const oneVisit = invariant(
  'one-visit',
  '1.1-13',
  'Every act is of the visit that was assigned first.',
  ({ visitId }, history) =>
    history.every(({ data }) => data.visitId === visitId && data.visitId === history[0]?.data.visitId),
);

/** The assignment carries the edition that judges the visit, and the visit keeps it. Clause 0-01. @since 0.1.0 */
export const editionCarried = invariant(
  'edition-carried',
  '0-01',
  'The assignment carries the edition that judges the visit, and the visit keeps it.',
  ({ edition }, history) =>
    all(history, 'VisitAssigned').every(({ data }) => /^[0-9a-f]{64}$/.test(data.edition) && data.edition === edition),
);

/** The case number is the one that was assigned, or the last that an amendment gave. Clause 1.3-04. @since 0.1.0 */
export const caseNumberKept = invariant(
  'case-number-kept',
  '1.3-04',
  'The case number is the one that was assigned, or the last that an amendment gave.',
  ({ caseNumber }, history) => {
    const amended = all(history, 'AssignmentAmended').findLast(({ data }) => data.caseNumber !== undefined);
    return caseNumber === (amended?.data.caseNumber ?? all(history, 'VisitAssigned')[0]?.data.caseNumber ?? null);
  },
);

/**
 * The client, the provider, the service, the place and the rest are those last assigned, amended or reassigned. Clause
 * 1.1-13.
 * @since 0.1.0
 */
export const termsAsAgreed = invariant(
  'terms-as-agreed',
  '1.1-13',
  'The client, the provider, the service, the place and the rest are those last assigned, amended or reassigned.',
  (
    { visitId, caseNumber, edition, policyId, client, provider, service, instructions, place, arriveBy, requiredShots },
    history,
  ) => {
    const state = {
      visitId,
      caseNumber,
      edition,
      policyId,
      client,
      provider,
      service,
      instructions,
      place,
      arriveBy,
      requiredShots,
    };
    return deepEqual(foldHistory(history).terms ?? unassigned, state);
  },
);

/** An amendment of the assignment changes at least one of its terms. Clause 1.1-13. @since 0.1.0 */
export const amendedInSomething = invariant(
  'amended-in-something',
  '1.1-13',
  'An amendment of the assignment changes at least one of its terms.',
  (_state, history) =>
    all(history, 'AssignmentAmended').every(({ data }) => amendable.some((field) => data[field] !== undefined)),
);

/**
 * The provider is changed only for another, and only when that is owed or an instruction to reassign stands. Clause
 * 1.2-12.
 * @since 0.1.0
 */
export const reassignedWhenDue = invariant(
  'reassigned-when-due',
  '1.2-12',
  'The provider is changed only for another, and only when that is owed or an instruction to reassign stands.',
  (_state, history) =>
    whenever(history, ['ProviderReassigned'], ({ data }, before) => {
      const due = before.standing === 'reassign' || owed(before, 'reassign-provider');
      return due && data.provider.id !== before.terms?.provider.id;
    }),
);

/**
 * An issue on the way is reported before arriving, and says what it is, whether it can be solved and whether that
 * takes too long. Clause 1.2-02.
 * @since 0.1.0
 */
export const transitIssueTold = invariant(
  'transit-issue-told',
  '1.2-02',
  'An issue on the way is reported before arriving, and says what it is, whether it can be solved and whether that takes too long.',
  (_state, history) =>
    whenever(history, ['TransitIssueReported'], ({ data }, before) => {
      const { issue, detail, resolvable, exceedsResponseTime } = data;
      const solved =
        issue === 'delay' || (resolvable !== undefined && (!resolvable || exceedsResponseTime !== undefined));
      return (
        !before.stands.has('ProviderArrived') &&
        issue !== undefined &&
        (issue !== 'other' || detail !== undefined) &&
        solved
      );
    }),
);

/**
 * The visit remembers an issue on the way and a client told of the change to come, and an acknowledgement follows a
 * report. Clause 1.2-08.
 * @since 0.1.0
 */
export const transitAsReported = invariant(
  'transit-as-reported',
  '1.2-08',
  'The visit remembers an issue on the way and a client told of the change to come, and an acknowledgement follows a report.',
  ({ transit }, history) => {
    const { stands, changeNotified } = foldHistory(history);
    return (
      (transit.issueReportedAt !== null) === stands.has('TransitIssueReported') &&
      transit.changeTold === changeNotified &&
      whenever(history, ['TransitIssueAcknowledged'], (_event, before) => before.stands.has('TransitIssueReported'))
    );
  },
);

/** The phase is the first of the list that applies. Clause 1.1-43. @since 0.1.0 */
export const phaseThatApplies = invariant(
  'phase-that-applies',
  '1.1-43',
  'The phase is the first of the list that applies.',
  ({ phase }, history) => phase === phaseAfter(foldHistory(history)),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [
  assignedFirstAndOnce,
  oneVisit,
  editionCarried,
  caseNumberKept,
  termsAsAgreed,
  amendedInSomething,
  reassignedWhenDue,
  transitIssueTold,
  transitAsReported,
  phaseThatApplies,
];
