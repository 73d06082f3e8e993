import type { EventShape, EventStore } from '../../src/stores/port.ts';

/** A law of the port: it throws when the store breaks it. Each run gets a fresh store. */
export type StoreCase = Readonly<{ title: string; run: (store: EventStore) => Promise<void> }>;

export function cases(chapter: string, laws: Record<string, StoreCase['run']>): StoreCase[] {
  return Object.entries(laws).map(([title, run]) => ({ title: `${chapter}: ${title}`, run }));
}

/** The event number `n`; its id is `event-n`. */
export function event(n: number, data: object = { n }): EventShape {
  return { type: 'Counted', data, metadata: { eventId: `event-${n}` } };
}

export function events(...numbers: number[]): EventShape[] {
  return numbers.map((n) => event(n));
}

/** What the stream holds, in its order. */
export async function dataOf(store: EventStore, streamName: string): Promise<unknown[]> {
  return (await store.readStream(streamName)).events.map(({ data }) => data);
}

/** The message ids of a stream, in its order. */
export async function idsOf(store: EventStore, streamName: string): Promise<string[]> {
  return (await store.readStored(streamName)).map(({ messageId }) => messageId);
}
