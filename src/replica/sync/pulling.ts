/** The events that are not on the device are fetched, of the visits that changed. */
import type { Id } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import { confirmEvents, headOfLog } from '../copies/confirming.ts';
import type { Copies } from '../copies/copies.ts';
import type { Copy } from '../copies/copy.ts';
import type { RemoteVisit } from '../remote/remote.ts';
import type { Syncing } from './exchange.ts';
import { assignmentsAfter, attempt, type Cursor, type Round } from './round.ts';

/** The place up to which the visits of the user were listed, and those that were removed from the device, with their versions. */
export type Progress = Readonly<{
  cursor: Cursor;
  forgotten: () => Promise<ReadonlyMap<Id, number>>;
  /** Forgets those that were removed and that the server lists no more. */
  keepForgotten: (listed: ReadonlySet<Id>) => Promise<void>;
}>;

/** Fetches the visits that failed before and those that changed, page by page. The cursor is stored after the visits before it. */
export async function pullChanged(round: Round, { cursor, forgotten, keepForgotten }: Progress): Promise<void> {
  const { syncing } = round;
  const { copies } = syncing;
  const pull = (visitId: Id) => attempt(round, visitId, () => pullVisit(syncing, visitId));
  for (const { visitId, version, own, wanted, failure, waiting } of [...copies.heads.values()]) {
    if (version + own < wanted || (failure !== null && waiting === 0)) await pull(visitId);
  }
  const removed = await forgotten();
  const from = await cursor.read();
  const listed = new Set<Id>();
  for (let after = from; ; ) {
    const page = await assignmentsAfter(round, after);
    for (const { visitId } of page.visits) listed.add(visitId);
    for (const visit of page.visits.filter((one) => mayHaveMore(copies, one, removed, from))) {
      const isPulled = await pull(visit.visitId);
      // Of a visit that cannot be stored the cursor cannot be passed.
      if (!isPulled && round.storeErrors.length === 0) await noteWanted(syncing, visit);
    }
    if (page.cursor !== after && round.storeErrors.length === 0) await cursor.write(page.cursor);
    after = page.cursor;
    if (!page.more) break;
  }
  if (from !== null) return;
  for (const { visitId, version } of [...copies.heads.values()]) {
    // Of a visit that is listed no more, a server that was restored may know nothing. Of one that was listed by mistake nothing is here.
    if (!listed.has(visitId)) await (version > 0 ? pull(visitId) : copies.drop(visitId, isEmpty));
  }
  await keepForgotten(listed);
}

const isEmpty = ({ events, own, queue, photos }: Copy): boolean =>
  [...events, ...own, ...queue, ...photos].length === 0;

/** Stores that a visit has more events: its cursor passes, and the next round asks for them. */
const noteWanted = ({ copies }: Syncing, { visitId, version }: RemoteVisit): Promise<void> =>
  copies.edit(visitId, (copy) => (copy.wanted >= version ? copy : { ...copy, wanted: version }));

/** False if the copy has all events of a visit that the user may see, or had when it was removed. */
function mayHaveMore(
  { heads }: Copies,
  { visitId, version }: RemoteVisit,
  removed: ReadonlyMap<Id, number>,
  from: string | null,
): boolean {
  const head = heads.get(visitId);
  if (head === undefined) return removed.get(visitId) !== version;
  // From the beginning, each visit is compared: a server that was restored may have as many events, and others.
  return from === null || head.version + head.own !== version;
}

/** Fetches the events of a visit whose waiting acts have seen more than is here, as after the loss of the database. */
export async function pullIfBehind(syncing: Syncing, visitId: Id): Promise<void> {
  const { queue, events } = await syncing.copies.read(visitId);
  if (queue.some(({ basedOn }) => basedOn > events.length)) await pullVisit(syncing, visitId);
}

/** Fetches the events of a visit that are not here. */
async function pullVisit(syncing: Syncing, visitId: Id): Promise<void> {
  const { remote, copies, signal, heard, mayGoOn, unacknowledged } = syncing;
  mayGoOn();
  const before = await copies.read(visitId);
  const after = before.events.length;
  const head = headOfLog(before);
  const answer = await remote.events(visitId, after, { signal, ...(head && { lastEventId: head.lastEventId }) });
  heard(answer.serverTime);
  await copies.edit(visitId, (copy) => changedBy(copy, after, answer));
  if (answer.events.length > 0) unacknowledged.add(visitId);
}

function changedBy(copy: Copy, after: number, answer: Parameters<typeof confirmEvents>[2]): Copy {
  const isForgotten = copy.revision === 0 && after > 0;
  if (isForgotten) return copy;
  const confirmed = confirmEvents(copy, after, answer);
  return deepEqual(confirmed, copy) ? copy : confirmed;
}
