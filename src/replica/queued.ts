/** Changes of a single command that waits, found by its id. */
import type { Id, Sha256 } from '../messages/index.ts';
import { asWithheld, idOf, photosOf, withPhoto } from './copies/confirming.ts';
import type { Change } from './copies/copies.ts';
import type { Copy, ReplicaPhoto } from './copies/copy.ts';
import type { Host } from './host.ts';

/** Changes the copy in whose queue a command is; null if no copy has it. */
export async function changeQueued<T>(
  { copies, opened }: Host,
  commandId: Id,
  change: (copy: Copy) => Change<T>,
): Promise<T | null> {
  const queuedIn = async (): Promise<Id | null> => {
    for (const { visitId, waiting, withheld } of [...copies.heads.values()]) {
      const { queue } = waiting + withheld === 0 ? { queue: [] } : await copies.read(visitId);
      if (queue.some(({ command }) => command.metadata.commandId === commandId)) return visitId;
    }
    return null;
  };
  await opened();
  let visitId = await queuedIn();
  if (visitId === null) {
    // Another tab may have recorded it.
    await copies.refresh();
    visitId = await queuedIn();
  }
  return visitId === null ? null : copies.updateStored(visitId, change);
}

/** Withholds a waiting command, since the user says so; false if none waits under the id. */
export function withholdAct(commandId: Id, message: string, copy: Copy): Change<boolean> {
  const found = copy.queue.find((queued) => idOf(queued) === commandId);
  if (found === undefined) return { copy, answer: false };
  return { copy: asWithheld(copy, found.place, { reason: 'given-up', message }), answer: true };
}

/** Lets a withheld command go on, and offers its photographs again; false if none waits under the id. */
export function releaseAct(commandId: Id, copy: Copy): Change<boolean> {
  const found = copy.queue.find((queued) => idOf(queued) === commandId);
  if (found === undefined) return { copy, answer: false };
  const { withheld: _, ...waiting } = found;
  const queue = copy.queue.map((queued) => (queued === found ? waiting : queued));
  return { copy: photosOf(copy, found).reduce(withoutRefusal, { ...copy, queue }), answer: true };
}

function withoutRefusal(copy: Copy, sha256: Sha256): Copy {
  const { refused, ...photo } = copy.photos.get(sha256) ?? {};
  return refused === undefined ? copy : withPhoto(copy, photo as ReplicaPhoto);
}
