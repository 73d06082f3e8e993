/** Replaces the log of a copy that has diverged by that of the server, and queues the user's acts that the server lost. */
import type { CommandMetadata, Id, Sha256, VisitCommand, VisitEvent } from '../messages/index.ts';
import { keptMetadata } from '../messages/kept-metadata.ts';
import { collectCommandIds, quoteAct } from '../reconciling/repeats.ts';
import { isRecordedBy } from '../reconciling/trial.ts';
import { initialState } from '../visit/index.ts';
import { actOfEvent } from '../visit/table.ts';
import { idOf, isSameEvent, type Log, readLog, withLog } from './copies/confirming.ts';
import { type Change, updateStoredCopy } from './copies/copies.ts';
import { type Copy, copyFrom, prefixOf, type Queued, type SyncFailure, type WaitingCommand } from './copies/copy.ts';
import { dropUnused } from './copies/photographs.ts';
import { type ReplicaVisit, viewCopy } from './copies/view.ts';
import { createDrafts } from './drafts.ts';
import { type ForgetAnswer, findUnsent, forgetVisit } from './forgetting.ts';
import type { Host } from './host.ts';
import { type Answered, unusable } from './remote/answers.ts';
import type { Server } from './remote/calls.ts';
import { describeFailure } from './sync/failing.ts';

/**
 * The answer to `refetch` of a {@link Replica}. `ok`: the copy has the server's log. Else nothing was changed: `unknown`, the visit is not
 * here; `needs-upgrade`, an act of the user's that the server lacks is of a later release, and cannot be sent from here;
 * `failed`, the server did not answer, or not with a log.
 *
 * @since 0.5.0
 */
export type RefetchAnswer =
  | Readonly<{
      ok: true;
      visit: ReplicaVisit;
      /** The ids of the commands that the server had confirmed and lacks: they wait again, before all others. */
      requeued: readonly Id[];
      /** The events that were here and that the server lacks, of whichever person, in their order. */
      removed: readonly VisitEvent[];
    }>
  | Readonly<{ ok: false; reason: 'unknown' | 'needs-upgrade' }>
  | Readonly<{ ok: false; reason: 'failed'; failure: Pick<SyncFailure, 'kind' | 'reason' | 'status' | 'message'> }>;

/** Fetches the log of a visit from its beginning, and replaces the one that is here in one write. */
export async function refetchVisit(host: Host, visitId: Id): Promise<RefetchAnswer> {
  const { copies, ended, server } = host;
  await host.opened();
  if (!copies.heads.has(visitId)) return { ok: false, reason: 'unknown' };
  const fetched = await fetchLog(server, visitId, ended);
  if (!fetched.ok) return { ok: false, reason: 'failed', failure: describeFailure(fetched.failure) };
  return updateStoredCopy(copies, visitId, (copy): Change<RefetchAnswer> => {
    const { after, requeued, removed } = replaceLog(copy, fetched.value, host);
    if (requeued === null) return { copy, answer: { ok: false, reason: 'needs-upgrade' } };
    return { copy: after, answer: { ok: true, visit: viewCopy(after, host), requeued, removed } };
  });
}

/**
 * Replaces all that is here of a visit whose texts were erased by the log of the server, in one write, without its photographs and drafts; removes
 * the visit if the server has nothing of it for the user. What was not sent stays, with all the rest.
 */
export async function forgetErased(host: Host, visitId: Id): Promise<ForgetAnswer> {
  const { copies, ended, server, actor } = host;
  if (!copies.heads.has(visitId)) return { ok: false, reason: 'unknown' };
  const drafts = createDrafts(host, `drafts/${prefixOf(actor)}`);
  const fetched = await fetchLog(server, visitId, ended);
  if (!fetched.ok && fetched.failure.kind !== 'refused') return { ok: false, reason: 'unreachable' };
  let photos: readonly Sha256[] = [];
  const forgotten = fetched.ok
    ? await updateStoredCopy(copies, visitId, (copy) => {
        photos = [...copy.photos.keys()];
        return startAgain(copy, fetched.value);
      })
    : await forgetVisit(host, visitId, { mayDrop: findUnsent });
  if (!forgotten.ok) return forgotten;
  await dropUnused(copies, photos);
  for (const { draftId } of await drafts.list(visitId)) await drafts.remove(draftId);
  return forgotten;
}

