import { type DataOf, type ModelState, undo } from './model-state.ts';

function resetAcceptance(now: ModelState): void {
  undo(now, 'ClientConformed', 'SiteHandedOver', 'CompletionReported');
  now.caseNamed = null;
}

/** The terms, as assigned. */
export function assign(now: ModelState, data: DataOf<'VisitAssigned'>): void {
  const { visitId, caseNumber, edition, client, provider, service, place, arriveBy } = data;
  const { policyId = null, instructions = null, requiredShots = [] } = data;
  const said = { visitId, caseNumber, edition, client, provider, service, place, arriveBy };
  now.terms = { ...said, policyId, instructions, requiredShots };
}

/** Each field replaces; before the start another service undoes the announcement, another place the arrival. */
export function amend(now: ModelState, data: DataOf<'AssignmentAmended'>): void {
  if (now.terms === null) return;
  const { caseNumber, client, service, instructions, place, arriveBy, requiredShots } = data;
  const { terms } = now;
  const started = now.stands.has('WorkStarted');
  if (!started && service !== undefined && service !== terms.service) undo(now, 'ServiceAnnounced');
  if (!started && place !== undefined && place !== terms.place) undo(now, 'ProviderArrived');
  now.terms = {
    ...terms,
    caseNumber: caseNumber ?? terms.caseNumber,
    client: client ?? terms.client,
    service: service ?? terms.service,
    instructions: instructions ?? terms.instructions,
    place: place ?? terms.place,
    arriveBy: arriveBy ?? terms.arriveBy,
    requiredShots: requiredShots ?? terms.requiredShots,
  };
}

/** The facts that a new provider has to establish again, and those that the change settles. */
export function reassign(now: ModelState, { provider, arriveBy }: DataOf<'ProviderReassigned'>): void {
  if (now.terms !== null) {
    now.former = new Set([...now.former, now.terms.provider.id]);
    now.terms = { ...now.terms, provider, arriveBy };
  }
  now.changeNotified = false;
  undo(
    now,
    'ProviderArrived',
    'CredentialShown',
    'IdentityValidated',
    'IdentityRejected',
    'ClientAbsenceReported',
    'ToolsShown',
  );
  now.identity = null;
  now.representative = false;
  now.standing = null;
  now.tools = new Set();
  now.away = now.stands.has('WorkStarted');
  if (!now.away) return;
  now.onBreak = false;
  now.tests = null;
  now.belongings = null;
  undo(now, 'BelongingsShown');
  resetAcceptance(now);
}

/** The facts after an instruction, and the rules that it waives. */
export function instruct(now: ModelState, { about, decision, by, waives = [] }: DataOf<'InstructionGiven'>): void {
  if (decision === 'cancel' || decision === 'reschedule' || decision === 'reassign') now.standing = decision;
  else if (about === 'visit') now.standing = null;
  if (about === 'visit') now.changeNotified = false;
  if (about === 'materials') now.materials = 'coordinated';
  if (decision === 'proceed-with-representative') now.representative = true;
  else if (about === 'client-absence') now.representative = false;
  if (by.role !== 'contact-center' || (decision !== 'proceed' && decision !== 'proceed-with-representative')) return;
  now.waived = new Set([...now.waived, ...waives]);
  if (waives.includes('materials-settled')) now.awaiting = false;
}

/** The list before the start; after it, that nothing more is needed. */
export function explain(now: ModelState, { materials }: DataOf<'WorkExplained'>): void {
  const none = materials.length === 0;
  const started = now.stands.has('WorkStarted');
  if (!started || !none || now.materials !== 'accepted') now.materials = none ? 'not-needed' : 'requested';
  now.request = materials;
  if (started && none) now.awaiting = false;
}

/** A request of its own, for which the work waits. */
export function requestExtra(now: ModelState, { materials }: DataOf<'ExtraMaterialsRequested'>): void {
  now.materials = 'requested';
  now.request = materials;
  now.awaiting = true;
  now.tests = null;
  resetAcceptance(now);
}

/** Coordinated; cancel and reschedule count as such an instruction. */
export function coordinate(now: ModelState, { outcome }: DataOf<'MaterialsCoordinated'>): void {
  now.materials = 'coordinated';
  if (outcome !== 'client-will-supply') now.standing = outcome;
}

/** A break, or an exit that resets the facts that the next visit has to establish again. */
export function pause(now: ModelState, { kind }: DataOf<'Paused'>): void {
  now.onBreak = kind === 'break';
  if (kind === 'break') return;
  now.away = true;
  undo(now, 'ProviderArrived');
  if (now.standing === 'reschedule') now.standing = null;
  now.tests = null;
  now.belongings = null;
  undo(now, 'BelongingsShown');
  resetAcceptance(now);
}

/** Ends the one interruption, nothing else. */
export function resume(now: ModelState, { kind }: DataOf<'Resumed'>): void {
  if (kind === 'break') now.onBreak = false;
  else now.away = false;
}

/** The tests stand as failed. */
export function recordFailedTest(now: ModelState): void {
  now.tests = 'failed';
  resetAcceptance(now);
}

/** The visit has ended; closing it carries out the instruction. */
export function endVisit(now: ModelState, how: 'completed' | 'closed'): void {
  now.ended = how;
  if (how === 'closed') now.standing = null;
}
