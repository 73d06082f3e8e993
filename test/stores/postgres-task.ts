/* A process of the store suite: opens the schema and does what the task says. */
import { storeTask } from '../../src/testing/store/stage/writers.ts';
import { patientStore } from './patient-store.ts';

const [connectionString = '', schema = '', task = ''] = process.argv.slice(2);
const store = patientStore({ connectionString, schema });
for await (const line of storeTask(store, task)) process.stdout.write(`${line}\n`);
await store.close();
