/** Disagreements of the user with what the center decided: kept on the phone until the center has them, then with its answer. */
import { signal } from '@preact/signals';
import type { Disagreement } from '../../server/disagreements.ts';
import { keep, restoreKept } from './kept.ts';
import { now, type Phone } from './phone.ts';
import { headers } from './session.ts';

export type OwnDisagreement = Pick<Disagreement, 'disagreementId' | 'visitId' | 'at' | 'reason' | 'answer'> &
  Readonly<{ status: 'waiting' | 'received' | 'refused' }>;

export const disagreements = signal<readonly OwnDisagreement[]>([]);

let key = '';
/** Resolves once those that were kept are shown. */
let ready: Promise<unknown> = Promise.resolve();

const keptUnder = (): readonly OwnDisagreement[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
};

async function save(list: readonly OwnDisagreement[]): Promise<void> {
  disagreements.value = list;
  await keep(key, JSON.stringify(list));
}

/** Removes the disagreements in a visit; false while the center has not got one. */
export async function forgetDisagreements(visitId: string): Promise<boolean> {
  await ready;
  const list = disagreements.peek();
  const own = list.filter((one) => one.visitId === visitId);
  if (own.some(({ status }) => status === 'waiting')) return false;
  if (own.length > 0) await save(list.filter((one) => one.visitId !== visitId));
  return true;
}

const pathOf = (visitId: string) => `/api/visits/${encodeURIComponent(visitId)}/disagreements`;

/** Keeps a disagreement; resolves when it is on the disk. It is sent at once, or as soon as the center can be reached. */
export async function disagree(visitId: string, reason: string): Promise<void> {
  const made = { disagreementId: `d-${crypto.randomUUID()}`, visitId, at: now(), reason, answer: null } as const;
  await save([...disagreements.peek(), { ...made, status: 'waiting' }]);
  void exchange();
}

/** True for an answer that would be the same however often it is sent: not without a session, in a rush, or while the server fails. */
export const isFinal = ({ status }: Response) => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

async function sent(one: OwnDisagreement): Promise<OwnDisagreement> {
  const { disagreementId, at, reason } = one;
  const response = await fetch(pathOf(one.visitId), {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ disagreementId, at, reason }),
  });
  if (response.ok) return { ...one, status: 'received' };
  return isFinal(response) ? { ...one, status: 'refused' } : one;
}

async function answered(one: OwnDisagreement): Promise<OwnDisagreement> {
  const response = await fetch(pathOf(one.visitId), { headers });
  if (!response.ok) return one;
  const { disagreements: known }: { disagreements: readonly Disagreement[] } = await response.json();
  return { ...one, answer: known.find(({ disagreementId }) => disagreementId === one.disagreementId)?.answer ?? null };
}

let isBusy = false;
let isAskedAgain = false;

/** Sends what waits, and asks for the answers that are not here yet. */
async function exchange(): Promise<void> {
  if (isBusy) {
    isAskedAgain = true;
    return;
  }
  isBusy = true;
  const ofPerson = key;
  try {
    for (const one of disagreements.peek()) {
      // Another person may have entered meanwhile: nothing of this one is theirs, to send or to see.
      if (key !== ofPerson) break;
      if (one.status === 'refused' || one.answer !== null) continue;
      const changed = await (one.status === 'waiting' ? sent(one) : answered(one));
      const isSame = changed.status === one.status && changed.answer === one.answer;
      // Others may have been added meanwhile.
      if (!isSame && key === ofPerson)
        await save(disagreements.peek().map((each) => (each.disagreementId === one.disagreementId ? changed : each)));
    }
  } catch {
    // Without a signal it waits for the next round.
  } finally {
    isBusy = false;
  }
  if (!isAskedAgain) return;
  isAskedAgain = false;
  await exchange();
}

/** Exchanges disagreements with the center after each sync of the phone; answers how to stop. */
export function followDisagreements({ actorId, status }: Phone): () => void {
  key = `disagreements ${actorId}`;
  disagreements.value = [];
  let last: string | null | undefined;
  ready = restoreKept([key])
    .catch(console.error)
    .then(() => {
      disagreements.value = keptUnder();
    });
  return status.subscribe(({ lastSyncAt }) => {
    if (lastSyncAt === last) return;
    last = lastSyncAt;
    void ready.then(exchange);
  });
}
