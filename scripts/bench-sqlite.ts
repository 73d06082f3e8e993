/**
 * Commands per second of the service on SQLite (load, decide, append) against the raw driver, which reads the visit's rows and
 * inserts the very same ones, at the same durability: visits of 40 commands, in turn, in one run. Prints the medians and the
 * median of the ratios, with visits kept in memory and without.
 *
 *   npx tsx scripts/bench-sqlite.ts [--rounds 30] [--warm-up 30]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createService } from 'auxilio/service';
import { type StoredEvent, sqliteStore } from 'auxilio/sqlite';
import Database from 'better-sqlite3';
import { commandOf } from './faults/commands.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, 'warm-up': { type: 'string', default: '30' } },
});
const rounds = Number(values.rounds);
const warmUp = Number(values['warm-up']);
const COMMANDS = 40;

const directory = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));
const store = sqliteStore({ file: join(directory, 'kept.sqlite') });
const readingStore = sqliteStore({ file: join(directory, 'read.sqlite') });
const keeping = createService({ store });
const reading = createService({ store: readingStore, keepVisits: 0 });

/** Milliseconds of a visit. */
async function visit(service: typeof keeping, round: number): Promise<number> {
  const startedAt = performance.now();
  for (let n = 0; n < COMMANDS; n++) {
    const answer = await service.handle(commandOf(n, `v-${round}`));
    if (!answer.ok) throw new Error('refused');
  }
  return performance.now() - startedAt;
}

const database = new Database(join(directory, 'raw.sqlite'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(`CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL,
  version INTEGER NOT NULL, event_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, UNIQUE (stream, version))`);
const select = database.prepare('SELECT body FROM events WHERE stream = ? ORDER BY version');
const insert = database.prepare('INSERT INTO events (stream, version, event_id, body) VALUES (?, ?, ?, ?)');

/** Milliseconds of the same rows. */
function raw(rows: readonly StoredEvent[]): number {
  const startedAt = performance.now();
  for (const { streamName, messageId, text } of rows) {
    const { length } = select.all(streamName);
    database.exec('BEGIN IMMEDIATE');
    insert.run(streamName, length + 1, messageId, text);
    database.exec('COMMIT');
  }
  return performance.now() - startedAt;
}

const median = (figures: readonly number[]) =>
  figures.toSorted((one, other) => one - other)[figures.length >> 1] ?? Number.NaN;
const rounded = (figure: number) => Math.round(figure * 100) / 100;

try {
  const taken: { kept: number; read: number; raw: number }[] = [];
  for (let round = 0; round < warmUp + rounds; round++) {
    const kept = await visit(keeping, round);
    const plain = raw(await store.readStored(`visit-v-${round}`));
    const read = await visit(reading, round);
    if (round >= warmUp) taken.push({ kept, read, raw: plain });
  }
  const perSecond = (of: 'kept' | 'read' | 'raw') =>
    Math.round((1000 * COMMANDS) / median(taken.map((each) => each[of])));
  console.log(
    JSON.stringify({
      commandsPerSecond: { kept: perSecond('kept'), read: perSecond('read'), raw: perSecond('raw') },
      ratio: {
        kept: rounded(median(taken.map(({ kept, raw }) => raw / kept))),
        read: rounded(median(taken.map(({ read, raw }) => raw / read))),
      },
      rounds,
    }),
  );
} finally {
  await Promise.all([store.close(), readingStore.close()]);
  database.close();
  rmSync(directory, { recursive: true, force: true });
}
