import Database from 'better-sqlite3';

/** The floor, by the raw driver: reads the rows of a stream and inserts the next one. */
export function rawSqlite(file: string) {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`CREATE TABLE events (position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL,
    version INTEGER NOT NULL, event_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, UNIQUE (stream, version))`);
  const select = database.prepare('SELECT body FROM events WHERE stream = ? ORDER BY version');
  const insert = database.prepare('INSERT INTO events (stream, version, event_id, body) VALUES (?, ?, ?, ?)');
  const inTransaction = (work: () => unknown) => {
    database.exec('BEGIN IMMEDIATE');
    work();
    database.exec('COMMIT');
  };
  return { database, select, insert, inTransaction };
}
