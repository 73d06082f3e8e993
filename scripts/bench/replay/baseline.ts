/**
 * The floor: the state of a visit folded by hand, as plain and as fast as it can be written. One `switch` changes one
 * object. It was written from PROTOCOL §3 and §5 and calls nothing of the library, of which it knows only the types.
 */
import type { DebtKind, Phase, PhotoRecord, VisitEvent } from 'auxilio';
import { annul, attest, correct, report, settleDiscrepancy } from './baseline-corrections.ts';
import { type DataOf, endAbsence, indexOf, type Mutable, owe, settle, type Visit } from './baseline-visit.ts';

/** A visit of which nothing is known. */
export function emptyVisit(): Visit {
  return {
    stateVersion: 5,
    phase: 'unassigned',
    visitId: null,
    caseNumber: null,
    edition: null,
    policyId: null,
    client: null,
    provider: null,
    formerProviders: [],
    service: null,
    instructions: null,
    place: null,
    arriveBy: null,
    requiredShots: [],
    transit: { issueReportedAt: null, changeTold: false },
    arrival: { arrivedAt: null, credentialShownAt: null, absentSince: null, absenceReportedAt: null },
    identity: { validatedAt: null, person: null, rejectedAt: null, representativeAllowed: false },
    instruction: null,
    inspection: {
      announcedAt: null,
      faultLocatedAt: null,
      areaInspectedAt: null,
      assessedAt: null,
      explainedAt: null,
    },
    photos: { byId: {}, sent: 0, unsent: 0, undocumented: 0 },
    materials: { status: 'unknown', requested: [], supplied: null, suppliedAt: null, acceptedAt: null, awaited: false },
    work: {
      tools: [],
      toolsShownAt: null,
      areaClearedAt: null,
      startReportedAt: null,
      startedAt: null,
      onBreak: false,
      away: false,
      intervals: [],
    },
    closing: {
      tests: null,
      testedAt: null,
      conformedAt: null,
      handedOverAt: null,
      belongingsShownAt: null,
      belongingsConfirmed: false,
      completionReportedAt: null,
      caseNumberNamed: null,
      farewellGivenAt: null,
      completedAt: null,
      closedAt: null,
      outcome: null,
      lapsed: [],
    },
    debts: [],
    waivers: [],
    discrepancies: [],
    attestations: [],
  };
}

/** The visit after all events. */
export function fold(events: readonly VisitEvent[]): Visit {
  const visit = emptyVisit();
  for (const event of events) change(visit, event);
  visit.phase = phaseOf(visit);
  return visit;
}

