/*
 * A process that appends batches of three for as long as it lives, and prints the number of each once it was
 * acknowledged. It is killed from outside.
 */
import { writeSync } from 'node:fs';
import { sqliteStore } from '../../src/sqlite.ts';

const [file = ''] = process.argv.slice(2);
const store = sqliteStore({ file });
for (let n = 0; ; n++) {
  const batch = ['a', 'b', 'c'].map((part) => ({ type: 'T', data: { n }, metadata: { eventId: `${n}-${part}` } }));
  await store.appendToStream('stream', batch);
  writeSync(1, `${n}\n`);
}
