/** Sends the commands of a visit in their order, in batches that the server takes; a photograph before the command that reports it as sent. */
import type { Id, Instant, Sha256, VisitEvent } from '../../messages/index.ts';
import { exceedsBytes, LIMITS } from '../../wire/limits.ts';
import { confirmEvents, idOf, markSent, withoutAnswered } from '../copies/confirming.ts';
import { type Change, editCopy, readCopy, updateCopy } from '../copies/copies.ts';
import { type Copy, isUndoable, type Queued, type Withheld } from '../copies/copy.ts';
import { settleWrite } from '../device/room.ts';
import type { Answered } from '../remote/answers.ts';
import { isOffline } from '../remote/calls.ts';
import { RemoteError } from '../remote/remote.ts';
import {
  type Exchanged,
  endWith,
  overtaken,
  type Sending,
  type Sent,
  type Syncing,
  sendCommands,
  withhold,
} from './exchange.ts';
import { isAlive, isAnswered, isAskedToWait, isDue, isRefusal, isRevocation, mayIsolate, triedAt } from './failing.ts';
import { uploadAgain, uploadPhotos, uploadTaken } from './uploading.ts';

const MOST: number = LIMITS.batchCommands;

/** The most acts and photographs of a visit that are withheld in one round for failures of the server. */
const MOST_WITHHELD = 4;

/** The number of rounds for which the only act of a visit that waits is sent again before it is withheld. */
const LAST_ROUNDS = 3;

/** Sends what waits of a visit. @throws StoreError */
export async function pushVisit(syncing: Syncing, visitId: Id, sent: Sent): Promise<Exchanged> {
  const { copies } = syncing;
  const ofLead = await confirmLead(syncing, visitId);
  if (ofLead !== null && (!isAnswered(ofLead) || isAskedToWait(ofLead))) return endWith(ofLead);
  const pushed = await settleWrite(() => pushQueue(syncing, visitId, sent));
  if (!pushed.isFull) return pushed.value.end === 'done' ? endWith(ofLead) : pushed.value;
  if (!copies.heads.get(visitId)?.photosWaiting) throw pushed.error;
  // Photographs that the server has make room.
  const copy = await readCopy(copies, visitId);
  const { failure } = await uploadTaken(beginSending(syncing, copy, sent), copy);
  return failure === null ? pushQueue(syncing, visitId, sent) : endWith(failure);
}

function beginSending(syncing: Syncing, { visitId, failure }: Copy, sent: Sent): Sending {
  const reached = failure?.reached ?? 0;
  const uploadedAgain = new Set<Sha256>();
  return {
    ...syncing,
    visitId,
    sent,
    most: MOST,
    cap: MOST,
    uploadedAgain,
    reached,
    isAlive: null,
    left: MOST_WITHHELD,
  };
}

async function pushQueue(syncing: Syncing, visitId: Id, sent: Sent): Promise<Exchanged> {
  const { copies, now } = syncing;
  const first = await readCopy(copies, visitId);
  const sending = beginSending(syncing, first, sent);
  await limitFirstBatch(sending, first);
  for (;;) {
    if (!sending.mayGoOn()) return overtaken;
    const copy = await readCopy(copies, visitId);
    const planned = planBatch(copy, sending.most, now());
    if (planned.length === 0) {
      const { taken, failure } = await uploadTaken(sending, copy);
      if (failure !== null || taken === 0) return endWith(failure);
      continue;
    }
    const failure = await pushBatch(sending, copy, planned);
    if (failure === null) continue;
    // A failure of the commands keeps no photograph from being uploaded.
    if (isAnswered(failure) && !isAskedToWait(failure)) await uploadTaken(sending, await readCopy(copies, visitId));
    return endWith(failure);
  }
}

/** Begins with smaller batches, down to one command, if the visit failed for several rounds while the server answered others. */
async function limitFirstBatch(sending: Sending, copy: Copy): Promise<void> {
  if (sending.reached < 2) return;
  const ready = Math.min(readyCommands(copy, sending.now()).length, MOST);
  sending.most = Math.max(Math.ceil(ready / 2 ** (sending.reached - 1)), 1);
  // Asked now: after a failure that asks to wait the server is called no more.
  if (sending.most === 1 && ready > 1) await isAlive(sending, copy);
}

