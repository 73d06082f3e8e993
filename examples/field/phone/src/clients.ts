/** The telephones of the clients at one's open visits: data of the host, which no event has, kept for where there is no signal. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ReplicaStatus, ReplicaVisit } from 'auxilio/replica';
import type { ClientNumbersReply } from '../../server/telephones.ts';
import { headers } from './session.ts';
import { isOpen } from './shown-visits.ts';

/** The numbers that are known, by the ids of the visits. */
export const clientNumbers = signal<Readonly<Record<string, string>>>({});

type Followed = Readonly<{
  actorId: string;
  visits: ReadonlySignal<readonly ReplicaVisit[]>;
  status: ReadonlySignal<Pick<ReplicaStatus, 'lastSyncAt' | 'revoked'>>;
}>;

/**
 * Shows the numbers that are kept, and asks the server for them after a round as long as one is not known. Those of visits that ended
 * are not kept; a revoked phone keeps none. Answers how to ask at once, and how to stop.
 */
export function followClientNumbers({ actorId, visits, status }: Followed): { renew: () => void; stop: () => void } {
  const key = `clients/${actorId}`;
  try {
    clientNumbers.value = JSON.parse(localStorage.getItem(key) ?? '{}');
  } catch {
    clientNumbers.value = {};
  }
  async function ask(): Promise<void> {
    const response = await fetch('/api/telephones', { headers });
    if (!response.ok || status.peek().revoked) return;
    const { clients }: ClientNumbersReply = await response.json();
    clientNumbers.value = Object.fromEntries(clients.map(({ visitId, number }) => [visitId, number]));
    localStorage.setItem(key, JSON.stringify(clientNumbers.value));
  }
  const renew = () => void ask().catch(console.error);
  const lacking = computed(() =>
    visits.value
      .filter((visit) => isOpen(visit, actorId) && clientNumbers.value[visit.visitId] === undefined)
      .map(({ visitId }) => visitId)
      .join(' '),
  );
  const syncedAt = computed(() => status.value.lastSyncAt);
  const isRevoked = computed(() => status.value.revoked);
  const stopAsking = effect(() => {
    if (syncedAt.value !== null && lacking.value !== '' && !isRevoked.value) renew();
  });
  const stopRemoving = effect(() => {
    if (!isRevoked.value) return;
    clientNumbers.value = {};
    localStorage.removeItem(key);
  });
  return {
    renew,
    stop() {
      stopAsking();
      stopRemoving();
    },
  };
}
