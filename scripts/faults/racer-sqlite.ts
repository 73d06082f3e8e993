/* Appends to the stream that all share, reading its version before each, and tries to create a stream in every round. */
import { writeSync } from 'node:fs';
import { isVersionConflict, type SqliteStore, STREAM_DOES_NOT_EXIST, sqliteStore } from 'auxilio/sqlite';

const [file = '', writer = '', rounds = '0'] = process.argv.slice(2);
const store: SqliteStore = sqliteStore({ file, busyTimeoutMs: 60_000 });

async function append(stream: string, id: string, expected: number | typeof STREAM_DOES_NOT_EXIST): Promise<boolean> {
  const about = { op: 'append', writer, stream, ids: [id], expected };
  const note = (record: object) => writeSync(1, `${JSON.stringify({ ...about, ...record })}\n`);
  note({ type: 'invoke' });
  const expectedStreamVersion = typeof expected === 'number' ? BigInt(expected) : expected;
  try {
    const event = { type: 'T', data: { writer }, metadata: { eventId: id } };
    const { nextExpectedStreamVersion } = await store.appendToStream(stream, [event], { expectedStreamVersion });
    note({ type: 'ok', version: Number(nextExpectedStreamVersion) });
    return true;
  } catch (error) {
    if (!isVersionConflict(error)) throw error;
    note({ type: 'fail' });
    return false;
  }
}

for (let round = 0; round < Number(rounds); round++) {
  await append(`created-${round}`, `${writer}-created-${round}`, STREAM_DOES_NOT_EXIST);
  for (let done = false; !done; ) {
    const { currentStreamVersion } = await store.readStream('shared', { maxCount: 0n });
    const expected = currentStreamVersion === 0n ? STREAM_DOES_NOT_EXIST : Number(currentStreamVersion);
    done = await append('shared', `${writer}-shared-${round}`, expected);
  }
}
await store.close();
