/** Frees what a full device can do without. */
import type { Id, Sha256 } from '../messages/index.ts';
import { ALL_VISITS, type Head, prefixOf } from './copies/copy.ts';
import { forgetVisit } from './forgetting.ts';
import type { Host } from './host.ts';

/**
 * Removes what the server has, by deletions alone: visits that ended and are synced, and the bytes of photographs that were
 * uploaded, though no log says yet that they are sent. False if there was nothing.
 */
export async function freeRoom(host: Host, writing?: Id): Promise<boolean> {
  const { copies, store } = host;
  let isFreed = false;
  for (const { visitId, hasEnded } of [...copies.heads.values()]) {
    if (!hasEnded || visitId === writing) continue;
    // Its turn is not waited for: a write in it may be waiting for this one.
    await forgetVisit(host, visitId, { drop: copies.dropNow }).catch(() => undefined);
    isFreed ||= !copies.heads.has(visitId);
  }
  for (const sha256 of await uploadedBytes(host)) {
    await store.dropBlob(sha256);
    isFreed = true;
  }
  return isFreed;
}

/** The hashes of the bytes on the device that the server has for every visit that names them. */
async function uploadedBytes({ copies, store, actor }: Host): Promise<readonly Sha256[]> {
  const needed = new Set<Sha256>();
  const uploaded = new Set<Sha256>();
  for (const { visitId, bytes } of [...copies.heads.values()]) {
    if (bytes.length === 0) continue;
    for (const { sha256, uploadedAt } of (await copies.read(visitId)).photos.values()) {
      (uploadedAt === undefined ? needed : uploaded).add(sha256);
    }
  }
  // Those of another person on the device.
  for (const { group, head } of await store.listGroups(ALL_VISITS)) {
    const { bytes = [] }: Partial<Head> = JSON.parse(head ?? '{}');
    if (!group.startsWith(prefixOf(actor))) for (const sha256 of bytes) needed.add(sha256);
  }
  const here = (await store.listBlobs()).map(({ sha256 }) => sha256);
  return here.filter((sha256) => uploaded.has(sha256) && !needed.has(sha256));
}
