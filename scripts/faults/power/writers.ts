import type { EventStore } from 'auxilio/memory';
import type { AppendRecord } from 'auxilio/testing';
import { eventOf } from './acknowledged.ts';

/** Three writers append batches of one to three events, to streams of their own and to a shared one. */
export async function writing(
  store: Pick<EventStore, 'appendToStream'>,
  count: number,
  note: (record: AppendRecord) => void,
): Promise<void> {
  await Promise.all([0, 1, 2].map((writer) => append(store, writer, count, note)));
}

async function append(
  store: Pick<EventStore, 'appendToStream'>,
  writer: number,
  count: number,
  note: (record: AppendRecord) => void,
): Promise<void> {
  for (let n = 0; n < count; n++) {
    const stream = n % 2 === 0 ? 'shared' : `own-${writer}`;
    const ids = ['a', 'b', 'c'].slice(0, 1 + (n % 3)).map((part) => `${writer}-${n}-${part}`);
    const about = { op: 'append', writer: `w${writer}`, stream, ids } as const;
    note({ ...about, type: 'invoke' });
    const { nextExpectedStreamVersion } = await store.appendToStream(stream, ids.map(eventOf));
    note({ ...about, type: 'ok', version: Number(nextExpectedStreamVersion) });
  }
}
