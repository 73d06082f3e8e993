import { isVersionConflict } from '../../../stores/errors.ts';
import type { EventShape, EventStore } from '../../../stores/event-store.ts';
import { ensure, fail } from '../../assert.ts';
import { turn } from './events.ts';
import { type AppendRecord, checkHistory, type FinalStream } from './history-checker.ts';

/** A batch of a writer, with the ids of its events. */
export type Batch = { readonly writer: string; readonly stream: string; readonly ids: readonly string[] };

export function batch(writer: string, stream: string, n: number, size = 1): Batch {
  return { writer, stream, ids: Array.from({ length: size }, (_, part) => `${writer}-${stream}-${n}-${part}`) };
}

export function eventsOf({ ids }: Batch): EventShape[] {
  return ids.map((id) => ({ type: 'Written', data: { id }, metadata: { eventId: id } }));
}

type Told = (record: AppendRecord) => void;

/** Appends once, and returns the result. Only a conflict and a response are certain; any other error is rethrown. */
export async function attempt(
  store: EventStore,
  one: Batch,
  expected: bigint | 'STREAM_DOES_NOT_EXIST' | undefined,
  told: Told,
): Promise<boolean> {
  const version = typeof expected === 'bigint' ? Number(expected) : expected;
  const record = { op: 'append', ...one, ...(version === undefined ? {} : { expected: version }) } as const;
  told({ ...record, type: 'invoke' });
  try {
    const options = expected === undefined ? {} : { expectedStreamVersion: expected };
    const answer = await store.appendToStream(one.stream, eventsOf(one), options);
    told({ ...record, type: 'ok', version: Number(answer.nextExpectedStreamVersion) });
    return true;
  } catch (error) {
    told({ ...record, type: isVersionConflict(error) ? 'fail' : 'unknown' });
    if (isVersionConflict(error)) return false;
    throw error;
  }
}

/** Each conflict is an append of another writer, and no case makes as many. */
const mostConflicts = 150;

/** Reads the version and appends at it, until there is no conflict. */
export async function persist(store: EventStore, one: Batch, told: Told): Promise<void> {
  for (let tries = 0; tries < mostConflicts; tries += 1) {
    const { currentStreamVersion } = await store.readStream(one.stream);
    if (await attempt(store, one, currentStreamVersion, told)) return;
    if (tries > 5) await turn(Math.min(tries, 20));
  }
  fail(
    `${one.writer} was refused ${mostConflicts} times at ${one.stream}`,
    'expected that the others are done by then',
  );
}

/** Reads the streams to which `eventsOf` was written. */
export async function finalOf(store: EventStore, streams: Iterable<string>): Promise<FinalStream[]> {
  const found: FinalStream[] = [];
  for (const stream of streams) {
    const { events } = await store.readStream(stream);
    const read = events.map(({ data, metadata }) => ({
      id: String((data as { id?: unknown }).id),
      version: Number(metadata.streamPosition),
    }));
    found.push({ stream, events: read });
  }
  return found;
}

/** Fails with the findings of the history, if there are any. */
export function cleanHistory(records: readonly AppendRecord[], finalStreams: readonly FinalStream[]): void {
  const findings = checkHistory(records, finalStreams);
  ensure(findings.length === 0, 'the history of the appends', ...findings.slice(0, 10).map(({ text }) => text));
}

/** Runs all at once: each begins in the same turn, behind one barrier. */
export async function race<T>(racers: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  let open = () => {};
  const barrier = new Promise<void>((resolve) => {
    open = resolve;
  });
  const running = racers.map(async (racer) => {
    await barrier;
    return racer();
  });
  open();
  return Promise.allSettled(running);
}
