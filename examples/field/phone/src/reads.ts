/** The instructions that the user has read: kept on the phone, and sent until the center has them. */
import { signal } from '@preact/signals';
import type { Id, Instant } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { instructionsToRead, type ToRead } from '../../ui/to-read.ts';
import { isFinal } from './disagreements.ts';
import { toldIn } from './instructed.ts';
import { keep, restoreKept } from './kept.ts';
import { now, type Phone } from './phone.ts';
import { isGuided } from './review.ts';
import { headers, session } from './session.ts';

/** `given`: the time of the instruction; `at`: the time at which it was read. */
type OwnRead = Readonly<{ visitId: Id; position: number; given: Instant; at: Instant; isSent: boolean }>;

/** The readings of this phone, and the time since which instructions that change nothing any more are shown here, too. */
type Kept = Readonly<{ since: Instant; reads: readonly OwnRead[] }>;

/** The readings of this phone; null until they are known. */
export const kept = signal<Kept | null>(null);

/** The number of readings that are remembered. */
const most = 200;
/** The clock of a phone may be ahead of that of the server. */
const aheadMs = 3_600_000;

let key = '';

function stored(under = key): Kept {
  try {
    const found: Kept | null = JSON.parse(localStorage.getItem(under) ?? 'null');
    if (Array.isArray(found?.reads)) return found;
  } catch (error) {
    console.error(error);
  }
  return { since: new Date(Date.now() - aheadMs).toISOString(), reads: [] };
}

// Another window may have read it.
addEventListener('storage', ({ key: changed }) => {
  if (changed === key && kept.peek() !== null) kept.value = stored();
});

async function save(change: (reads: readonly OwnRead[]) => readonly OwnRead[], under = key): Promise<void> {
  const { since, reads } = stored(under);
  const next = { since, reads: change(reads).slice(-most) };
  if (under === key) kept.value = next;
  await keep(under, JSON.stringify(next));
}

const idOf = ({ visitId, position, given }: Omit<OwnRead, 'at' | 'isSent'>) =>
  JSON.stringify([visitId, position, given]);

/** Keeps one of two readings of the same instruction: one that was sent, if one was. */
function unite(reads: readonly OwnRead[]): readonly OwnRead[] {
  const united = new Map<string, OwnRead>();
  for (const one of reads) {
    const id = idOf(one);
    if (!united.get(id)?.isSent) united.set(id, one);
  }
  return [...united.values()];
}

export type Unread = ToRead & Readonly<{ visit: ReplicaVisit }>;

/** The time at which an instruction was recorded. */
const recordedAt = ({ event: { data, metadata } }: ToRead): Instant => metadata?.recordedAt ?? data.at;

/** The instructions that the user has not read, the oldest first. One from before this phone was theirs is shown only while it holds. */
export function unreadIn(visits: readonly ReplicaVisit[], actorId: Id, { since, reads }: Kept): readonly Unread[] {
  const read = new Set(reads.map(idOf));
  return visits
    .flatMap((visit) => {
      const isRead = ({ position, event }: ToRead) =>
        read.has(idOf({ visitId: visit.visitId, position, given: event.data.at }));
      const holds = ({ event }: ToRead) =>
        isGuided(visit, actorId) && toldIn(visit, actorId).some((told) => told.event === event && told.isNew);
      return instructionsToRead(visit.events)
        .filter((one) => one.providerId === actorId && !isRead(one) && (recordedAt(one) >= since || holds(one)))
        .map((one) => ({ ...one, visit }));
    })
    .sort((one, other) => (recordedAt(one) < recordedAt(other) ? -1 : 1));
}

/** Keeps that an instruction was read; it is sent at once, or as soon as the center can be reached. */
export async function noteRead({ visit: { visitId }, position, event }: Unread): Promise<void> {
  await save((reads) => [...reads, { visitId, position, given: event.data.at, at: now(), isSent: false }]);
  await exchange();
}

let isBusy = false;

/** Sends what waits, as long as the center answers and the person is the same. */
async function exchange(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  const ofPerson = key;
  const isTheirs = () => key === ofPerson && key === keyOf(session.peek()?.actorId);
  try {
    for (;;) {
      const one = isTheirs() ? stored().reads.find(({ isSent }) => !isSent) : undefined;
      if (one === undefined) return;
      const { visitId, position, given, at } = one;
      const response = await fetch(`/api/visits/${encodeURIComponent(visitId)}/reads`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ position, given, at }),
      });
      if (!isTheirs() || !(response.ok || isFinal(response))) return;
      await save((reads) => reads.map((each) => (idOf(each) === idOf(one) ? { ...each, isSent: true } : each)));
    }
  } catch {
    // Without a signal it waits for the next round.
  } finally {
    isBusy = false;
  }
}

const keyOf = (actorId: Id | undefined) => `read ${actorId}`;

/** Sends what was read after each sync of the phone; answers how to stop. */
export function followReads({ actorId, status }: Phone): () => void {
  const own = keyOf(actorId);
  key = own;
  kept.value = null;
  // A page that was left at once may know of readings that the disk does not have.
  const { reads: known } = stored();
  const ready = restoreKept([own])
    .then(() => save((reads) => unite([...reads, ...known]), own))
    .catch(console.error);
  let last: string | null | undefined;
  return status.subscribe(({ lastSyncAt }) => {
    if (lastSyncAt === last) return;
    last = lastSyncAt;
    void ready.then(exchange);
  });
}
