import { isVersionConflict } from '../../../stores/errors.ts';
import type { EventShape, EventStore } from '../../../stores/event-store.ts';
import { ensure, fail } from '../../assert.ts';
import { readData, turn } from './events.ts';
import { type AppendRecord, checkHistory, type FinalStream } from './history-checker.ts';

/** A batch of a writer, with the ids of its events. */
export type Batch = { readonly writer: string; readonly stream: string; readonly ids: readonly string[] };

export function batch(writer: string, stream: string, n: number, size = 1): Batch {
  return { writer, stream, ids: Array.from({ length: size }, (_, part) => `${writer}-${stream}-${n}-${part}`) };
}

export function makeEvents({ ids }: Batch): EventShape[] {
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
    const answer = await store.appendToStream(one.stream, makeEvents(one), options);
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

/** Reads the streams to which `makeEvents` was written. */
export async function readFinal(store: EventStore, streams: Iterable<string>): Promise<FinalStream[]> {
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
export function mustBeClean(records: readonly AppendRecord[], finalStreams: readonly FinalStream[]): void {
  const findings = checkHistory(records, finalStreams);
  ensure(findings.length === 0, 'the history of the appends', ...findings.slice(0, 10).map(({ text }) => text));
}

/** Lists the racers that won, by their places. */
export const listWinners = (results: readonly PromiseSettledResult<unknown>[]): number[] =>
  results.flatMap(({ status }, place) => (status === 'fulfilled' ? [place] : []));

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

/** The task of a process: to race others with the same task, or to append until it is killed. */
export type Task =
  | Readonly<{ kind: 'race'; writer: string; of: number; rounds: number }>
  | Readonly<{ kind: 'endless'; writer: string; stream: string; size: number }>;

/**
 * The work of a process that the hook `process` of a {@link StoreHost} starts: it works on the store as the task says, and
 * yields a line for each thing that happens. The process prints each of them at once:
 * `for await (const line of storeTask(store, task)) process.stdout.write(line + '\n')`.
 *
 * @since 0.4.0
 */
export async function* storeTask(store: EventStore, task: string): AsyncGenerator<string, void, undefined> {
  const asked = JSON.parse(task) as Task;
  const records = asked.kind === 'race' ? raceOthers(store, asked) : appendEndlessly(store, asked);
  for await (const record of records) yield JSON.stringify(record);
}

/** Meets the others in a stream of their own, then tries to create each stream before them, and to append to a shared one. */
async function* raceOthers(store: EventStore, { writer, of, rounds }: Extract<Task, { kind: 'race' }>) {
  const told: AppendRecord[] = [];
  const tell = (record: AppendRecord) => told.push(record);
  await store.appendToStream('barrier', [{ type: 'Met', data: { writer } }]);
  for (let tries = 0; (await readData(store, 'barrier')).length < of; tries += 1) {
    ensure(tries < 100_000, `${writer} waited, and the others did not come`);
    await turn(2);
  }
  for (let round = 0; round < rounds; round += 1) {
    await attempt(store, batch(writer, `created-${round}`, 0, 2), 'STREAM_DOES_NOT_EXIST', tell);
    await persist(store, batch(writer, 'shared', round), tell);
    yield* told.splice(0);
  }
}

async function* appendEndlessly(store: EventStore, { writer, stream, size }: Extract<Task, { kind: 'endless' }>) {
  const told: AppendRecord[] = [];
  for (let n = 0; ; n += 1) {
    const one = batch(writer, stream, n, size);
    yield { op: 'append', type: 'invoke', ...one } as const;
    await attempt(store, one, undefined, (record) => told.push(record));
    yield* told.splice(0).filter(({ type }) => type !== 'invoke');
  }
}
