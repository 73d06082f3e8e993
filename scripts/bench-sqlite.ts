/**
 * Commands per second of the service on SQLite (load, decide, append), against the raw driver that reads the same rows and
 * inserts one at the same durability: in turn, in one run, medians. Prints the ratio.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import Database from 'better-sqlite3';
import { commandOf } from './faults/commands.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string' }, commands: { type: 'string' } } });
const rounds = Number(values.rounds ?? 9);
const commands = Number(values.commands ?? 40);
const directory = mkdtempSync(join(tmpdir(), 'auxilio-bench-'));

/** A visit of as many commands, whose log the raw driver writes too. */
async function ours(round: number): Promise<number> {
  const store = sqliteStore({ file: join(directory, 'ours.sqlite') });
  const { handle } = createService({ store });
  const startedAt = performance.now();
  for (let n = 0; n < commands; n++) {
    const answer = await handle(commandOf(n, `v-${round}`));
    if (!answer.ok) throw new Error('refused');
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await store.close();
  return commands / seconds;
}

const body = JSON.stringify({
  ...commandOf(1),
  metadata: { hash: 'a'.repeat(64), previousHash: 'a'.repeat(64), commandHash: 'a'.repeat(64) },
});

function raw(round: number): number {
  const database = new Database(join(directory, 'raw.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL,
    version INTEGER NOT NULL, event_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, UNIQUE (stream, version))`);
  const select = database.prepare('SELECT body FROM events WHERE stream = ? ORDER BY version');
  const insert = database.prepare('INSERT INTO events (stream, version, event_id, body) VALUES (?, ?, ?, ?)');
  const startedAt = performance.now();
  for (let n = 0; n < commands; n++) {
    const stream = `v-${round}`;
    const rows = select.all(stream);
    database.exec('BEGIN IMMEDIATE');
    insert.run(stream, rows.length + 1, `${stream}-${n}`, body);
    database.exec('COMMIT');
  }
  const seconds = (performance.now() - startedAt) / 1000;
  database.close();
  return commands / seconds;
}

const median = (figures: number[]) => figures.sort((one, other) => one - other)[figures.length >> 1] ?? Number.NaN;

try {
  const figures = { ours: [] as number[], raw: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const [our, theirs] = [await ours(round), raw(round)];
    if (round === 0) continue; // warming up
    figures.ours.push(our);
    figures.raw.push(theirs);
  }
  const [our, theirs] = [median(figures.ours), median(figures.raw)];
  const told = { ours: Math.round(our), raw: Math.round(theirs), ratio: Math.round((100 * our) / theirs) / 100 };
  console.log(JSON.stringify({ commandsPerSecond: told, rounds, commands }));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
