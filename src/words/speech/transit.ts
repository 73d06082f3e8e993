import { owes } from '../../visit/debts.ts';
import type { VisitState } from '../../visit/state.ts';
import { type ChapterSpeech, chosen, toCenter, toClient } from './lines.ts';

/** The phrases and questions around each act. */
export const transit = {
  ReportTransitIssue: {
    provider: [
      toCenter,
      'transit-report',
      ['if-solvable', 'transit-solvable'],
      ['if-exceeded', 'transit-exceeds'],
      ['or-else', 'transit-unsolvable'],
      ['or-else', 'transit-delay'],
    ],
    'contact-center': ['op-answer'],
    ask: [
      ['ask-issue', 'issue', 'detail'],
      ['if-solvable', 'resolvable'],
      ['if-exceeded', 'exceedsResponseTime'],
      ['ask-expected', 'expectedArrival'],
    ],
  },
  AcknowledgeTransitIssue: { 'contact-center': acknowledgement },
  NotifyClient: { 'contact-center': notice, ask: [['ask-reached', 'about', 'reached', 'channel']] },
  ReassignProvider: { 'contact-center': ['op-assign'], ask: [['ask-provider', 'provider', 'arriveBy']] },
} as const satisfies ChapterSpeech;

/** Selected by the debts that the report opened; both apply where nothing was reported yet. */
function acknowledgement(visit: VisitState) {
  if (owes(visit, 'reassign-provider')) return ['op-will-reassign', 'op-tell-client'] as const;
  const late = owes(visit, 'notify-delay');
  const unknown = !late && visit.transit.issueReportedAt === null;
  return chosen(
    'op-thanks',
    'op-keep-posted',
    late && 'op-tell-client',
    unknown && ['if-exceeded', 'op-tell-client'],
    unknown && ['or-else', 'op-will-reassign'],
  );
}

/** Selected by the open debts to the client; a change that is under way does not name the new provider. */
function notice(visit: VisitState) {
  const late = owes(visit, 'notify-delay');
  const changed = owes(visit, 'notify-provider-change');
  const coming = owes(visit, 'reassign-provider') || visit.instruction === 'reassign';
  const unknown = !(late || changed || coming);
  return chosen(
    toClient,
    (late || unknown) && 'op-delay',
    changed && 'op-change',
    coming && 'op-change-coming',
    unknown && ['or-else', 'op-change'],
    'op-apology',
  );
}
