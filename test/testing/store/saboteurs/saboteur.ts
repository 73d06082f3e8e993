import type {
  AppendToStreamOptions,
  AppendToStreamResult,
  EventShape,
  EventStore,
  FeedEvent,
  ReadStreamOptions,
  ReadStreamResult,
} from '../../../../src/stores/event-store.ts';
import type { Place, Sabotage } from '../memory-host.ts';

/** A store with one fault, and the case that must notice it. */
export type Saboteur = Sabotage & { readonly fault: string; readonly killedBy: string };

export type Append = (
  streamName: string,
  events: readonly EventShape[],
  options?: AppendToStreamOptions,
) => Promise<AppendToStreamResult>;
export type Read = (streamName: string, options?: ReadStreamOptions) => Promise<ReadStreamResult>;

export const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets others go on until their next timers, too. */
export const pause = (ms = 3) => new Promise((resolve) => setTimeout(resolve, ms));

/** Appends otherwise. */
export const appending = (how: (honest: EventStore, place: Place) => Append): Sabotage => ({
  store: (honest, place) => ({ appendToStream: how(honest, place) as EventStore['appendToStream'] }),
});

/** Reads streams otherwise. */
export const reading = (how: (honest: EventStore, place: Place) => Read): Sabotage => ({
  store: (honest, place) => ({ readStream: how(honest, place) as EventStore['readStream'] }),
});

/** Writes other data than it was given. */
export const writing = (change: (event: EventShape) => EventShape): Sabotage =>
  appending((honest) => async (name, events, options) => honest.appendToStream(name, events.map(change), options));

/** Writes other values, deep in the data and in the metadata but for the id. */
export const changing = (change: (value: unknown) => unknown): Sabotage =>
  reading((honest) => async (name, options) => {
    const read = await honest.readStream(name, options);
    return { ...read, events: read.events.map((event) => ({ ...event, data: deep(event.data, change) as object })) };
  });

export function deep(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => deep(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  const entries = Object.entries(value).map(([key, item]) => [change(key), deep(item, change)]);
  return Object.fromEntries(entries);
}

export const text = (change: (text: string) => unknown) => (value: unknown) =>
  typeof value === 'string' ? change(value) : value;

/** Calls streams otherwise, wherever one is named. */
export const naming = (change: (name: string) => string): Sabotage => ({
  store: (honest) => ({
    appendToStream: (name, events, options) => honest.appendToStream(change(name), events, options),
    readStream: (name, options) => honest.readStream(change(name), options),
    streamExists: (name) => honest.streamExists(change(name)),
    readStored: (name, range) => honest.readStored(change(name), range),
  }),
});

/** Shows other pages of the feed. */
export const feeding = (change: (page: FeedEvent[], whole: FeedEvent[]) => FeedEvent[]): Sabotage => ({
  store: (honest) => ({
    readFeed: async (range) => change(await honest.readFeed(range), await honest.readFeed({ maxCount: 10_000 })),
  }),
});

export const pastConflict = (options: AppendToStreamOptions = {}): AppendToStreamOptions =>
  options.rows === undefined ? {} : { rows: options.rows };

export const answerOf = (version: bigint): AppendToStreamResult => ({
  nextExpectedStreamVersion: version,
  createdNewStream: false,
  lastEventGlobalPosition: version,
  repeated: false,
});

export const withoutIds = (events: readonly EventShape[]) =>
  events.map(({ type, data, metadata }) => ({ type, data, metadata: { ...metadata, eventId: crypto.randomUUID() } }));

/** With the keys of every record in order. */
export function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, item]) => [key, sorted(item)]),
  );
}
