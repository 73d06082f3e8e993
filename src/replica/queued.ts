/** Changes of a single command that waits, found by its id. */
import type { Id } from '../messages/index.ts';
import type { Change } from './copies/copies.ts';
import type { Copy, Queued } from './copies/copy.ts';
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

/** Withholds a waiting command, since the user says so, or lets it go on; false if none waits under the id. */
export function withholdAct(commandId: Id, message: string | null, copy: Copy): Change<boolean> {
  const isMeant = ({ command }: Queued) => command.metadata.commandId === commandId;
  if (!copy.queue.some(isMeant)) return { copy, answer: false };
  const queue = copy.queue.map((queued): Queued => {
    if (!isMeant(queued)) return queued;
    const { withheld: _, ...waiting } = queued;
    return message === null ? waiting : { ...waiting, withheld: { reason: 'given-up', message } };
  });
  return { copy: { ...copy, queue }, answer: true };
}
