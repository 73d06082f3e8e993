import { owes } from '../../visit/debts.ts';
import { isQuestionOpen } from '../../visit/questions.ts';
import type { VisitState } from '../../visit/state.ts';
import { ending, type Line, type Parts } from './lines.ts';

const toClient: Line = ['to-client', 'op-call-client'];

/** The operator's phrases: to the calling provider, and to the client whom the center calls. */
export const center: Parts = {
  AssignVisit: { say: ['op-assign'], ask: ['ask-assignment', 'ask-provider'] },
  AmendAssignment: { say: ['op-amend'], ask: ['ask-amended'] },
  ReportTransitIssue: { say: ['op-answer'], ask: ['ask-issue', 'if-solvable', 'if-exceeded', 'ask-expected'] },
  AcknowledgeTransitIssue: { say: acknowledgement },
  NotifyClient: { say: notice, ask: ['ask-reached'] },
  ReassignProvider: { say: ['op-assign'], ask: ['ask-provider'] },
  RecordArrival: { say: ['op-answer', 'op-thanks'] },
  ReportClientAbsence: { say: ['op-answer', 'op-absence'], ask: ['ask-call'] },
  GiveInstruction: { say: instruction, ask: ['ask-instruction', 'ask-representative'] },
  RejectIdentity: { say: ['op-answer', 'op-identity'], ask: ['ask-reason', 'ask-call'] },
  SubmitPhotos: { say: ['op-answer', 'op-thanks'], ask: [['ask-photos', 'photoIds'], 'ask-channel'] },
  DocumentPhotos: { say: ['op-photos'], ask: [['ask-photos', 'photoIds']] },
  ReportMaterialsRefusal: { say: ['op-answer', 'op-take-up'], ask: ['ask-reason', 'ask-call'] },
  CoordinateMaterials: { say: [toClient, 'op-materials'], ask: ['ask-outcome'] },
  ReportStart: { say: ['op-answer', 'op-start'], ask: ['ask-call'] },
  DocumentStart: { say: ['op-start'] },
  PauseWork: { say: ['op-answer', 'op-thanks'], ask: ['ask-pause', ['ask-call', 'notice']] },
  ResumeWork: { say: ['op-answer', 'op-thanks'], ask: [['ask-call', 'notice']] },
  ReportCompletion: { say: ['op-answer', 'op-thanks'], ask: ['ask-case-number', 'ask-call'] },
  CompleteVisit: { say: ['op-answer', 'op-thanks'] },
  CloseVisit: { say: ending, ask: ['ask-reason'] },
  EscalateClientImpact: { say: ['op-answer', 'op-take-up'], ask: ['ask-what'] },
  ReportConductBreach: { say: [['to-client', 'conduct']], ask: ['ask-conduct'] },
  AnnulAct: { ask: ['ask-annulled'] },
  CorrectTime: { ask: ['ask-corrected'] },
  SettleDiscrepancy: { ask: ['ask-settled'] },
};

/** Selected by the debts that the report opened; both apply where nothing was reported yet. */
function acknowledgement(visit: VisitState): readonly Line[] {
  if (owes(visit, 'reassign-provider')) return ['op-will-reassign', 'op-tell-client'];
  const thanks = ['op-thanks', 'op-keep-posted'] as const;
  if (owes(visit, 'notify-delay')) return [...thanks, 'op-tell-client'];
  if (visit.transit.issueReportedAt !== null) return thanks;
  return [...thanks, ['if-exceeded', 'op-tell-client'], ['or-else', 'op-will-reassign']];
}

/** Selected by the open debts to the client; a change that is under way does not name the new provider. */
function notice(visit: VisitState): readonly Line[] {
  const coming = owes(visit, 'reassign-provider') || visit.instruction === 'reassign';
  const owed: readonly (Line | false)[] = [
    owes(visit, 'notify-delay') && 'op-delay',
    owes(visit, 'notify-provider-change') && 'op-change',
    coming && 'op-change-coming',
  ];
  const told = owed.filter((line) => line !== false);
  return [toClient, ...(told.length > 0 ? told : (['op-delay', ['or-else', 'op-change']] as const)), 'op-apology'];
}

/** First what is open, then what may be decided about it: one of them. */
function instruction(visit: VisitState): readonly Line[] {
  const absent = isQuestionOpen(visit, 'client-absence');
  const unidentified = isQuestionOpen(visit, 'identity');
  const lines: readonly (Line | false)[] = [
    absent && 'op-absence',
    unidentified && 'op-identity',
    (isQuestionOpen(visit, 'materials') || isQuestionOpen(visit, 'escalation')) && 'op-take-up',
    absent ? 'op-wait' : 'op-proceed',
    absent && ['or-else', 'op-proceed'],
    (absent || unidentified) && ['or-else', 'op-representative'],
    ['or-else', 'rescheduled'],
    ['or-else', 'cancelled'],
    ['or-else', 'op-will-reassign'],
  ];
  return lines.filter((line) => line !== false);
}
