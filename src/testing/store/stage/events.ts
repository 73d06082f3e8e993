import type { EventShape, EventStore } from '../../../stores/event-store.ts';
import { pause } from '../../../util/runtime.ts';

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
export async function readData(store: EventStore, streamName: string): Promise<unknown[]> {
  return (await store.readStream(streamName)).events.map(({ data }) => data);
}

/** The numbers of the events of a stream, in its order. */
export async function readNumbers(store: EventStore, streamName: string): Promise<number[]> {
  return (await readData(store, streamName)).map((data) => (data as { n: number }).n);
}

/** The ids of events, in their order. */
export const idsOf = (found: readonly Readonly<{ messageId: string }>[]) => found.map(({ messageId }) => messageId);

/** The answer to a read of a stream that is missing. */
export const NO_STREAM = { currentStreamVersion: 0n, events: [], streamExists: false } as const;

/** Lets others go on. */
export const turn = (ms = 0): Promise<void> => pause(ms);

/** Looks again and again until the work has ended. */
export async function during<T>(work: Promise<T>, look: () => Promise<void>): Promise<T> {
  let done = false;
  const end = () => {
    done = true;
  };
  work.then(end, end);
  // Others go on after every few looks only: a store in memory then takes part in a turn that began earlier.
  for (let looks = 1; !done; looks += 1) {
    await look();
    if (looks % 4 === 0) await turn();
  }
  return work;
}

/** Appends twelve events to a stream, and leaves others the time for some reads after each. */
export async function appendSlowly(store: EventStore, streamName: string): Promise<void> {
  for (const n of numbers(1, 12)) {
    await store.appendToStream(streamName, events(n));
    await turn(12);
  }
}
