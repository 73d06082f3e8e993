import { owes } from '../../visit/debts.ts';
import { isQuestionOpen } from '../../visit/questions.ts';
import type { VisitState } from '../../visit/state.ts';
import { chosen, ending, type Line, type Lines } from './lines.ts';

const toClient: Line = ['to-client', 'op-call-client'];

/** The operator's phrases: to the calling provider, and to the client whom the center calls. */
export const center: Lines = {
  AssignVisit: ['op-assign'],
  AmendAssignment: ['op-amend'],
  ReportTransitIssue: ['op-answer'],
  AcknowledgeTransitIssue: acknowledgement,
  NotifyClient: notice,
  ReassignProvider: ['op-assign'],
  RecordArrival: ['op-answer', 'op-thanks'],
  ReportClientAbsence: ['op-answer', 'op-absence'],
  GiveInstruction: instruction,
  RejectIdentity: ['op-answer', 'op-identity'],
  SubmitPhotos: ['op-answer', 'op-thanks'],
  DocumentPhotos: ['op-photos'],
  ReportMaterialsRefusal: ['op-answer', 'op-take-up'],
  CoordinateMaterials: [toClient, 'op-materials'],
  ReportStart: ['op-answer', 'op-start'],
  DocumentStart: ['op-start'],
  PauseWork: ['op-answer', 'op-thanks'],
  ResumeWork: ['op-answer', 'op-thanks'],
  ReportCompletion: ['op-answer', 'op-thanks'],
  CompleteVisit: ['op-answer', 'op-thanks'],
  CloseVisit: ending,
  EscalateClientImpact: ['op-answer', 'op-take-up'],
  ReportConductBreach: [['to-client', 'conduct']],
  AnnulAct: ['op-answer', 'op-corrected'],
  CorrectTime: ['op-answer', 'op-corrected'],
  SettleDiscrepancy: ['op-settled'],
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
  const told = chosen<Line>(
    owes(visit, 'notify-delay') && 'op-delay',
    owes(visit, 'notify-provider-change') && 'op-change',
    coming && 'op-change-coming',
  );
  return [toClient, ...(told.length > 0 ? told : (['op-delay', ['or-else', 'op-change']] as const)), 'op-apology'];
}

/** First what is open, then what may be decided about it: one of them. */
function instruction(visit: VisitState): readonly Line[] {
  const absent = isQuestionOpen(visit, 'client-absence');
  const unidentified = isQuestionOpen(visit, 'identity');
  return chosen<Line>(
    absent && 'op-absence',
    unidentified && 'op-identity',
    (isQuestionOpen(visit, 'materials') || isQuestionOpen(visit, 'escalation')) && 'op-take-up',
    absent ? 'op-wait' : 'op-proceed',
    absent && ['or-else', 'op-proceed'],
    (absent || unidentified) && ['or-else', 'op-representative'],
    ['or-else', 'rescheduled'],
    ['or-else', 'cancelled'],
    ['or-else', 'op-will-reassign'],
  );
}
