/**
 * The tables of the SQLite store.
 *
 * STORAGE: what is written here stays readable for ever. A change of the tables raises `SCHEMA_VERSION` and migrates.
 *
 * A `stream` and an `event_id` are kept as JSON writes them between its quotes: plain names as they are, and those that
 * SQLite's text cannot hold (a lone surrogate) or that its tools cut short (U+0000) escaped, no two of them alike.
 */
export const SCHEMA_VERSION = 1;

export const CREATE_META = `
  CREATE TABLE IF NOT EXISTS auxilio_meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

/*
 * The trigger on INSERT is for INSERT OR REPLACE, which deletes the row in its way without firing the trigger on
 * DELETE. It also keeps the versions of a stream contiguous.
 */
export const CREATE_EVENTS = `
  CREATE TABLE auxilio_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    event_id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    UNIQUE (stream, version)
  ) STRICT;

  CREATE TRIGGER auxilio_events_in_order BEFORE INSERT ON auxilio_events
  WHEN NEW.version IS NOT 1 + coalesce((SELECT max(version) FROM auxilio_events WHERE stream = NEW.stream), 0)
    OR EXISTS (SELECT 1 FROM auxilio_events WHERE event_id = NEW.event_id OR position = NEW.position)
  BEGIN SELECT RAISE(ABORT, 'auxilio: events are only added, one after the other'); END;

  CREATE TRIGGER auxilio_events_no_update BEFORE UPDATE ON auxilio_events
  BEGIN SELECT RAISE(ABORT, 'auxilio: events are never changed'); END;

  CREATE TRIGGER auxilio_events_no_delete BEFORE DELETE ON auxilio_events
  BEGIN SELECT RAISE(ABORT, 'auxilio: events are never deleted'); END`;

export const SQL = {
  schemaVersion: `SELECT value FROM auxilio_meta WHERE name = 'schema-version'`,
  setSchemaVersion: `INSERT INTO auxilio_meta (name, value) VALUES ('schema-version', ?)`,
  hasMeta: `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'auxilio_meta'`,
  head: `SELECT version, position FROM auxilio_events WHERE stream = ? ORDER BY version DESC LIMIT 1`,
  range: `SELECT position, version, event_id, body FROM auxilio_events
    WHERE stream = ? AND version BETWEEN ? AND ? ORDER BY version LIMIT ?`,
  byId: `SELECT position, stream, version, event_id, body FROM auxilio_events WHERE event_id = ?`,
  insert: `INSERT INTO auxilio_events (stream, version, event_id, body) VALUES (?, ?, ?, ?)`,
} as const;
