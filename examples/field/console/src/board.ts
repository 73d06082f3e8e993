/** The board of the center, the claims and the contacts of the phones, as the stream of the server keeps them (`follow.ts`). */
import { batch, computed, signal } from '@preact/signals';
import type { Claim } from '../../server/claims.ts';
import type { FieldDevice } from '../../server/devices.ts';
import type { Disagreement } from '../../server/disagreements.ts';
import type { Note } from '../../server/notes.ts';
import type { Shift } from '../../server/shifts.ts';
import type { FieldProvider } from '../../server/telephones.ts';
import { keptMap } from './kept.ts';
import { type Aged, byAge, queueOf, type Row, reaged, requeued, type Waiting, withDisagreements } from './queue.ts';
import { sounded } from './sounds.ts';

/** The last contact of a phone with the server; `seen`: how many events of each visit it had. */
export type Contact = Readonly<{ at: string; seen: ReadonlyMap<string, number> }>;

export const rows = keptMap<Row>();
export const queue = signal<readonly Waiting[]>([]);
/** Disagreements of providers that have no answer. */
export const disagreements = keptMap<Disagreement>();
/** All that waits for the center: on the board, and the disagreements. */
export const waitingNow = computed(() => withDisagreements(queue.value, disagreements.value.values(), rows.peek()));
/** All visits of the board, what is owed for longest first. */
export const visits = signal<readonly Aged[]>([]);
export const claims = signal<ReadonlyMap<string, Claim>>(new Map());
/** By provider: that of the phone which called last. */
export const contacts = signal<ReadonlyMap<string, Contact>>(new Map());
/** The phones of the providers. */
export const phones = signal<readonly FieldDevice[]>([]);
/** The providers by their ids, with a visit or without. */
export const providers = signal<ReadonlyMap<string, FieldProvider>>(new Map());
/** The number of events that a visit has now, as the stream said last. */
export const versions = keptMap<number>();
/** Counts the times that the server had this screen read all again: what is shown may have been erased. */
export const resets = signal(0);
export const lastNote = signal<Note | null>(null);
/** The last change of a client's link, code or session, with a number of its own. */
export const lastClientChange = signal<Readonly<{ visitId: string; count: number }> | null>(null);
/** The disagreement that was made or answered last. */
export const lastDisagreement = signal<Disagreement | null>(null);
export const lastShift = signal<Shift | null>(null);
/** The number of batches of revoked phones that wait for a decision. */
export const quarantined = signal(0);
/** `stale`: shown as it was when the connection was lost. */
export const connection = signal<'opening' | 'live' | 'stale'>('opening');

export const withEntry = <T>(map: ReadonlyMap<string, T>, key: string, value: T | null): ReadonlyMap<string, T> => {
  const changed = new Map(map);
  if (value === null) changed.delete(key);
  else changed.set(key, value);
  return changed;
};

/** A visit as the stream says it: its number of events, and its row, null if it has left the board. */
export type Change = Readonly<{ visitId: string; version: number; row: Row | null }>;

export function change({ visitId, version, row }: Change): void {
  if ((versions.peek().get(visitId) ?? 0) > version) return;
  const before = queue.peek();
  batch(() => {
    rows.set(visitId, row);
    versions.set(visitId, version);
    queue.value = requeued(before, visitId, row);
    visits.value = reaged(visits.peek(), visitId, row);
  });
  const own = (list: readonly Waiting[]) => list.filter((one) => one.row.visitId === visitId);
  sounded(own(before), own(queue.peek()));
}

/** Replaces the board by what was read. */
export function show(all: readonly Row[]): void {
  const isFirst = connection.peek() === 'opening';
  const before = queue.peek();
  batch(() => {
    rows.replace(all.map((row) => [row.visitId, row]));
    versions.replace(all.flatMap(({ visitId, version }) => (version === undefined ? [] : [[visitId, version]])));
    queue.value = queueOf(all);
    visits.value = byAge(all);
    connection.value = 'live';
  });
  // What waits when the console is opened is no news.
  sounded(isFirst ? queue.peek() : before, queue.peek());
}

export function clear(): void {
  batch(() => {
    rows.replace([]);
    versions.replace([]);
    disagreements.replace([]);
    queue.value = [];
    visits.value = [];
    connection.value = 'opening';
  });
}

/** The other person who holds a visit now. */
export function heldBy(visitId: string, at: number): Claim | null {
  const claim = claims.value.get(visitId);
  return claim === undefined || Date.parse(claim.until) < at ? null : claim;
}
