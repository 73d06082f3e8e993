/** Fetches the events that are not on the device, of the visits that changed. */
import type { Id, Instant } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import { isId } from '../../wire/characters.ts';
import { confirmEvents, readLogHead } from '../copies/confirming.ts';
import { type Change, dropCopy, editCopy, readCopy, updateCopy } from '../copies/copies.ts';
import type { Copy, Head } from '../copies/copy.ts';
import { unusable } from '../remote/answers.ts';
import type { RemoteAssignments, RemoteError, RemoteEvents, RemoteVisit } from '../remote/remote.ts';
import { type Exchanged, endWith, overtaken, type Syncing } from './exchange.ts';
import { isAnswered } from './failing.ts';
import { attempt, type Cursor, listVisits, type Round } from './round.ts';

/**
 * A visit that was removed from the device: the number of its events at the server, and when it ended, if it was removed since it was kept
 * long enough. It is fetched again once there are more events, or if by the server's clock it was removed too early.
 */
export type Forgotten = Readonly<{ version: number; endedAt: Instant | null }>;

/** True for a visit that ended at a time and is still kept on the device, by the time of the server. */
export const isKept = (endedAt: Instant, serverTime: Instant, keepEndedMs: number): boolean =>
  Date.parse(serverTime) - Date.parse(endedAt) <= keepEndedMs;

/** The place up to which the visits of the user were listed, and those that were removed from the device. */
export type Progress = Readonly<{
  cursor: Cursor;
  forgotten: () => Promise<ReadonlyMap<Id, Forgotten>>;
  /** Drops the removed visits that the server no longer lists. */
  keepForgotten: (listed: ReadonlySet<Id>) => Promise<void>;
}>;

/** The most pages of the list in a round. The next round goes on after them. */
const MOST_PAGES = 1_000;

/** The most visits that are fetched at the same time. */
const MOST_AT_ONCE = 6;

/** True for a visit that failed while the server answered: its turn comes last. */
export const isStuck = ({ failure }: Pick<Head, 'failure'>): boolean =>
  failure !== null && (failure.reached > 0 || isAnswered(failure));

/** True for a visit that is fetched though the server does not list it as changed. */
const isWanted = ({ version, own, wanted, failure, waiting }: Head): boolean =>
  (wanted > 0 && version + own !== wanted) || (failure !== null && waiting === 0);

const pull = (round: Round, visitId: Id): Promise<boolean> =>
  attempt(round, visitId, (syncing) => pullVisit(syncing, visitId));

/** Fetches the visits that failed while the server answered others. */
export async function pullStuck(round: Round): Promise<void> {
  for (const head of [...round.syncing.copies.heads.values()]) {
    if (isStuck(head) && isWanted(head)) await pull(round, head.visitId);
  }
}

/** Fetches the visits that failed before and those that changed, page by page. The cursor is stored after the visits before it. */
export async function pullChanged(round: Round, { cursor, forgotten, keepForgotten }: Progress): Promise<void> {
  const { syncing } = round;
  const { copies } = syncing;
  for (const head of [...copies.heads.values()]) {
    if (!isStuck(head) && isWanted(head)) await pull(round, head.visitId);
  }
  const removed = await forgotten();
  const from = await cursor.read();
  const goneAt = ({ visitId }: RemoteVisit, { serverTime }: RemoteAssignments): number | null => {
    const { version = null, endedAt = null } = removed.get(visitId) ?? {};
    return endedAt !== null && isKept(endedAt, serverTime, syncing.keepEndedMs) ? null : version;
  };
  const listed = new Set<Id>();
  for (let after = from, pages = 1; ; pages += 1) {
    if (round.ended !== null) return;
    const list = await listVisits(round, after);
    if (list === null) return;
    if (!list.ok) {
      round.unlisted = list.failure;
      return;
    }
    const page = list.value;
    // A visit without a valid id cannot be fetched.
    const visits = page.visits.filter(({ visitId }) => isId(visitId));
    for (const { visitId, version } of visits) {
      listed.add(visitId);
      if (from === null && (copies.heads.get(visitId)?.wanted ?? 0) > version)
        await noteWanted(syncing, visitId, version);
    }
    await forEach(
      visits.filter((one) => mayHaveMore(syncing, one, goneAt(one, page), from)),
      async (visit) => {
        const head = copies.heads.get(visit.visitId);
        const isPulled = (head === undefined || !isStuck(head)) && (await pull(round, visit.visitId));
        // The cursor does not pass a visit that cannot be stored.
        if (isPulled || round.ended !== null || round.storeErrors.length > 0) return;
        await noteWanted(syncing, visit.visitId, visit.version);
      },
    );
    if (round.ended !== null) return;
    // Nor does it pass a visit that only memory has.
    const isStored = round.storeErrors.length === 0 && copies.unsaved.size === 0;
    if (isStored && page.cursor !== after) await cursor.write(page.cursor);
    after = page.cursor;
    if (!page.more) break;
    if (pages === MOST_PAGES) {
      round.unlisted = unusable('a list without an end');
      return;
    }
  }
  if (from !== null) return;
  for (const { visitId, version } of [...copies.heads.values()]) {
    // A restored server may know nothing of a visit that it no longer lists; a visit that was listed by mistake has no events here.
    if (!listed.has(visitId)) await (version > 0 ? pull(round, visitId) : dropCopy(copies, visitId, isEmpty));
  }
  await keepForgotten(listed);
}