/** Changes a visit by one event, but for its phase. */
export function change(visit: Visit, event: VisitEvent): void {
  if (event.metadata?.schemaVersion !== undefined && event.metadata.schemaVersion > 2) return;
  if (visit.visitId !== null && event.data.visitId !== visit.visitId) return;
  if (isOver(visit) && !isTakenAfterTheEnd(visit, event)) return;
  switch (event.type) {
    case 'VisitAssigned':
      assign(visit, event.data);
      break;
    case 'AssignmentAmended':
      amend(visit, event.data);
      break;
    case 'TransitIssueReported':
      delay(visit, event.data);
      break;
    case 'ClientNotified':
      notify(visit, event.data);
      break;
    case 'ProviderReassigned':
      reassign(visit, event.data);
      break;
    case 'ProviderArrived':
      if (isFormer(visit, event)) return;
      visit.arrival.arrivedAt = event.data.at;
      break;
    case 'CredentialShown':
      if (isFormer(visit, event)) return;
      visit.arrival.credentialShownAt = event.data.at;
      break;
    case 'ClientAbsenceReported':
      visit.arrival.absentSince = event.data.at;
      visit.arrival.absenceReportedAt = event.data.at;
      visit.identity.representativeAllowed = false;
      owe(visit, 'give-instruction', '1.1-10', event.data.at, 'client-absence');
      break;
    case 'ClientReturned':
      visit.identity.representativeAllowed = false;
      endAbsence(visit);
      break;
    case 'InstructionGiven':
      instruct(visit, event.data);
      break;
    case 'IdentityValidated':
      if (isFormer(visit, event)) return;
      visit.identity.validatedAt = event.data.at;
      visit.identity.person = event.data.person;
      visit.identity.rejectedAt = null;
      settle(visit, 'give-instruction', 'identity');
      if (event.data.person === 'representative') endAbsence(visit);
      break;
    case 'IdentityRejected':
      if (isFormer(visit, event)) return;
      visit.identity.validatedAt = null;
      visit.identity.person = null;
      visit.identity.rejectedAt = event.data.at;
      owe(visit, 'give-instruction', '1.1-10', event.data.at, 'identity');
      break;
    case 'ServiceAnnounced':
      visit.inspection.announcedAt = event.data.at;
      break;
    case 'FaultLocated':
      visit.inspection.faultLocatedAt = event.data.at;
      break;
    case 'AreaInspected':
      visit.inspection.areaInspectedAt = event.data.at;
      break;
    case 'PhotosTaken':
      takePhotos(visit, event.data);
      break;
    case 'PhotosSubmitted':
      sendPhotos(visit, event.data);
      break;
    case 'PhotosDocumented':
      documentPhotos(visit, event.data);
      break;
    case 'ServiceAssessed':
      visit.inspection.assessedAt = event.data.at;
      break;
    case 'WorkExplained':
      explain(visit, event.data);
      break;
    case 'MaterialsSupplied':
      visit.materials.status = 'supplied';
      visit.materials.supplied = event.data.items === undefined ? null : copied(event.data.items);
      visit.materials.suppliedAt = event.data.at;
      settle(visit, 'supply-materials');
      settle(visit, 'coordinate-materials');
      break;
    case 'MaterialsAccepted':
      visit.materials.status = 'accepted';
      visit.materials.acceptedAt = event.data.at;
      visit.materials.awaited = false;
      break;
    case 'MaterialsRejected':
      visit.materials.status = 'rejected';
      owe(visit, 'supply-materials', '1.1-36', event.data.at);
      break;
    case 'MaterialsChangeRefused':
      visit.materials.status = 'in-dispute';
      owe(visit, 'coordinate-materials', '1.1-39', event.data.at);
      break;
    case 'MaterialsCoordinated':
      visit.materials.status = 'coordinated';
      if (event.data.outcome !== 'client-will-supply') visit.instruction = event.data.outcome;
      settle(visit, 'coordinate-materials');
      break;
    case 'ExtraMaterialsRequested':
      visit.materials.status = 'requested';
      visit.materials.requested = copied(event.data.materials);
      visit.materials.supplied = null;
      visit.materials.awaited = true;
      undoClosing(visit);
      owe(visit, 'supply-materials', '1.1-32', event.data.at);
      break;
    case 'ToolsShown':
      if (isFormer(visit, event)) return;
      visit.work.toolsShownAt = event.data.at;
      for (const tool of event.data.tools) if (!visit.work.tools.includes(tool)) visit.work.tools.push(tool);
      break;
    case 'AreaCleared':
      visit.work.areaClearedAt = event.data.at;
      break;
    case 'StartReported':
      visit.work.startReportedAt = event.data.at;
      owe(visit, 'document-start', '1.1-27', event.data.at);
      break;
    case 'StartDocumented':
      settle(visit, 'document-start');
      break;
    case 'WorkStarted':
      if (isFormer(visit, event)) return;
      visit.work.startedAt ??= event.data.at;
      break;
    case 'Paused':
      if (isFormer(visit, event)) return;
      pause(visit, event.data);
      break;
    case 'Resumed':
      if (isFormer(visit, event)) return;
      if (event.data.kind === 'break') visit.work.onBreak = false;
      else visit.work.away = false;
      break;
    case 'QualityTested':
      visit.closing.testedAt = event.data.at;
      visit.closing.tests = event.data.passed ? 'passed' : 'failed';
      if (!event.data.passed) undoAcceptance(visit);
      break;
    case 'ClientConformed':
      visit.closing.conformedAt = event.data.at;
      break;
    case 'ClientObjected':
      visit.closing.tests = 'failed';
      undoAcceptance(visit);
      break;
    case 'SiteHandedOver':
      visit.closing.handedOverAt = event.data.at;
      break;
    case 'BelongingsShown':
      visit.closing.belongingsShownAt = event.data.at;
      visit.closing.belongingsConfirmed = event.data.clientConfirmed === true;
      if (event.data.clientConfirmed !== true) owe(visit, 'take-up-escalation', '2.2-08', event.data.at);
      break;
    case 'CompletionReported':
      visit.closing.completionReportedAt ??= event.data.at;
      if (event.data.caseNumber === visit.caseNumber) visit.closing.caseNumberNamed ??= visit.caseNumber;
      break;
    case 'FarewellGiven':
      visit.closing.farewellGivenAt = event.data.at;
      break;
    case 'Completed':
      if (isFormer(visit, event)) return;
      visit.closing.completedAt = event.data.at;
      lapse(visit);
      break;
    case 'VisitClosed':
      if (isFormer(visit, event)) return;
      visit.closing.closedAt = event.data.at;
      visit.closing.outcome = event.data.outcome;
      visit.instruction = null;
      lapse(visit);
      break;
    case 'ActAnnulled':
      annul(visit, event.data);
      break;
    case 'TimeCorrected':
      correct(visit, event.data);
      break;
    case 'DiscrepancyReported':
      report(visit, event.data);
      break;
    case 'DiscrepancySettled':
      settleDiscrepancy(visit, event.data);
      break;
    case 'FactsAttested':
      attest(visit, event.data);
      break;
    case 'ClientImpactEscalated':
      owe(visit, 'take-up-escalation', '2.2-08', event.data.at);
      break;
    case 'TransitIssueAcknowledged':
    case 'ConductBreachReported':
    case 'OffContractRequestDeclined':
    case 'OffContractActPerformed':
      break;
    default:
      return;
  }
  trackWork(visit, event.data.at);
}

