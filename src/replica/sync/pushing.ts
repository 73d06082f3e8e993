/** The commands of a visit are sent in their order, in batches that the server takes; photographs before what says that they are sent. */
import type { Id, Instant, Sha256, VisitEvent } from '../../messages/index.ts';
import { LIMITS } from '../../wire/index.ts';
import { exceedsBytes } from '../../wire/limits.ts';
import { isUndoable } from '../acting.ts';
import { confirmEvents, idOf, markSent, photosOf, withoutAnswered, withPhoto } from '../copies/confirming.ts';
import type { Copy, Queued, ReplicaPhoto } from '../copies/copy.ts';
import { isFull } from '../device/room.ts';
import { isOffline } from '../remote/calls.ts';
import { RemoteError } from '../remote/remote.ts';
import { type Syncing, sendCommands, withhold } from './exchange.ts';
import { isDue, triedAt } from './trying.ts';
import { uploadPhotos, uploadTaken } from './uploading.ts';

/** The outcomes of the commands of a round, by their ids. */
export type Sent = { accepted: Id[]; refused: Id[]; twin: Id[]; repeated: Id[] };

/** Sends what waits of a visit. @throws RemoteError, DivergedError, StoreError */
export async function pushVisit(syncing: Syncing, visitId: Id, sent: Sent): Promise<void> {
  await confirmLead(syncing, visitId);
  try {
    await pushQueue(syncing, visitId, sent);
  } catch (error) {
    if (!isFull(error) || !syncing.copies.heads.get(visitId)?.photosWaiting) throw error;
    // Photographs that the server has make room.
    await uploadTaken(syncing, await syncing.copies.read(visitId));
    await pushQueue(syncing, visitId, sent);
  }
}

async function pushQueue(syncing: Syncing, visitId: Id, sent: Sent): Promise<void> {
  const limits: Limits = { most: LIMITS.batchCommands, uploadedAgain: new Set() };
  for (;;) {
    syncing.mayGoOn();
    const copy = await syncing.copies.read(visitId);
    const planned = nextBatch(copy, limits.most, syncing.now());
    if (planned.length === 0) {
      if ((await uploadTaken(syncing, copy)) === 0) return;
      continue;
    }
    const batch = await withPhotos(syncing, copy, planned);
    if (batch === null || !(await mark(syncing, visitId, batch))) continue;
    try {
      await sendBatch(syncing, copy, batch, sent);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      await afterRefusal(syncing, copy, batch, error, limits);
    }
  }
}

/** Takes the lead of a visit at the server, if this device took it without a signal. */
async function confirmLead({ copies, remote, device, signal }: Syncing, visitId: Id): Promise<void> {
  const { lead } = await copies.read(visitId);
  if (lead?.confirmed !== false || lead.device !== device || remote.takeLead === undefined) return;
  try {
    await remote.takeLead(visitId, device, { signal });
  } catch (error) {
    // To a device that may not lead, as one of a former provider: what it recorded is handed in all the same.
    if (error instanceof RemoteError && (error.kind === 'forbidden' || error.kind === 'refused')) return;
    throw error;
  }
  await copies.edit(visitId, (copy) => ({ ...copy, lead: { device, confirmed: true } }));
}

/**
 * Marks a batch as sent, before it is; false if a command of it was undone meanwhile.
 *
 * @throws RemoteError where the browser knows of no network, and a command can still be undone
 */
async function mark({ copies, now, undoMs }: Syncing, visitId: Id, batch: readonly Queued[]): Promise<boolean> {
  const mayBeUndone = batch.some((queued) => isUndoable(queued, now(), undoMs));
  if (mayBeUndone && isOffline()) throw new RemoteError('unavailable', 'The browser knows of no network');
  try {
    return await copies.update(visitId, (copy) => {
      const isWhole = batch.every(({ place }) => copy.queue.some((queued) => queued.place === place));
      return { copy: isWhole ? markSent(copy, batch, now()) : copy, answer: isWhole };
    });
  } catch (error) {
    // The mark keeps an act from being undone; where there is no room for it, those go that can no longer be.
    if (isFull(error) && !mayBeUndone) return true;
    throw error;
  }
}

/** The limits of the next batch, and the photographs that were uploaded again since the server lacked them. */
type Limits = { most: number; readonly uploadedAgain: Set<Sha256> };

/** The next commands that can go together: of one `basedOn`, within the limits. */
function nextBatch({ queue }: Copy, most: number, now: Instant): readonly Queued[] {
  const batch: Queued[] = [];
  let characters = 2;
  const isDueAgain = ({ withheld }: Queued) => withheld?.tried !== undefined && isDue(withheld.tried, now);
  for (const queued of queue) {
    if (queued.withheld !== undefined && !isDueAgain(queued)) continue;
    characters += JSON.stringify(queued.command).length + 1;
    // A character has three bytes at most.
    const isFull = characters * 3 > LIMITS.batchBytes && exceedsBytes(textOf([...batch, queued]), LIMITS.batchBytes);
    if (batch.length > 0 && (queued.basedOn !== batch[0]?.basedOn || batch.length >= most || isFull)) break;
    batch.push(queued);
  }
  return batch;
}

