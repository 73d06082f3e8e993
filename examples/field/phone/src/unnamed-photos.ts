import type { Instant } from 'auxilio';
import type { Replica, ReplicaVisit } from 'auxilio/replica';

/**
 * Removes the photographs that neither an act nor a draft names: they were chosen and left out again, or their act was undone. They would
 * stay on the phone as long as the visit, and are never sent. Those that were added after `since` stay: a form that is open in another
 * window may have one that its draft does not name yet.
 */
export async function dropUnnamed(replica: Replica, visits: readonly ReplicaVisit[], since: Instant): Promise<void> {
  for (const { visitId, photos } of visits) {
    // One that was refused or lost is shown until the user leaves it out.
    const unsent = photos.filter(
      ({ uploadedAt, refused, lost, addedAt }) => !uploadedAt && !refused && !lost && addedAt < since,
    );
    if (unsent.length === 0) continue;
    const drafts = JSON.stringify(await replica.drafts.list(visitId));
    for (const { sha256 } of unsent) {
      // One that an act names is not removed.
      if (!drafts.includes(sha256)) await replica.photos.remove(visitId, sha256);
    }
  }
}