/** The phase of a visit, the first that applies. */
export function phaseOf(visit: Visit): Phase {
  if (visit.visitId === null) return 'unassigned';
  if (visit.closing.completedAt !== null) return 'completed';
  if (visit.closing.closedAt !== null) return 'closed';
  if (indexOf(visit, 'reassign-provider') >= 0) return 'awaiting-reassignment';
  if (visit.work.away) return 'away';
  if (visit.arrival.arrivedAt === null) return 'in-transit';
  if (visit.work.onBreak) return 'on-break';
  if (visit.materials.awaited) return 'awaiting-materials';
  return visit.work.startedAt === null ? 'on-site' : 'working';
}

function isFormer({ provider }: Visit, { data: { by } }: VisitEvent): boolean {
  return by.role === 'provider' && (provider === null || provider.id !== by.id);
}

function isOver({ closing }: Visit): boolean {
  return closing.completedAt !== null || closing.closedAt !== null;
}

function isTakenAfterTheEnd(visit: Visit, event: VisitEvent): boolean {
  switch (event.type) {
    case 'ConductBreachReported':
    case 'ClientImpactEscalated':
    case 'FarewellGiven':
    case 'PhotosSubmitted':
    case 'TimeCorrected':
    case 'DiscrepancyReported':
    case 'DiscrepancySettled':
    case 'FactsAttested':
      return true;
    case 'ActAnnulled':
      return event.data.act === 'Completed' || event.data.act === 'VisitClosed';
    case 'ClientNotified':
      for (const topic of event.data.about) if (indexOf(visit, `notify-${topic}`) < 0) return false;
      return true;
    case 'PhotosDocumented':
      return indexOf(visit, 'document-photos') >= 0;
    case 'StartDocumented':
      return indexOf(visit, 'document-start') >= 0;
    case 'InstructionGiven':
      return event.data.about === 'escalation' && indexOf(visit, 'take-up-escalation') >= 0;
    default:
      return false;
  }
}

function copied<T extends object>(list: readonly T[]): Mutable<T>[] {
  const copies: Mutable<T>[] = [];
  for (const item of list) copies.push({ ...item } as Mutable<T>);
  return copies;
}

function trackWork({ work, materials, closing }: Visit, at: string): void {
  const last = work.intervals[work.intervals.length - 1];
  const isOpen = last !== undefined && last.to === null;
  const runs =
    work.startedAt !== null &&
    !work.away &&
    !work.onBreak &&
    !materials.awaited &&
    closing.completedAt === null &&
    closing.closedAt === null;
  if (runs === isOpen) return;
  if (runs) work.intervals.push({ from: at, to: null });
  else if (last !== undefined) last.to = at;
}

const lapsing: readonly DebtKind[] = [
  'give-instruction',
  'coordinate-materials',
  'supply-materials',
  'reassign-provider',
];

