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
import { type Exchanged, endWith, overtaken, type Syncing, sendCommands, withhold } from './exchange.ts';
import {
  beginEvidence,
  type Evidence,
  isAlive,
  isAnswered,
  isAskedToWait,
  isDue,
  isRefusal,
  isRevocation,
  mayIsolate,
  triedAt,
} from './failing.ts';
import { uploadAgain, uploadPhotos, uploadTaken } from './uploading.ts';

/** The outcomes of the commands of a round, by their ids. */
export type Sent = { accepted: Id[]; refused: Id[]; twin: Id[]; repeated: Id[] };

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
  const { failure } = await uploadTaken(syncing, copy, beginEvidence(copy));
  return failure === null ? pushQueue(syncing, visitId, sent) : endWith(failure);
}

/** The limits of a visit's batches in a round. */
type Limits = {
  /** The most commands of the next batch; and the most that it grows to, since one of more was too large. */
  most: number;
  cap: number;
  /** The photographs that were uploaded again since the server lacked them. */
  readonly uploadedAgain: Set<Sha256>;
  readonly evidence: Evidence;
};

const MOST: number = LIMITS.batchCommands;

/** The number of rounds for which the only act of a visit that waits is sent again before it is withheld. */
const LAST_ROUNDS = 3;

async function pushQueue(syncing: Syncing, visitId: Id, sent: Sent): Promise<Exchanged> {
  const limits = await beginLimits(syncing, visitId);
  for (;;) {
    if (!syncing.mayGoOn()) return overtaken;
    const copy = await readCopy(syncing.copies, visitId);
    const planned = planBatch(copy, limits.most, syncing.now());
    if (planned.length === 0) {
      const { taken, failure } = await uploadTaken(syncing, copy, limits.evidence);
      if (failure !== null || taken === 0) return endWith(failure);
      continue;
    }
    const failure = await pushBatch(syncing, copy, planned, limits, sent);
    if (failure === null) continue;
    // A failure of the commands keeps no photograph from being uploaded.
    if (isAnswered(failure) && !isAskedToWait(failure)) {
      await uploadTaken(syncing, await readCopy(syncing.copies, visitId), limits.evidence);
    }
    return endWith(failure);
  }
}

/** Begins with smaller batches, down to one command, if the visit failed for several rounds while the server answered others. */
async function beginLimits(syncing: Syncing, visitId: Id): Promise<Limits> {
  const copy = await readCopy(syncing.copies, visitId);
  const evidence = beginEvidence(copy);
  const limits: Limits = { most: MOST, cap: MOST, uploadedAgain: new Set(), evidence };
  if (evidence.reached < 2) return limits;
  const ready = Math.min(readyCommands(copy, syncing.now()).length, MOST);
  limits.most = Math.max(Math.ceil(ready / 2 ** (evidence.reached - 1)), 1);
  // Asked now: after a failure that asks to wait the server is called no more.
  if (limits.most === 1 && ready > 1) await isAlive(syncing, copy, evidence);
  return limits;
}

/** Sends a batch, or the part of it that can be sent; answers null if sending goes on. */
async function pushBatch(
  syncing: Syncing,
  copy: Copy,
  planned: readonly Queued[],
  limits: Limits,
  sent: Sent,
): Promise<RemoteError | null> {
  const batch = await uploadForBatch(syncing, copy, planned, limits.evidence);
  if (!batch.ok) return batch.failure;
  if (batch.value.length === 0) return null;
  const marked = await mark(syncing, copy.visitId, batch.value);
  if (marked === 'offline') return new RemoteError('unavailable', 'The browser knows of no network');
  if (marked === 'changed') return null;
  const failure = await sendBatch(syncing, copy, batch.value, sent);
  if (failure !== null) return afterFailure(syncing, copy, batch.value, failure, limits);
  // Batches grow while nothing has failed. While the act that fails is searched for, they stay as small as they are.
  if (limits.evidence.isAlive === null) limits.most = Math.min(limits.most * 2, limits.cap);
  limits.evidence.isAlive = true;
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
async function mark(
  { copies, now, undoMs }: Syncing,
  visitId: Id,
  batch: readonly Queued[],
): Promise<'marked' | 'changed' | 'offline'> {
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
  syncing: Syncing,
  copy: Copy,
  batch: readonly Queued[],
  evidence: Evidence,
): Promise<Answered<readonly Queued[]>> {
  for (const [index, queued] of batch.entries()) {
    const uploaded = await uploadPhotos(syncing, copy, queued, evidence);
    if (uploaded.end === 'withheld') return { ok: true, value: [] };
    if (uploaded.end !== 'failed') continue;
    return index === 0 ? { ok: false, failure: uploaded.failure } : { ok: true, value: batch.slice(0, index) };
  }
  return { ok: true, value: batch };
}

async function sendBatch(
  syncing: Syncing,
  before: Copy,
  batch: readonly Queued[],
  sent: Sent,
): Promise<RemoteError | null> {
  const { copies, unacknowledged } = syncing;
  const { visitId } = before;
  const [{ basedOn }] = batch as readonly [Queued];
  const commands = batch.map(({ command }) => command);
  const answered = await sendCommands(syncing, before, basedOn, commands);
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
  syncing: Syncing,
  copy: Copy,
  batch: readonly Queued[],
  failure: RemoteError,
  limits: Limits,
): Promise<RemoteError | null> {
  const { kind, index = -1, message, photos, quarantineId, status } = failure;
  const keepBack = async (queued: readonly Queued[], reason: Withheld): Promise<null> => {
    await withhold(syncing, copy.visitId, queued, reason);
    return null;
  };
  // The server keeps what a revoked device hands in for an operator.
  if (quarantineId !== undefined && isRevocation(failure))
    return keepBack(batch, { reason: 'quarantined', message: quarantineId });
  const bad = batch[index];
  if (kind === 'malformed' && bad !== undefined) {
    return keepBack([bad], { reason: kind, message, tried: triedAt(syncing.now(), bad.withheld?.tried) });
  }
  if (kind === 'photos-missing' && (await uploadAgain(syncing, copy, batch, photos, limits.uploadedAgain))) return null;
  const [first] = batch as readonly [Queued];
  const isTooLarge = kind === 'too-large' || status === 413;
  const isOne = batch.length === 1;
  const tried = triedAt(syncing.now(), first.withheld?.tried);
  if (isOne && kind === 'too-large') return keepBack([first], { reason: kind, message, tried });
  const isLast = readyCommands(copy, syncing.now()).length === 1 && first.withheld === undefined;
  // No act waits behind it, so that it may stay in the queue for some rounds.
  if (isOne && isLast && limits.evidence.isAlive !== true && limits.evidence.reached < LAST_ROUNDS) return failure;
  if (!(isTooLarge && !isOne) && !(await mayIsolate(syncing, copy, limits.evidence, failure, 'act'))) return failure;
  if (!isOne) {
    limits.most = Math.ceil(batch.length / 2);
    if (isTooLarge) limits.cap = limits.most;
    return isAskedToWait(failure) ? failure : null;
  }
  limits.evidence.left -= 1;
  limits.most = limits.cap;
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
