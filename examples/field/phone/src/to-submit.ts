import type { CommandType, Id, Sha256 } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';

type Taken = Readonly<{ photoId: Id; sha256: Sha256; isSent: boolean }>;

/** Most photographs that one act sends. */
const MOST = 100;

/**
 * The photographs whose sending is to be recorded without a touch: those that were taken and not sent, once the center has all their bytes. Before
 * the work only where sending them is next, so that a shot that is still to be taken is sent with the others. One whose act can still
 * be undone here waits for it.
 */
export function toSubmit(
  { pending, photos, local }: Pick<ReplicaVisit, 'pending' | 'photos' | 'local'>,
  taken: readonly Taken[],
  { next, open }: Readonly<{ next: CommandType | undefined; open: readonly CommandType[] }>,
): readonly Id[] {
  const unsent = taken.filter(({ isSent }) => !isSent);
  const held = new Set(photos.flatMap(({ sha256, uploadedAt }) => (uploadedAt === undefined ? [] : sha256)));
  const isDue = next === 'SubmitPhotos' || (local.work.startedAt !== null && open.includes('SubmitPhotos'));
  const isTaken = pending.every(({ command }) => command.type !== 'TakePhotos');
  if (!isDue || !isTaken || !unsent.every(({ sha256 }) => held.has(sha256))) return [];
  return unsent.slice(0, MOST).map(({ photoId }) => photoId);
}
