/*
 * A process that writes to the store of a replica in a file. `count`: adds records of its own to the group `a`, each at the
 * revision that it read, and prints how many conflicts it met. `endless`: writes whole groups and bytes until it is killed, and
 * prints the number of each once it was acknowledged.
 */
import { writeSync } from 'node:fs';
import { sqliteReplicaStore } from '../../src/sqlite.ts';
import { limits } from '../support/limits.ts';

const [file = '', task = '', writer = '', count = '0'] = process.argv.slice(2);
const store = sqliteReplicaStore({ file, busyTimeoutMs: limits.waitMs });

async function add(key: string): Promise<boolean> {
  const { revision } = await store.readGroup('a');
  try {
    await store.writeGroup('a', revision, { [key]: writer });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'replica-conflict') throw error;
    return false;
  }
}

async function countAll(): Promise<void> {
  let conflicts = 0;
  for (let n = 0; n < Number(count); n += 1) while (!(await add(`${writer}-${n}`))) conflicts += 1;
  writeSync(1, `${JSON.stringify({ conflicts })}\n`);
}

async function writeEndlessly(): Promise<void> {
  let at = 0;
  for (let n = 0; ; n += 1) {
    await store.putBlob(`${n}`.padStart(8, '0'), new Uint8Array(20_000).fill(n));
    at = await store.writeGroup('a', at, { head: `${n}`, k: `${n}`, [`old-${n - 1}`]: null, [`old-${n}`]: '' });
    writeSync(1, `${n}\n`);
  }
}

await (task === 'count' ? countAll() : writeEndlessly());