/** Gives a visit the log of the server and nothing else, unless something of it was not sent. */
function startAgain(copy: Copy, log: Log): Change<ForgetAnswer> {
  const reason = findUnsent(copy);
  if (reason !== null) return { copy, answer: { ok: false, reason } };
  const { nextPlace, lead, undone, revision } = copy;
  const fresh = copyFrom(copy.visitId, { revision, records: new Map() });
  return { copy: withLog({ ...fresh, nextPlace, lead, undone }, log), answer: { ok: true } };
}

/** Fetches a whole log, page by page. */
async function fetchLog(server: Server, visitId: Id, signal: AbortSignal): Promise<Answered<Log>> {
  const events: unknown[] = [];
  for (;;) {
    const page = await server.events(visitId, events.length, { signal });
    if (!page.ok) return page;
    events.push(...page.value.events);
    if (events.length >= page.value.version) return readLog({ ...page.value, events });
    // A server may lack no event that it does not send: the log is not replaced by a part of it.
    if (page.value.events.length === 0) return { ok: false, failure: unusable('events') };
  }
}

type Replaced = Readonly<{ after: Copy; requeued: readonly Id[] | null; removed: readonly VisitEvent[] }>;

function replaceLog(copy: Copy, log: Log, author: Host): Replaced {
  const { events, own } = log;
  const fork = copy.events.findIndex((event, place) => !isSameEvent(event, events[place]));
  const common = fork === -1 ? copy.events.length : fork;
  const later = [...events.slice(common), ...own];
  const known = [...copy.events.slice(common), ...copy.own];
  const removed = known.filter((event) => !later.some((other) => isSameEvent(event, other)));
  const lost = rebuildCommands(removed, copy, author);
  const ids = collectCommandIds(later, new Set(copy.queue.map(idOf)));
  const requeued = lost?.filter((waiting) => !ids.has(idOf(waiting))) ?? [];
  const queue = [...requeued, ...copy.queue].map((waiting, index): Queued => {
    // The user has seen the part of the server's log with which both logs begin.
    return { ...waiting, basedOn: Math.min(waiting.basedOn, common), place: copy.nextPlace + index };
  });
  const base = { ...copy, queue, nextPlace: copy.nextPlace + queue.length, failure: null, wanted: 0 };
  const after = withLog(base, log);
  return { after, requeued: lost && requeued.map(idOf), removed };
}

/** Rebuilds the commands of a person's acts in the removed events, recorded or reported, in their order; null if one cannot be rebuilt. */
function rebuildCommands(
  removed: readonly VisitEvent[],
  copy: Copy,
  { actor, now, newId }: Host,
): readonly WaitingCommand[] | null {
  const log = [...copy.events, ...copy.own];
  const lost = removed.flatMap((event) => {
    if (!isRecordedBy(actor, event)) return [];
    if (event.type === 'DiscrepancyReported') {
      const { acts, basedOn } = event.data;
      return acts.map((act) => ({ place: act.on, basedOn, command: rebuildCommand(quoteAct(act), { ...act, actor }) }));
    }
    const { metadata = {} } = event;
    const commandId = metadata.commandId ?? metadata.eventId ?? newId();
    const place = log.indexOf(event);
    // It follows the acts that were reported on the log before it.
    return [{ place: place + 0.5, basedOn: place, command: rebuildCommand(event, { ...metadata, commandId, actor }) }];
  });
  lost.sort((one, other) => one.place - other.place);
  const at = now();
  const waiting = lost.flatMap(({ basedOn, command }) => {
    if (command === null) return [];
    // The server had it, and may have it again from another device: it can no longer be undone.
    return [{ command, basedOn, recordedAt: command.metadata.enteredAt ?? at, sentAt: at }];
  });
  return waiting.length === lost.length ? waiting : null;
}

/** The command that an event came from, as its recorder would send it; null for an act of a later release. */
function rebuildCommand(
  { type, data }: VisitEvent,
  { actor, commandId, ...metadata }: CommandMetadata,
): VisitCommand | null {
  const act = actOfEvent(type);
  if (act === undefined) return null;
  const derived = ['by', 'recordedBy', ...Object.keys(act.derivedData(data, initialState()))];
  const asked = Object.fromEntries(Object.entries(data).filter(([field]) => !derived.includes(field)));
  const kept = { actor, commandId, ...keptMetadata(metadata) };
  // Fields that are undefined are left out, as where it is stored and sent.
  return JSON.parse(JSON.stringify({ type: act.command, data: asked, metadata: kept })) as VisitCommand;
}
