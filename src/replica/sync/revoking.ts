import type { Sha256 } from '../../messages/index.ts';
import type { Copies } from '../copies/copies.ts';
import type { Copy } from '../copies/copy.ts';

/**
 * Removes what the server has from a device that was revoked: the events of its visits, and the bytes that were uploaded. What was
 * not handed in stays.
 */
export async function removeSynced(
  copies: Copies,
  dropBytes: (hashes: readonly Sha256[]) => Promise<void>,
): Promise<void> {
  for (const { visitId, bytes } of [...copies.heads.values()]) {
    const isDropped = await copies.drop(visitId, isHandedIn);
    if (isDropped === null) {
      await copies.edit(visitId, withoutSynced);
    }
    await dropBytes(bytes);
  }
}

/** True if the server has all that was recorded on the device. */
const isHandedIn = ({ queue, photos }: Copy): boolean =>
  queue.every(({ withheld }) => withheld?.reason === 'quarantined') &&
  [...photos.values()].every(({ uploadedAt }) => uploadedAt !== undefined);

function withoutSynced(copy: Copy): Copy {
  const photos = new Map([...copy.photos].filter(([, { uploadedAt }]) => uploadedAt === undefined));
  // What names a photograph that the server lacks stays, or its bytes would not be sent.
  const isNaming = (act: unknown) => [...photos.keys()].some((sha256) => JSON.stringify(act).includes(sha256));
  const queue = copy.queue.filter((queued) => queued.withheld?.reason !== 'quarantined' || isNaming(queued));
  return { ...copy, events: [], own: [...copy.events, ...copy.own].filter(isNaming), queue, photos };
}
