/* A process of the store suite: opens the file and does what the task says. */
import { sqliteStore } from '../../src/sqlite.ts';
import { storeTask } from '../../src/testing/store/stage/writers.ts';
import { limits } from '../support/limits.ts';

const [file = '', task = ''] = process.argv.slice(2);
const store = sqliteStore({ file, busyTimeoutMs: limits.waitMs });
for await (const line of storeTask(store, task)) process.stdout.write(`${line}\n`);
await store.close();