/** Sends a batch, or the part of it that can be sent; answers null if sending goes on. */
async function pushBatch(sending: Sending, copy: Copy, planned: readonly Queued[]): Promise<RemoteError | null> {
  const batch = await uploadForBatch(sending, copy, planned);
  if (!batch.ok) return batch.failure;
  if (batch.value.length === 0) return null;
  const marked = await mark(sending, batch.value);
  if (marked === 'offline') return new RemoteError('unavailable', 'The browser knows of no network');
  if (marked === 'changed') return null;
  const failure = await sendBatch(sending, copy, batch.value);
  if (failure !== null) return afterFailure(sending, copy, batch.value, failure);
  // Batches grow while nothing has failed. While the act that fails is searched for, they stay as small as they are.
  if (sending.isAlive === null) sending.most = Math.min(sending.most * 2, sending.cap);
  sending.isAlive = true;
  return null;
}

/** Takes the lead of a visit at the server, if this device took it without a signal. */
async function confirmLead({ copies, server, device, signal }: Syncing, visitId: Id): Promise<RemoteError | null> {
  const { lead } = await readCopy(copies, visitId);
  if (lead?.confirmed !== false || lead.device !== device || server.takeLead === undefined) return null;
  const answered = await server.takeLead(visitId, device, { signal });
  if (answered.ok) {
    await editCopy(copies, visitId, (copy) => ({ ...copy, lead: { device, confirmed: true } }));
    return null;
  }
  // A device that may not lead, such as that of a former provider, still hands in what it recorded.
  const { failure } = answered;
  return failure.kind === 'forbidden' || failure.kind === 'refused' ? null : failure;
}

/**
 * Marks a batch as sent before it is sent, so that its acts cannot be undone. Not marked: `changed`, a command of it was undone meanwhile;
 * `offline`, the browser knows of no network, and a command can still be undone.
 */
async function mark(sending: Sending, batch: readonly Queued[]): Promise<'marked' | 'changed' | 'offline'> {
  const { copies, visitId, now, undoMs } = sending;
  const mayBeUndone = batch.some((queued) => isUndoable(queued, now(), undoMs));
  if (mayBeUndone && isOffline()) return 'offline';
  const marked = await settleWrite(() =>
    updateCopy(copies, visitId, (copy): Change<'marked' | 'changed'> => {
      const isWhole = batch.every(({ place }) => copy.queue.some((queued) => queued.place === place));
      return { copy: isWhole ? markSent(copy, batch, now()) : copy, answer: isWhole ? 'marked' : 'changed' };
    }),
  );
  if (!marked.isFull) return marked.value;
  // A full device sends the acts that can no longer be undone without the mark.
  if (mayBeUndone) throw marked.error;
  return 'marked';
}

/**
 * Uploads the photographs that the commands of a batch report as sent, and answers the commands before the first whose photographs cannot be
 * uploaded now; no command if one was withheld, so that the batch is planned again.
 */
async function uploadForBatch(
  sending: Sending,
  copy: Copy,
  batch: readonly Queued[],
): Promise<Answered<readonly Queued[]>> {
  for (const [index, queued] of batch.entries()) {
    const uploaded = await uploadPhotos(sending, copy, queued);
    if (uploaded.end === 'withheld') return { ok: true, value: [] };
    if (uploaded.end !== 'failed') continue;
    return index === 0 ? { ok: false, failure: uploaded.failure } : { ok: true, value: batch.slice(0, index) };
  }
  return { ok: true, value: batch };
}

async function sendBatch(sending: Sending, before: Copy, batch: readonly Queued[]): Promise<RemoteError | null> {
  const { copies, visitId, unacknowledged, sent } = sending;
  const [{ basedOn }] = batch as readonly [Queued];
  const commands = batch.map(({ command }) => command);
  const answered = await sendCommands(sending, before, basedOn, commands);
  if (!answered.ok) return answered.failure;
  const answer = answered.value;
  const failure = await updateCopy(copies, visitId, (copy): Change<RemoteError | null> => {
    const confirmed = confirmEvents(copy, basedOn, answer);
    if (!confirmed.ok) return { copy, answer: confirmed.failure };
    const after = withoutAnswered(confirmed.value, batch);
    const isOfBatch = (event: VisitEvent) => batch.some((one) => idOf(one) === event.metadata?.commandId);
    if (!after.events.slice(copy.events.length).every(isOfBatch)) unacknowledged.add(visitId);
    const isWaiting = batch.some((one) => after.queue.some(({ place }) => place === one.place));
    return { copy: after, answer: isWaiting ? notOnRecord() : null };
  });
  if (failure !== null) return failure;
  for (const [index, { outcome }] of answer.outcomes.entries()) sent[outcome].push(idOf(batch[index] as Queued));
  return null;
}

