import { writeSync } from 'node:fs';
import type { EventStore } from 'auxilio/memory';

/**
 * Four writers append at once, each batches of three from the number that it is given on, to a stream of its own and to one
 * that all share, and write down each before it begins and once it is acknowledged.
 */
export async function fourWriters(store: Pick<EventStore, 'appendToStream'>, firsts: string): Promise<void> {
  await Promise.all((JSON.parse(firsts) as number[]).map((first, writer) => append(store, writer, first)));
}

const note = (record: object) => writeSync(1, `${JSON.stringify(record)}\n`);

async function append(store: Pick<EventStore, 'appendToStream'>, writer: number, first: number): Promise<never> {
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
