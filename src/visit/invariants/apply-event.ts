import type { Id, Instant, Photo, VisitEvent } from '../../messages/index.ts';
import { attest, lastsAfter } from './attestation-model.ts';
import { annul, correct, report, settle } from './correction-model.ts';
import { debtsAfter, lapsedAfter, toldOfChange } from './debt-model.ts';
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
import { type ModelState, type PhotoTaken, running, undo } from './model-state.ts';

/** The door and the person at it. */
function applyArrival(now: ModelState, event: VisitEvent): void {
  switch (event.type) {
    case 'ClientAbsenceReported':
      now.representative = false;
      break;
    case 'ClientReturned':
      undo(now, 'ClientAbsenceReported');
      now.representative = false;
      break;
    case 'IdentityValidated':
      now.identity = event.data.person;
      undo(now, 'IdentityRejected');
      if (event.data.person === 'representative') undo(now, 'ClientAbsenceReported');
      break;
    case 'IdentityRejected':
      now.identity = null;
      undo(now, 'IdentityValidated');
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

/** The photographs. */
function applyInspection(now: ModelState, event: VisitEvent): void {
  const { at } = event.data;
  switch (event.type) {
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
      now.tools = new Set([...now.tools, ...event.data.tools]);
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
    case 'ClientObjected':
      recordFailedTest(now);
      break;
    case 'BelongingsShown':
      now.belongings = event.data.clientConfirmed === true ? 'confirmed' : 'disputed';
      break;
    case 'CompletionReported':
      now.caseNamed ??= event.data.caseNumber ?? null;
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
    case 'ProviderReassigned':
      reassign(now, event.data);
      break;
    case 'InstructionGiven':
      instruct(now, event.data);
      break;
  }
}

/** Corrections: of what was recorded by mistake, and of what was recorded apart. */
function applyCorrection(now: ModelState, event: VisitEvent): void {
  switch (event.type) {
    case 'ActAnnulled':
      annul(now, event.data);
      break;
    case 'TimeCorrected':
      correct(now, event.data);
      break;
    case 'DiscrepancyReported':
      report(now, event.data);
      break;
    case 'DiscrepancySettled':
      settle(now, event.data);
      break;
  }
}

/** The time of the first of several events that stand. */
function timed({ stands, times }: ModelState, { type, data }: VisitEvent): ModelState['times'] {
  return stands.has(type) ? times : new Map([...times, [type, data.at]]);
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

/** The model state after an event: the facts that it sets and resets (PROTOCOL §4, §5). */
export function momentAfter(event: VisitEvent, before: ModelState): ModelState {
  const now = { ...before, stands: new Set([...before.stands, event.type]), times: timed(before, event) };
  now.lasts = lastsAfter(event, before);
  now.debts = debtsAfter(event, before);
  now.lapsed = lapsedAfter(event, before);
  if (toldOfChange(event, before)) now.changeNotified = true;
  applyCenter(now, event);
  applyArrival(now, event);
  applyInspection(now, event);
  applyWork(now, event);
  applyClosing(now, event);
  applyCorrection(now, event);
  if (event.type === 'FactsAttested') attest(now, event.data.facts, event.data.at);
  clock(now, event.data.at, runs(before));
  return now;
}
