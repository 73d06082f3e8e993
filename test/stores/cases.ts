import type { EventShape, EventStore } from '../../src/stores/event-store.ts';

/** The event number `n`; its id is `event-n`. */
export function event(n: number, data: object = { n }): EventShape {
  return { type: 'Counted', data, metadata: { eventId: `event-${n}` } };
}

export function events(...numbers: number[]): EventShape[] {
  return numbers.map((n) => event(n));
}

/** The message ids of a stream, in its order. */
export async function idsOf(store: EventStore, streamName: string): Promise<string[]> {
  return (await store.readStored(streamName)).map(({ messageId }) => messageId);
}