function lapse(visit: Visit): void {
  const kept: Visit['debts'] = [];
  for (const debt of visit.debts) (lapsing.includes(debt.kind) ? visit.closing.lapsed : kept).push(debt);
  visit.debts = kept;
}

function assign(visit: Visit, data: DataOf<'VisitAssigned'>): void {
  if (visit.visitId !== null) return;
  visit.visitId = data.visitId;
  visit.caseNumber = data.caseNumber;
  visit.edition = data.edition;
  visit.policyId = data.policyId ?? null;
  visit.client = { ...data.client };
  visit.provider = { ...data.provider };
  visit.service = data.service;
  visit.instructions = data.instructions ?? null;
  visit.place = data.place;
  visit.arriveBy = data.arriveBy;
  visit.requiredShots = data.requiredShots === undefined ? [] : [...data.requiredShots];
}

function amend(visit: Visit, data: DataOf<'AssignmentAmended'>): void {
  const isStarted = visit.work.startedAt !== null;
  if (data.caseNumber !== undefined) visit.caseNumber = data.caseNumber;
  if (data.client !== undefined) visit.client = { ...data.client };
  if (data.service !== undefined) {
    if (!isStarted && data.service !== visit.service) visit.inspection.announcedAt = null;
    visit.service = data.service;
  }
  if (data.instructions !== undefined) visit.instructions = data.instructions;
  if (data.place !== undefined) {
    if (!isStarted && data.place !== visit.place) visit.arrival.arrivedAt = null;
    visit.place = data.place;
  }
  if (data.arriveBy !== undefined) visit.arriveBy = data.arriveBy;
  if (data.requiredShots !== undefined) visit.requiredShots = [...data.requiredShots];
}

function delay(visit: Visit, data: DataOf<'TransitIssueReported'>): void {
  visit.transit.issueReportedAt = data.at;
  if (data.issue === 'delay') owe(visit, 'notify-delay', '1.2-15', data.at);
  if (data.issue !== 'breakdown' && data.issue !== 'other') return;
  if (data.resolvable === false) owe(visit, 'reassign-provider', '1.2-12', data.at);
  if (data.resolvable === true && data.exceedsResponseTime === true) owe(visit, 'notify-delay', '1.2-10', data.at);
}

function notify(visit: Visit, data: DataOf<'ClientNotified'>): void {
  if (!data.reached) return;
  if (data.about.includes('delay')) settle(visit, 'notify-delay');
  if (!data.about.includes('provider-change')) return;
  settle(visit, 'notify-provider-change');
  if (indexOf(visit, 'reassign-provider') >= 0 || visit.instruction === 'reassign') visit.transit.changeTold = true;
}

function reassign(visit: Visit, data: DataOf<'ProviderReassigned'>): void {
  if (!visit.transit.changeTold) owe(visit, 'notify-provider-change', '1.2-13', data.at);
  visit.transit.changeTold = false;
  const former = visit.provider?.id;
  if (former !== undefined && !visit.formerProviders.includes(former)) visit.formerProviders.push(former);
  visit.provider = { ...data.provider };
  visit.arriveBy = data.arriveBy;
  visit.arrival.arrivedAt = null;
  visit.arrival.credentialShownAt = null;
  visit.arrival.absentSince = null;
  visit.identity.validatedAt = null;
  visit.identity.person = null;
  visit.identity.rejectedAt = null;
  visit.identity.representativeAllowed = false;
  visit.work.tools = [];
  visit.work.toolsShownAt = null;
  visit.instruction = null;
  visit.work.away = visit.work.startedAt !== null;
  if (visit.work.away) {
    visit.work.onBreak = false;
    undoClosing(visit);
    undoBelongings(visit);
  }
  settle(visit, 'reassign-provider');
  settle(visit, 'give-instruction', 'client-absence');
  settle(visit, 'give-instruction', 'identity');
}

