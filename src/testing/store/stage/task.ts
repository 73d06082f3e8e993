import type { EventStore } from '../../../stores/event-store.ts';
import { ensure } from '../../assert.ts';
import { dataOf, turn } from './events.ts';
import type { AppendRecord } from './history-checker.ts';
import { attempt, batch, persist } from './writers.ts';

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
  const records = asked.kind === 'race' ? racing(store, asked) : appending(store, asked);
  for await (const record of records) yield JSON.stringify(record);
}

/** Meets the others in a stream of their own, then tries to create each stream before them, and to append to a shared one. */
async function* racing(store: EventStore, { writer, of, rounds }: Extract<Task, { kind: 'race' }>) {
  const told: AppendRecord[] = [];
  const tell = (record: AppendRecord) => told.push(record);
  await store.appendToStream('barrier', [{ type: 'Met', data: { writer } }]);
  for (let tries = 0; (await dataOf(store, 'barrier')).length < of; tries += 1) {
    ensure(tries < 100_000, `${writer} waited, and the others did not come`);
    await turn(2);
  }
  for (let round = 0; round < rounds; round += 1) {
    await attempt(store, batch(writer, `created-${round}`, 0, 2), 'STREAM_DOES_NOT_EXIST', tell);
    await persist(store, batch(writer, 'shared', round), tell);
    yield* told.splice(0);
  }
}

async function* appending(store: EventStore, { writer, stream, size }: Extract<Task, { kind: 'endless' }>) {
  const told: AppendRecord[] = [];
  for (let n = 0; ; n += 1) {
    const one = batch(writer, stream, n, size);
    yield { op: 'append', type: 'invoke', ...one } as const;
    await attempt(store, one, undefined, (record) => told.push(record));
    yield* told.splice(0).filter(({ type }) => type !== 'invoke');
  }
}