const notOnRecord = () =>
  new RemoteError('unavailable', 'The server answered commands that its log does not have', {
    reason: 'incomplete-answer',
  });

/** Withholds a command or makes the batches smaller after a failure; answers the failure if sending the visit ends with it. */
async function afterFailure(
  sending: Sending,
  copy: Copy,
  batch: readonly Queued[],
  failure: RemoteError,
): Promise<RemoteError | null> {
  const { kind, index = -1, message, photos, quarantineId, status } = failure;
  const keepBack = async (queued: readonly Queued[], reason: Withheld): Promise<null> => {
    await withhold(sending, queued, reason);
    return null;
  };
  // The server keeps what a revoked device hands in for an operator.
  if (quarantineId !== undefined && isRevocation(failure))
    return keepBack(batch, { reason: 'quarantined', message: quarantineId });
  const bad = batch[index];
  if (kind === 'malformed' && bad !== undefined) {
    return keepBack([bad], { reason: kind, message, tried: triedAt(sending.now(), bad.withheld?.tried) });
  }
  if (kind === 'photos-missing' && (await uploadAgain(sending, copy, batch, photos))) return null;
  const [first] = batch as readonly [Queued];
  const isTooLarge = kind === 'too-large' || status === 413;
  const isOne = batch.length === 1;
  const tried = triedAt(sending.now(), first.withheld?.tried);
  if (isOne && kind === 'too-large') return keepBack([first], { reason: kind, message, tried });
  const isLast = readyCommands(copy, sending.now()).length === 1 && first.withheld === undefined;
  // No act waits behind it, so that it may stay in the queue for some rounds.
  if (isOne && isLast && sending.isAlive !== true && sending.reached < LAST_ROUNDS) return failure;
  if (!(isTooLarge && !isOne) && !(await mayIsolate(sending, copy, failure, 'act'))) return failure;
  if (!isOne) {
    sending.most = Math.ceil(batch.length / 2);
    if (isTooLarge) sending.cap = sending.most;
    return isAskedToWait(failure) ? failure : null;
  }
  sending.left -= 1;
  sending.most = sending.cap;
  await keepBack([first], { reason: isRefusal(failure) ? 'refused' : 'server-failed', message, tried });
  return isAskedToWait(failure) ? failure : null;
}

/** Lists the commands that can be sent now, in their order: those that wait, and those withheld for photographs that are due again. */
const readyCommands = ({ queue }: Copy, now: Instant): readonly Queued[] =>
  queue.filter(
    (queued) =>
      queued.withheld === undefined || (queued.withheld.reason === 'photos-refused' && isDueAgain(queued, now)),
  );

const isDueAgain = ({ withheld }: Queued, now: Instant) => withheld?.tried !== undefined && isDue(withheld.tried, now);

/** Plans the next batch: commands of one `basedOn`, within the limits. A withheld command that is due again goes alone, after all others. */
function planBatch(copy: Copy, most: number, now: Instant): readonly Queued[] {
  const ready = readyCommands(copy, now);
  if (ready.length === 0) return copy.queue.filter((queued) => isDueAgain(queued, now)).slice(0, 1);
  const batch: Queued[] = [];
  let characters = 2;
  for (const queued of ready) {
    characters += JSON.stringify(queued.command).length + 1;
    // A character has three bytes at most.
    const isFull =
      characters * 3 > LIMITS.batchBytes && exceedsBytes(formatBatch([...batch, queued]), LIMITS.batchBytes);
    if (batch.length > 0 && (queued.basedOn !== batch[0]?.basedOn || batch.length >= most || isFull)) break;
    batch.push(queued);
  }
  return batch;
}

const formatBatch = (batch: readonly Queued[]) => JSON.stringify(batch.map(({ command }) => command));
