import type { EventShape, EventStore } from '../../stores/event-store.ts';

/** The event number `n`; its id is `event-n`. */
export function event(n: number, data: object = { n }): EventShape {
  return { type: 'Counted', data, metadata: { eventId: `event-${n}` } };
}

export function events(...numbers: readonly number[]): EventShape[] {
  return numbers.map((n) => event(n));
}

/** The numbers from `first` to `last`. */
export function numbers(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Reads the numbers in the events of a stream, in order. */
export async function dataOf(store: EventStore, streamName: string): Promise<unknown[]> {
  return (await store.readStream(streamName)).events.map(({ data }) => data);
}

/** The numbers of the events of a stream, in its order. */
export async function numbersOf(store: EventStore, streamName: string): Promise<number[]> {
  return (await dataOf(store, streamName)).map((data) => (data as { n: number }).n);
}

/** Lets others go on. */
export function turn(ms = 0): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
