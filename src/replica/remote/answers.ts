/** The answers of a server, whichever remote brings them: one of another shape is refused. */
import type { Id, Instant } from '../../messages/index.ts';
import {
  type RemoteAssignments,
  type RemoteBatch,
  RemoteError,
  type RemoteEvents,
  type RemoteSyncAnswer,
} from './remote.ts';

/** The end of a call to the server: its answer, or the failure. */
export type Answered<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; failure: RemoteError }>;

/** The error of an answer that cannot be used; unlike other unavailable servers, this one was reached. */
export const unusable = (what: string, reason = 'unusable-answer'): RemoteError =>
  new RemoteError('unavailable', `The answer of the server has another shape than expected: ${what}`, { reason });

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value; none of one that is no object. */
export const readFields = (value: unknown): Fields => (Object(value) === value ? (value as Fields) : {});

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isPlace = (value: unknown): boolean => isCount(value) && value > 0;

/** The end of the year 9999: beyond it the clock could not be estimated. */
const END_MS = 253_402_300_800_000;

export function readTime({ serverTime }: Fields): Instant {
  if (typeof serverTime === 'string' && Date.parse(serverTime) < END_MS) return serverTime;
  throw unusable('serverTime');
}

/** Answers events after a place as they are. @throws RemoteError for what has another shape, or the events of another visit */
export function checkedEvents<T extends RemoteEvents>(answer: unknown, visitId: Id, after: number): T {
  const fields = readFields(answer);
  const { events, version, own = [], lead = null } = fields;
  if (!belongsTo(fields, visitId)) throw unusable('visitId');
  if (!isCount(version)) throw unusable('version');
  // There may be fewer than the version says: a server that does not send all at once is asked again.
  if (!Array.isArray(events) || events.length > Math.max(version - after, 0)) throw unusable('events');
  if (!Array.isArray(own)) throw unusable('own');
  if (lead !== null && typeof lead !== 'string') throw unusable('lead');
  if (![...events, ...own].every((event) => belongsTo(readFields(readFields(event).data), visitId))) {
    throw unusable('an event of another visit');
  }
  readTime(fields);
  return answer as T;
}

const belongsTo = ({ visitId: other }: Fields, visitId: Id): boolean => (other ?? visitId) === visitId;

/** The same, of the answer to a batch: it has an outcome of each command. */
export function checkedSyncAnswer(answer: unknown, { visitId, basedOn, commands }: RemoteBatch): RemoteSyncAnswer {
  const { outcomes } = readFields(answer);
  if (!Array.isArray(outcomes) || outcomes.length !== commands.length) {
    throw unusable('not as many outcomes as commands', 'incomplete-answer');
  }
  if (!outcomes.every(isOutcome)) throw unusable('an outcome');
  return checkedEvents(answer, visitId, basedOn);
}

function isOutcome(value: unknown): boolean {
  const { outcome, first, violations } = readFields(value);
  if (outcome === 'repeated') return isFirstOutcome(readFields(first));
  return (
    isFirstOutcome(readFields(value)) && !(outcome === 'refused' && (violations as readonly unknown[]).length === 0)
  );
}

function isFirstOutcome({ outcome, position, twinOf, violations }: Fields): boolean {
  if (outcome === 'accepted') return isPlace(position);
  if (outcome === 'twin') return isPlace(twinOf);
  return outcome === 'refused' && Array.isArray(violations) && violations.every(isViolation);
}

function isViolation(value: unknown): boolean {
  const { rule, clause } = readFields(value);
  return typeof rule === 'string' && typeof clause === 'string';
}

/** The same, of a page of visits: one that says that there are more leads on, or reading would never end. */
export function checkedAssignments(page: unknown, after: string | null): RemoteAssignments {
  const fields = readFields(page);
  const { visits, cursor, more } = fields;
  if (!Array.isArray(visits) || !visits.every(isVisit)) throw unusable('visits');
  if (typeof cursor !== 'string') throw unusable('cursor');
  if (typeof more !== 'boolean' || (more && (visits.length === 0 || cursor === after))) throw unusable('more');
  readTime(fields);
  return page as RemoteAssignments;
}

function isVisit(value: unknown): boolean {
  const { visitId, version } = readFields(value);
  return typeof visitId === 'string' && visitId !== '' && isCount(version);
}
