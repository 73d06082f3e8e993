import { type SqliteDriver, sqliteStore } from 'auxilio/sqlite';
import { storeTask } from 'auxilio/testing';

/** Opens the file and does what the task says, as a process of the store suite. */
export async function runTask([driver, file = '', task = '']: readonly string[]): Promise<void> {
  const store = sqliteStore({ file, driver: driver as SqliteDriver, busyTimeoutMs: 60_000 });
  for await (const line of storeTask(store, task)) process.stdout.write(`${line}\n`);
  await store.close();
}
