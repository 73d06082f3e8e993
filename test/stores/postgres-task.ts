/* A process of the store suite: opens the schema and does what the task says. */
import { postgresStore } from '../../src/stores/postgres/index.ts';
import { storeTask } from '../../src/testing/store/task.ts';

const [connectionString = '', schema = '', task = ''] = process.argv.slice(2);
const store = postgresStore({ connectionString, schema });
for await (const line of storeTask(store, task)) process.stdout.write(`${line}\n`);
await store.close();
