/* Appends batches of three, from the number given on, and writes down each before it begins and once it is acknowledged. */
import { writeSync } from 'node:fs';
import { sqliteStore } from 'auxilio/sqlite';

const [file = '', first = '0'] = process.argv.slice(2);
const store = sqliteStore({ file });
const note = (record: object) => writeSync(1, `${JSON.stringify(record)}\n`);

for (let n = Number(first); ; n++) {
  const stream = `stream-${n % 5}`;
  const ids = ['a', 'b', 'c'].map((part) => `${n}-${part}`);
  const about = { op: 'append', writer: 'writer', stream, ids };
  note({ ...about, type: 'invoke' });
  const batch = ids.map((eventId) => ({ type: 'T', data: { n }, metadata: { eventId } }));
  const { nextExpectedStreamVersion } = await store.appendToStream(stream, batch);
  note({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
}
