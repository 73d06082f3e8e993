/** The shapes of a server's answers, checked: what does not have them was not sent by a server that this release knows. */
import type { ReconcileOutcome } from '../reconciling/index.ts';
import { type JsonRecord, recordOf, unavailable } from './http-call.ts';
import type { RemoteAssignments, RemoteEvents, RemoteSyncAnswer, RemoteVisit } from './remote.ts';

const wrong = (what: string) => unavailable(`The answer of the server has another shape than expected: ${what}`);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isPlace = (value: unknown): value is number => isCount(value) && value > 0;

export function fieldsOf(value: unknown): JsonRecord {
  const fields = recordOf(value);
  if (fields === undefined) throw wrong('no object');
  return fields;
}

export function timeOf({ serverTime }: JsonRecord): string {
  if (typeof serverTime !== 'string' || Number.isNaN(Date.parse(serverTime))) throw wrong('serverTime');
  return serverTime;
}

/** The events after a place: as many as the version says. */
export function eventsOf(value: unknown, visitId: string, after: number): RemoteEvents {
  const fields = fieldsOf(value);
  const { events, version, own, lead } = fields;
  if (fields.visitId !== visitId) throw wrong('visitId');
  if (!isCount(version)) throw wrong('version');
  if (!Array.isArray(events) || events.length !== Math.max(version - after, 0)) throw wrong('events');
  if (own !== undefined && !Array.isArray(own)) throw wrong('own');
  if (lead !== undefined && lead !== null && typeof lead !== 'string') throw wrong('lead');
  return {
    events,
    version,
    ...(own !== undefined && { own }),
    ...(lead !== undefined && { lead }),
    serverTime: timeOf(fields),
  };
}

/** The answer to a batch: as many outcomes as it had commands. */
export function syncAnswerOf(
  value: unknown,
  { visitId, basedOn, commands }: Readonly<{ visitId: string; basedOn: number; commands: { readonly length: number } }>,
): RemoteSyncAnswer {
  const { outcomes } = fieldsOf(value);
  if (!Array.isArray(outcomes) || outcomes.length !== commands.length) throw wrong('outcomes');
  if (!outcomes.every(isOutcome)) throw wrong('an outcome');
  return { ...eventsOf(value, visitId, basedOn), outcomes };
}

function isOutcome(value: unknown): value is ReconcileOutcome {
  const { outcome, first } = recordOf(value) ?? {};
  return outcome === 'repeated' ? isFirstOutcome(first) : isFirstOutcome(value) && !isRefusedByNothing(value);
}

const isRefusedByNothing = (value: unknown) => {
  const { outcome, violations } = recordOf(value) ?? {};
  return outcome === 'refused' && Array.isArray(violations) && violations.length === 0;
};

function isFirstOutcome(value: unknown): boolean {
  const { outcome, position, twinOf, violations } = recordOf(value) ?? {};
  if (outcome === 'accepted') return isPlace(position);
  if (outcome === 'twin') return isPlace(twinOf);
  return outcome === 'refused' && Array.isArray(violations) && violations.every(isViolation);
}

function isViolation(value: unknown): boolean {
  const { rule, clause } = recordOf(value) ?? {};
  return typeof rule === 'string' && typeof clause === 'string';
}

/** A page of visits. One that says that there are more has some, or reading on would never end. */
export function assignmentsOf(value: unknown): RemoteAssignments {
  const fields = fieldsOf(value);
  const { visits, cursor, more } = fields;
  if (!Array.isArray(visits) || !visits.every(isVisit)) throw wrong('visits');
  if (typeof cursor !== 'string') throw wrong('cursor');
  if (typeof more !== 'boolean' || (more && visits.length === 0)) throw wrong('more');
  return { visits, cursor, more, serverTime: timeOf(fields) };
}

function isVisit(value: unknown): value is RemoteVisit {
  const { visitId, version } = recordOf(value) ?? {};
  return typeof visitId === 'string' && isCount(version);
}

/** The part of a photograph that the server has. */
export type PhotoProgress = Readonly<{ offset: number; complete: boolean }>;

export function photoProgressOf(value: unknown): PhotoProgress {
  const { offset, complete } = fieldsOf(value);
  if (!isCount(offset) || typeof complete !== 'boolean') throw wrong('offset');
  return { offset, complete };
}

/** The same, as the headers of an answer without a body say it. */
export function photoProgressIn(headers: Headers): PhotoProgress {
  const offset = headers.get('upload-offset') ?? '';
  const complete = headers.get('upload-complete');
  if (!/^\d{1,15}$/.test(offset) || (complete !== '?0' && complete !== '?1')) throw wrong('upload-offset');
  return { offset: Number(offset), complete: complete === '?1' };
}
