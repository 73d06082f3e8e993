/** The shapes of a server's answers, whichever remote brings them: another shape is refused. */
import type { Id } from '../messages/index.ts';
import {
  type RemoteAssignments,
  type RemoteBatch,
  RemoteError,
  type RemoteEvents,
  type RemoteSyncAnswer,
} from './remote.ts';

/** The reason of an answer that cannot be used: the server can be reached all the same. */
const UNUSABLE = 'unusable-answer';

/** The outcomes that a command may have. */
const outcomes: ReadonlySet<unknown> = new Set(['accepted', 'refused', 'twin', 'repeated']);

export const unusable = (what: string): RemoteError =>
  new RemoteError('unavailable', `The answer of the server cannot be used: ${what}`, { reason: UNUSABLE });

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (Object(value) === value ? (value as Fields) : {});

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function mustHaveTime({ serverTime }: Fields): void {
  if (typeof serverTime !== 'string' || Number.isNaN(Date.parse(serverTime))) throw unusable('serverTime');
}

/** Answers events as they are. @throws RemoteError for what has another shape, or the events of another visit */
export function checkedEvents<T extends RemoteEvents>(answer: T, visitId: Id): T {
  const fields = fieldsOf(answer);
  const { events, version, own = [], lead = null } = fields;
  if (!Array.isArray(events)) throw unusable('events');
  if (!Array.isArray(own)) throw unusable('own');
  if (!isCount(version)) throw unusable('version');
  if (lead !== null && typeof lead !== 'string') throw unusable('lead');
  if (![...events, ...own].every((event) => isOf(event, visitId))) throw unusable('an event of another visit');
  mustHaveTime(fields);
  return answer;
}

function isOf(event: unknown, visitId: Id): boolean {
  const { visitId: other = visitId } = fieldsOf(fieldsOf(event).data);
  return other === visitId;
}

/** The same, of the answer to a batch: it has an outcome of each command. */
export function checkedSyncAnswer(answer: RemoteSyncAnswer, { visitId, commands }: RemoteBatch): RemoteSyncAnswer {
  const given: unknown = fieldsOf(answer).outcomes;
  if (!Array.isArray(given) || given.length !== commands.length) {
    throw new RemoteError('unavailable', 'The server did not answer every command', { reason: 'incomplete-answer' });
  }
  if (!given.every((one) => outcomes.has(fieldsOf(one).outcome))) throw unusable('an outcome');
  return checkedEvents(answer, visitId);
}

/** The same, of a page of visits: one that says that there are more leads on, or reading would never end. */
export function checkedAssignments(page: RemoteAssignments, after: string | null): RemoteAssignments {
  const fields = fieldsOf(page);
  const { visits, cursor, more } = fields;
  if (!Array.isArray(visits) || !visits.every(isVisit)) throw unusable('visits');
  if (typeof cursor !== 'string') throw unusable('cursor');
  if (more === true && cursor === after) throw unusable('more');
  mustHaveTime(fields);
  return page;
}

function isVisit(value: unknown): boolean {
  const { visitId, version } = fieldsOf(value);
  return typeof visitId === 'string' && visitId !== '' && isCount(version);
}
