/** The instructions that providers have read, and how far each has come: sent, on the phone, read. */
import { signal } from '@preact/signals';
import type { Id } from 'auxilio';
import { useEffect } from 'preact/hooks';
import type { Read } from '../../server/reads.ts';
import type { ToRead } from '../../ui/to-read.ts';
import { get, visitPath } from './api.ts';
import { connection, contacts, withEntry } from './board.ts';

/** The readings of the visits that were opened here, by visit. */
export const reads = signal<ReadonlyMap<Id, readonly Read[]>>(new Map());

/** Asks for what was read of a visit; null without an answer. */
export async function readsOf(visitId: Id): Promise<readonly Read[] | null> {
  const answer = await get<{ reads: readonly Read[] }>(`${visitPath(visitId)}/reads`);
  return answer.ok ? answer.value.reads : null;
}

function add(visitId: Id, found: readonly Read[]): void {
  const known = reads.peek().get(visitId) ?? [];
  const isKnown = (read: Read) =>
    known.some(
      ({ position, providerId, device }) =>
        read.position === position && read.providerId === providerId && read.device === device,
    );
  reads.value = withEntry(reads.peek(), visitId, [...known, ...found.filter((read) => !isKnown(read))]);
}

/** Takes a reading of which the stream tells. */
export const heardRead = (read: Read): void => add(read.visitId, [read]);

/** Keeps what was read of the visit on the screen: after the connection was lost it is asked for again. */
export function useReads(visitId: Id, isReader = false): void {
  const isLive = connection.value === 'live';
  useEffect(() => {
    if (isReader || !isLive) return;
    readsOf(visitId).then((found) => found && add(visitId, found));
  }, [visitId, isLive, isReader]);
}

/** The first reading of an instruction by the one to whom it was given, on any device. */
export const readingOf = (known: readonly Read[], { position, providerId }: ToRead): Read | undefined =>
  known
    .filter((read) => read.position === position && read.providerId === providerId)
    .sort((one, other) => (one.at < other.at ? -1 : 1))[0];

/** The progress of an instruction with the one who has to read it. */
export type Reach = Readonly<{ state: 'sent' | 'held' }> | Readonly<{ state: 'read'; read: Read }>;

export function reachOf(visitId: Id, told: ToRead): Reach {
  const read = readingOf(reads.value.get(visitId) ?? [], told);
  if (read !== undefined) return { state: 'read', read };
  const seen = contacts.value.get(told.providerId)?.seen.get(visitId) ?? 0;
  return { state: seen >= told.position ? 'held' : 'sent' };
}
