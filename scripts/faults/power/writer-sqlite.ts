/* A process of three writers on a SQLite file that is recorded; `off` does without syncs. */
import { writeSync } from 'node:fs';
import { sqliteStore } from 'auxilio/sqlite';
import Database from 'better-sqlite3';
import { now } from './acknowledged.ts';
import { writing } from './writers.ts';

const [file = '', count = '', synchronous = 'FULL'] = process.argv.slice(2);
const database = new Database(file);
const store = sqliteStore({ database });
database.pragma(`synchronous = ${synchronous}`);
database.pragma('wal_autocheckpoint = 40');
await writing(store, Number(count), (record) => writeSync(1, `${JSON.stringify({ at: now(), record })}\n`));
process.kill(process.pid, 'SIGKILL');
