/** Data of the host at one's open visits, which no event has: kept for where there is no signal. */
import { computed, effect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { ReplicaStatus, ReplicaVisit } from 'auxilio/replica';
import { keep, restoreKept } from './kept.ts';
import { headers, isEntered } from './session.ts';
import { isOpen } from './shown-visits.ts';

export type Followed = Readonly<{
  actorId: string;
  visits: ReadonlySignal<readonly ReplicaVisit[]>;
  status: ReadonlySignal<Pick<ReplicaStatus, 'lastSyncAt' | 'revoked'>>;
}>;

/** The data by the ids of the visits, where they are kept and asked for, and which of the open visits they are not known of. */
type Data<T, Reply> = Readonly<{
  key: string;
  path: string;
  shown: Signal<Readonly<Record<string, T>>>;
  take: (reply: Reply) => readonly (readonly [visitId: string, value: T])[];
  isKnown: (visit: ReplicaVisit) => boolean;
}>;

/** Removes what is kept of a visit. */
export async function forgetOfVisit<T>(
  key: string,
  shown: Signal<Readonly<Record<string, T>>>,
  visitId: string,
): Promise<void> {
  const { [visitId]: _, ...others }: Record<string, T> = JSON.parse(localStorage.getItem(key) ?? '{}');
  shown.value = others;
  await keep(key, JSON.stringify(others));
}

/**
 * Shows what is kept, and asks the server after a round as long as something of an open visit is not known. What is of visits that ended
 * is not kept; a revoked phone keeps nothing. Answers how to ask at once, and how to stop.
 */
export function followOfVisits<T, Reply>(
  { actorId, visits, status }: Followed,
  { key, path, shown, take, isKnown }: Data<T, Reply>,
): { renew: () => void; stop: () => void } {
  shown.value = {};
  const show = () => {
    shown.value = JSON.parse(localStorage.getItem(key) ?? '{}');
  };
  const restored = restoreKept([key]).then(show, show);
  const isGone = () => status.peek().revoked || !isEntered(actorId);
  async function ask(): Promise<void> {
    await restored;
    const response = await fetch(path, { headers });
    if (!response.ok) return;
    const reply: Reply = await response.json();
    if (isGone()) return;
    shown.value = Object.fromEntries(take(reply));
    await keep(key, JSON.stringify(shown.value));
  }
  const renew = () => void ask().catch(console.error);
  const lacking = computed(() =>
    visits.value.flatMap((visit) => (isOpen(visit, actorId) && !isKnown(visit) ? visit.visitId : [])).join(' '),
  );
  const syncedAt = computed(() => status.value.lastSyncAt);
  const isRevoked = computed(() => status.value.revoked);
  const stopAsking = effect(() => {
    if (syncedAt.value !== null && lacking.value !== '' && !isRevoked.value) renew();
  });
  const stopRemoving = effect(() => {
    if (!isRevoked.value) return;
    void restored.then(() => {
      shown.value = {};
      return keep(key, null);
    });
  });
  return {
    renew,
    stop() {
      stopAsking();
      stopRemoving();
    },
  };
}