/** Runs a task for each item, some at the same time. @throws the first error, after all that began have ended */
async function forEach<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const work = async () => {
    for (const item of left) await task(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: MOST_AT_ONCE }, work));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

const isEmpty = ({ events, own, queue, photos }: Copy): boolean =>
  [...events, ...own, ...queue, ...photos].length === 0;

/** Stores the number of events that the list announced, so that the next round fetches them though the cursor has passed. */
const noteWanted = ({ copies }: Syncing, visitId: Id, wanted: number): Promise<void> =>
  editCopy(copies, visitId, (copy) => (copy.wanted === wanted ? copy : { ...copy, wanted }));

/** False if the copy has all events of a visit that the user may see, or had when it was removed (`gone`). */
function mayHaveMore(
  { copies: { heads } }: Syncing,
  { visitId, version }: RemoteVisit,
  gone: number | null,
  from: string | null,
): boolean {
  const head = heads.get(visitId);
  if (head === undefined) return gone !== version;
  // A list from the beginning compares each visit: a restored server may have as many events, but others.
  return from === null || head.version + head.own !== version;
}

/** Fetches the events of a visit if its waiting acts are based on more than are here, as after the loss of the database. */
export async function pullIfBehind(syncing: Syncing, visitId: Id): Promise<Exchanged> {
  const { queue, events } = await readCopy(syncing.copies, visitId);
  return queue.some(({ basedOn }) => basedOn > events.length) ? pullVisit(syncing, visitId) : endWith(null);
}

/** Fetches the events of a visit that are not here. */
async function pullVisit(syncing: Syncing, visitId: Id): Promise<Exchanged> {
  const { server, copies, signal, heard, mayGoOn, unacknowledged } = syncing;
  if (!mayGoOn()) return overtaken;
  const before = await readCopy(copies, visitId);
  const after = before.events.length;
  const head = readLogHead(before);
  const options = { signal, ...(head && { lastEventId: head.lastEventId }) };
  const answered = await server.events(visitId, after, options);
  if (!answered.ok) return endWith(answered.failure);
  const answer = answered.value;
  heard(answer.serverTime);
  const failure = await updateCopy(copies, visitId, (copy) => confirmPulled(copy, after, answer));
  if (failure === null && answer.events.length > 0) unacknowledged.add(visitId);
  return endWith(failure);
}

/** Continues a copy by the events that were fetched, unless it was removed meanwhile; answers the failure if they do not continue it. */
function confirmPulled(copy: Copy, after: number, answer: RemoteEvents): Change<RemoteError | null> {
  const isForgotten = copy.revision === 0 && after > 0;
  const confirmed = isForgotten ? { ok: true as const, value: copy } : confirmEvents(copy, after, answer);
  if (!confirmed.ok) return { copy, answer: confirmed.failure };
  return { copy: deepEqual(confirmed.value, copy) ? copy : confirmed.value, answer: null };
}
