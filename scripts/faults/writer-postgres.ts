/*
 * Four writers append batches of three, each from the number that it is given on, to a stream of its own and to one that
 * all share, and write down each before it begins and once it is acknowledged.
 */
import { writeSync } from 'node:fs';
import { postgresStore } from 'auxilio/postgres';

const [connectionString = '', firsts = '[0,0,0,0]'] = process.argv.slice(2);
const store = postgresStore({ connectionString });
const note = (record: object) => writeSync(1, `${JSON.stringify(record)}\n`);

async function append(writer: number, first: number): Promise<void> {
  for (let n = first; ; n++) {
    const stream = n % 2 === 0 ? 'shared' : `own-${writer}`;
    const ids = ['a', 'b', 'c'].map((part) => `${writer}-${n}-${part}`);
    const about = { op: 'append', writer: `w${writer}`, stream, ids };
    note({ ...about, type: 'invoke' });
    const batch = ids.map((eventId) => ({ type: 'T', data: { n }, metadata: { eventId } }));
    const { nextExpectedStreamVersion } = await store.appendToStream(stream, batch);
    note({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
  }
}

await Promise.all((JSON.parse(firsts) as number[]).map((first, writer) => append(writer, first)));