const textOf = (batch: readonly Queued[]) => JSON.stringify(batch.map(({ command }) => command));

/**
 * Uploads the photographs that the commands of a batch say are sent, and answers the commands that may go: those before one whose
 * photographs cannot be uploaded now. `null` if one was withheld, since bytes are lost: the batch has to be made again.
 */
async function withPhotos(syncing: Syncing, copy: Copy, batch: readonly Queued[]): Promise<readonly Queued[] | null> {
  for (const [index, queued] of batch.entries()) {
    try {
      if (!(await uploadPhotos(syncing, copy, queued))) return null;
    } catch (error) {
      if (index === 0 || !(error instanceof RemoteError)) throw error;
      return batch.slice(0, index);
    }
  }
  return batch;
}

async function sendBatch(syncing: Syncing, before: Copy, batch: readonly Queued[], sent: Sent): Promise<void> {
  const { copies, unacknowledged } = syncing;
  const { visitId } = before;
  const [{ basedOn }] = batch as readonly [Queued];
  const commands = batch.map(({ command }) => command);
  const answer = await sendCommands(syncing, before, basedOn, commands);
  const left = await copies.update(visitId, (copy) => {
    const after = withoutAnswered(confirmEvents(copy, basedOn, answer), batch);
    const waits = batch.filter((one) => after.queue.some(({ place }) => place === one.place));
    const isOfBatch = (event: VisitEvent) => batch.some((one) => idOf(one) === event.metadata?.commandId);
    if (!after.events.slice(copy.events.length).every(isOfBatch)) unacknowledged.add(visitId);
    return { copy: after, answer: waits.length };
  });
  if (left > 0) {
    throw new RemoteError('unavailable', 'The server answered commands that its log does not have', {
      reason: 'incomplete-answer',
    });
  }
  for (const [index, { outcome }] of answer.outcomes.entries()) sent[outcome].push(idOf(batch[index] as Queued));
}

/** Goes on after the refusal of a batch, if it can. @throws the refusal if it cannot */
async function afterRefusal(
  syncing: Syncing,
  copy: Copy,
  batch: readonly Queued[],
  error: RemoteError,
  limits: Limits,
): Promise<void> {
  const { kind, index = -1, message, photos } = error;
  const [first] = batch as readonly [Queued];
  const bad = batch[index];
  // A device that was revoked still hands in what it has: the server keeps it for an operator.
  if (error.quarantineId !== undefined) {
    return withhold(syncing, copy.visitId, batch, { reason: 'quarantined', message: error.quarantineId });
  }
  if (kind === 'malformed' && bad !== undefined)
    return withhold(syncing, copy.visitId, [bad], { reason: kind, message });
  if (kind === 'too-large' && batch.length > 1) limits.most = Math.ceil(batch.length / 2);
  else if (kind === 'too-large') {
    const tried = triedAt(syncing.now(), first.withheld?.tried);
    await withhold(syncing, copy.visitId, [first], { reason: kind, message, tried });
  } else if (kind === 'photos-missing' && photos.length > 0) await sendAgain(syncing, copy, batch, error, limits);
  else throw error;
}

/**
 * The server lacks photographs: those that are here are uploaded once more, a command whose bytes are lost is withheld, and one
 * whose bytes are on another device waits for it.
 */
async function sendAgain(
  syncing: Syncing,
  copy: Copy,
  batch: readonly Queued[],
  error: RemoteError,
  { uploadedAgain }: Limits,
): Promise<void> {
  const { store, copies } = syncing;
  const lost: Sha256[] = [];
  for (const sha256 of error.photos) {
    if (!copy.photos.has(sha256) || uploadedAgain.has(sha256)) throw error;
    if ((await store.readBlob(sha256)) === null) lost.push(sha256);
    uploadedAgain.add(sha256);
    syncing.uploaded.delete(sha256);
  }
  await copies.edit(copy.visitId, (now) => notUploaded(now, error.photos, lost));
  const without = batch.filter((queued) => photosOf(copy, queued).some((sha256) => lost.includes(sha256)));
  await withhold(syncing, copy.visitId, without, { reason: 'photos-lost', message: lost.join(' ') });
}

function notUploaded(copy: Copy, missing: readonly Sha256[], lost: readonly Sha256[]): Copy {
  const known = missing.flatMap((sha256) => copy.photos.get(sha256) ?? []);
  const changed = known.map(
    ({ uploadedAt: _, ...photo }): ReplicaPhoto => (lost.includes(photo.sha256) ? { ...photo, lost: true } : photo),
  );
  return changed.reduce(withPhoto, copy);
}