function instruct(visit: Visit, data: DataOf<'InstructionGiven'>): void {
  const { about, decision } = data;
  const goesOn = decision === 'proceed' || decision === 'proceed-with-representative';
  if (about === 'client-absence') {
    settle(visit, 'give-instruction', 'client-absence');
    visit.identity.representativeAllowed = false;
  } else if (about === 'identity') {
    settle(visit, 'give-instruction', 'identity');
  } else if (about === 'materials') {
    visit.materials.status = 'coordinated';
    settle(visit, 'coordinate-materials');
  } else if (about === 'escalation') {
    settle(visit, 'take-up-escalation');
  } else {
    visit.instruction = null;
    visit.transit.changeTold = false;
    if (decision === 'proceed') settle(visit, 'reassign-provider');
  }
  if (decision === 'cancel' || decision === 'reschedule' || decision === 'reassign') visit.instruction = decision;
  if (decision === 'proceed-with-representative') visit.identity.representativeAllowed = true;
  if (goesOn && data.waives !== undefined) waive(visit, data.waives, data.at);
}

function waive(visit: Visit, rules: NonNullable<DataOf<'InstructionGiven'>['waives']>, at: string): void {
  for (const rule of rules) {
    if (!visit.waivers.some((waiver) => waiver.rule === rule)) visit.waivers.push({ rule, at });
    if (rule === 'materials-settled') visit.materials.awaited = false;
  }
}

function photoOf(visit: Visit, id: string): Mutable<PhotoRecord> {
  if (Object.hasOwn(visit.photos.byId, id)) return visit.photos.byId[id] as Mutable<PhotoRecord>;
  const photo = { takenAt: null, shot: null, sentAt: null, documentedAt: null };
  visit.photos.byId[id] = photo;
  return photo;
}

function takePhotos(visit: Visit, data: DataOf<'PhotosTaken'>): void {
  for (const { photoId, takenAt, shot } of data.photos) {
    const photo = photoOf(visit, photoId);
    if (photo.takenAt !== null) continue;
    if (photo.sentAt === null) visit.photos.unsent += 1;
    photo.takenAt = takenAt;
    photo.shot = shot ?? null;
  }
}

function sendPhotos(visit: Visit, data: DataOf<'PhotosSubmitted'>): void {
  let isDocumentAwaited = false;
  for (const id of data.photoIds) {
    const photo = photoOf(visit, id);
    if (photo.documentedAt === null) isDocumentAwaited = true;
    if (photo.sentAt !== null) continue;
    visit.photos.sent += 1;
    if (photo.takenAt !== null) visit.photos.unsent -= 1;
    if (photo.documentedAt === null) visit.photos.undocumented += 1;
    photo.sentAt = data.at;
  }
  if (isDocumentAwaited) owe(visit, 'document-photos', '1.1-22', data.at);
}

function documentPhotos(visit: Visit, data: DataOf<'PhotosDocumented'>): void {
  for (const id of data.photoIds) {
    const photo = photoOf(visit, id);
    if (photo.documentedAt !== null) continue;
    if (photo.sentAt !== null) visit.photos.undocumented -= 1;
    photo.documentedAt = data.at;
  }
  if (visit.photos.undocumented === 0) settle(visit, 'document-photos');
}

function explain(visit: Visit, data: DataOf<'WorkExplained'>): void {
  const { materials } = visit;
  const isWanted = data.materials.length > 0;
  const isWithdrawn = visit.work.startedAt !== null && !isWanted;
  visit.inspection.explainedAt = data.at;
  if (isWanted) materials.status = 'requested';
  else if (!isWithdrawn || materials.status !== 'accepted') materials.status = 'not-needed';
  materials.requested = copied(data.materials);
  materials.supplied = null;
  if (isWithdrawn) materials.awaited = false;
  if (isWanted) owe(visit, 'supply-materials', '1.1-32', data.at);
  else settle(visit, 'supply-materials');
}

function pause(visit: Visit, data: DataOf<'Paused'>): void {
  if (data.kind === 'break') {
    visit.work.onBreak = true;
    return;
  }
  visit.arrival.arrivedAt = null;
  visit.work.onBreak = false;
  visit.work.away = true;
  undoClosing(visit);
  undoBelongings(visit);
  if (visit.instruction === 'reschedule') visit.instruction = null;
}

function undoAcceptance({ closing }: Visit): void {
  closing.conformedAt = null;
  closing.handedOverAt = null;
  closing.completionReportedAt = null;
  closing.caseNumberNamed = null;
}

function undoClosing(visit: Visit): void {
  visit.closing.tests = null;
  visit.closing.testedAt = null;
  undoAcceptance(visit);
}

function undoBelongings({ closing }: Visit): void {
  closing.belongingsShownAt = null;
  closing.belongingsConfirmed = false;
}
