import { once } from 'node:events';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { inProcess, opened, spawned, temporaryFile } from './files.ts';

const RACERS = 6;
const ROUNDS = 25;

describe('several processes on one file that none of them has made yet', () => {
  it('make it once, win each stream once, and lose no append', async () => {
    const file = temporaryFile();
    const startAt = String(Date.now() + 1500);
    const racers = Array.from({ length: RACERS }, (_, n) =>
      inProcess('race-worker.ts', file, `racer-${n}`, String(ROUNDS), startAt),
    );
    const answers = (await Promise.all(racers)).flat() as { won: number[]; appended: string[] }[];

    const winners = answers.flatMap(({ won }) => won).sort((one, other) => one - other);
    expect(winners).toEqual(Array.from({ length: ROUNDS }, (_, round) => round));

    const store = opened({ file });
    for (let round = 0; round < ROUNDS; round++) {
      const { events } = await store.readStream(`stream-${round}`);
      const winner = answers.findIndex(({ won }) => won.includes(round));
      expect(events.map(({ data }) => data)).toEqual([
        { racer: `racer-${winner}`, name: `create-${round}-a` },
        { racer: `racer-${winner}`, name: `create-${round}-b` },
      ]);
    }
    const shared = await store.readStored('shared');
    expect(shared.map(({ streamPosition }) => streamPosition)).toEqual(
      Array.from({ length: RACERS * ROUNDS }, (_, n) => BigInt(n + 1)),
    );
    expect(shared.map(({ messageId }) => messageId).sort()).toEqual(answers.flatMap(({ appended }) => appended).sort());
    expect(positionsOf(file)).toEqual(Array.from({ length: (RACERS + 2) * ROUNDS }, (_, n) => n + 1));
  });
});

describe('a process that is killed while it appends', () => {
  it('loses nothing acknowledged, and leaves no half batch', async () => {
    for (let round = 0; round < 4; round++) {
      const file = temporaryFile();
      const acknowledged = await killAfter(file, 40 + 13 * round);
      const stored = await opened({ file }).readStored('stream');
      const batches = stored.length / 3;
      expect(Number.isInteger(batches)).toBe(true);
      expect(batches).toBeGreaterThanOrEqual(acknowledged);
      expect(stored.map(({ messageId }) => messageId)).toEqual(
        Array.from({ length: batches }, (_, n) => [`${n}-a`, `${n}-b`, `${n}-c`]).flat(),
      );
    }
  });
});

/** Kills the writer once it has acknowledged `count` batches; answers how many it acknowledged. */
async function killAfter(file: string, count: number): Promise<number> {
  const child = spawned(new URL('kill-worker.ts', import.meta.url), [file]);
  let printed = '';
  const lines = () => printed.split('\n').length - 1;
  child.stdout.on('data', (chunk) => {
    printed += String(chunk);
    if (lines() >= count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode).toBe('SIGKILL');
  return lines();
}

function positionsOf(file: string): number[] {
  const database = new Database(file);
  const positions = database.prepare('SELECT position FROM auxilio_events ORDER BY position').pluck().all();
  database.close();
  return positions as number[];
}
