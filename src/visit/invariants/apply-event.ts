import type { Id, Instant, Photo, VisitEvent } from '../../messages/index.ts';
import { debtsAfter, toldOfChange } from './debt-model.ts';
import {
  amend,
  assign,
  coordinate,
  endVisit,
  explain,
  instruct,
  pause,
  reassign,
  recordFailedTest,
  requestExtra,
  resume,
} from './effects.ts';
import { type ModelState, type PhotoTaken, running } from './model-state.ts';

/** The door and the person at it. */
function applyArrival(now: ModelState, event: VisitEvent): void {
  switch (event.type) {
    case 'ProviderArrived':
      now.arrived = true;
      break;
    case 'CredentialShown':
      now.credential = true;
      break;
    case 'ClientAbsenceReported':
      now.absent = true;
      now.representative = false;
      break;
    case 'ClientReturned':
      now.absent = false;
      now.representative = false;
      break;
    case 'IdentityValidated':
      now.identity = event.data.person;
      now.rejected = false;
      if (event.data.person === 'representative') now.absent = false;
      break;
    case 'IdentityRejected':
      now.identity = null;
      now.rejected = true;
      break;
  }
}

function known({ photoId, takenAt, shot }: Photo): [Id, PhotoTaken] {
  return [photoId, { takenAt, shot: shot ?? null }];
}

/** The first mark counts. */
function marked(marks: ReadonlyMap<Id, Instant>, ids: readonly Id[], at: Instant): ReadonlyMap<Id, Instant> {
  return new Map([...ids.map((id): [Id, Instant] => [id, at]), ...marks]);
}

/** The fault, its photographs and what is made of them. */
function applyInspection(now: ModelState, event: VisitEvent): void {
  const { at } = event.data;
  switch (event.type) {
    case 'ServiceAnnounced':
      now.announced = true;
      break;
    case 'FaultLocated':
      now.located = true;
      break;
    case 'AreaInspected':
      now.inspected = true;
      break;
    case 'ServiceAssessed':
      now.assessed = true;
      break;
    case 'PhotosTaken':
      now.taken = new Map([...now.taken, ...event.data.photos.map(known)]);
      break;
    case 'PhotosSubmitted':
      now.sent = marked(now.sent, event.data.photoIds, at);
      break;
    case 'PhotosDocumented':
      now.documented = marked(now.documented, event.data.photoIds, at);
      break;
  }
}

/** Materials, tools, the start and its interruptions. */
function applyWork(now: ModelState, event: VisitEvent): void {
  switch (event.type) {
    case 'WorkExplained':
      explain(now, event.data);
      break;
    case 'MaterialsSupplied':
      now.materials = 'supplied';
      now.supply = event.data.items ?? null;
      break;
    case 'MaterialsAccepted':
      now.materials = 'accepted';
      now.awaiting = false;
      break;
    case 'MaterialsRejected':
      now.materials = 'rejected';
      break;
    case 'MaterialsChangeRefused':
      now.materials = 'in-dispute';
      break;
    case 'MaterialsCoordinated':
      coordinate(now, event.data);
      break;
    case 'ExtraMaterialsRequested':
      requestExtra(now, event.data);
      break;
    case 'ToolsShown':
      now.toolsShown = true;
      now.tools = new Set([...now.tools, ...event.data.tools]);
      break;
    case 'AreaCleared':
      now.cleared = true;
      break;
    case 'StartReported':
      now.startCalled = true;
      break;
    case 'WorkStarted':
      now.started = true;
      break;
    case 'Paused':
      pause(now, event.data);
      break;
    case 'Resumed':
      resume(now, event.data);
      break;
  }
}

/** The end of the work and of the visit. */
function applyClosing(now: ModelState, event: VisitEvent): void {
  switch (event.type) {
    case 'QualityTested':
      if (event.data.tests.every(({ passed }) => passed)) now.tests = 'passed';
      else recordFailedTest(now);
      break;
    case 'ClientConformed':
      now.conformed = true;
      break;
    case 'ClientObjected':
      recordFailedTest(now);
      break;
    case 'SiteHandedOver':
      now.handedOver = true;
      break;
    case 'BelongingsShown':
      now.belongings = event.data.clientConfirmed === true ? 'confirmed' : 'disputed';
      break;
    case 'CompletionReported':
      now.completionCalled = true;
      now.caseNamed = event.data.caseNumber ?? null;
      break;
    case 'Completed':
      endVisit(now, 'completed');
      break;
    case 'VisitClosed':
      endVisit(now, 'closed');
      break;
  }
}

/** The center's words: assignment, instructions, notices. */
function applyCenter(now: ModelState, event: VisitEvent): void {
  switch (event.type) {
    case 'VisitAssigned':
      assign(now, event.data);
      break;
    case 'AssignmentAmended':
      amend(now, event.data);
      break;
    case 'TransitIssueReported':
      now.issueReported = true;
      break;
    case 'ProviderReassigned':
      reassign(now, event.data);
      break;
    case 'InstructionGiven':
      instruct(now, event.data);
      break;
  }
}

/** An interval opens when work begins to run, and ends when it no longer does. */
function clock(now: ModelState, at: Instant, ran: boolean): void {
  const last = now.intervals.at(-1);
  if (!ran && runs(now)) now.intervals = [...now.intervals, { from: at, to: null }];
  else if (ran && !runs(now) && last !== undefined) {
    now.intervals = [...now.intervals.slice(0, -1), { from: last.from, to: at }];
  }
}

function runs(now: ModelState): boolean {
  return running(now) && now.ended === null;
}

/** The moment after an event: what it makes so, and what it undoes (PROTOCOL §4, §5). */
export function momentAfter(event: VisitEvent, before: ModelState): ModelState {
  const now = { ...before };
  now.debts = debtsAfter(event, before);
  if (toldOfChange(event, before)) now.changeNotified = true;
  applyCenter(now, event);
  applyArrival(now, event);
  applyInspection(now, event);
  applyWork(now, event);
  applyClosing(now, event);
  clock(now, event.data.at, runs(before));
  return now;
}
