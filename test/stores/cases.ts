import type { EventShape, EventStore, FeedEvent } from '../../src/stores/event-store.ts';

/** The event number `n`; its id is `event-n`. */
export function event(n: number, data: object = { n }): EventShape {
  return { type: 'Counted', data, metadata: { eventId: `event-${n}` } };
}

export function events(...numbers: number[]): EventShape[] {
  return numbers.map((n) => event(n));
}

/** All events of a store in the order of the feed, however many there are. */
export async function wholeFeed(store: EventStore): Promise<FeedEvent[]> {
  const all: FeedEvent[] = [];
  for (;;) {
    const page = await store.readFeed({ after: all.at(-1)?.cursor ?? null, maxCount: 10_000 });
    if (page.length === 0) return all;
    all.push(...page);
  }
}

/** The message ids of a stream, in its order. */
export async function idsOf(store: EventStore, streamName: string): Promise<string[]> {
  return (await store.readStored(streamName)).map(({ messageId }) => messageId);
}
