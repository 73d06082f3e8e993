/**
 * The tables of the SQLite store.
 *
 * STORAGE: stored data must stay readable forever. A change of the tables adds a step.
 *
 * Names are stored as `encodeName` of ../canonical.ts writes them. The first generation of a projection's rows is stored under the
 * projection's name, later ones under `\\g`, their number, a colon and that name; no encoded name begins so. A stream that waits is
 * parked if its `handled_before` is null, else in retry.
 */
import type { SchemaStep } from '../schema-steps.ts';

/** The tables of a store. */
export type Tables = Readonly<{
  /** The name under which their version is stored in the table of meta data. */
  name: string;
  steps: readonly SchemaStep[];
}>;

export const CREATE_META = `
  CREATE TABLE IF NOT EXISTS auxilio_meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

/*
 * The trigger on INSERT is for INSERT OR REPLACE, which deletes the row in its way without firing the trigger on
 * DELETE. It also keeps the versions of a stream contiguous.
 */
const CREATE_TABLES = `
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
  BEGIN SELECT RAISE(ABORT, 'auxilio: events are never deleted'); END;

  CREATE TABLE auxilio_checkpoints (
    consumer TEXT PRIMARY KEY NOT NULL,
    cursor TEXT,
    revision INTEGER NOT NULL,
    handled INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE auxilio_parked (
    consumer TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    reason TEXT NOT NULL,
    since TEXT,
    handled_before INTEGER,
    PRIMARY KEY (consumer, stream)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE auxilio_rows (
    projection TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (projection, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE auxilio_generations (
    projection TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL,
    live TEXT NOT NULL,
    building TEXT
  ) STRICT, WITHOUT ROWID`;

/**
 * The epochs of the history: the first begins with the file, a later one with the backup that the file was restored from. `cut` is the
 * last position that an epoch shares with the one before it.
 */
const CREATE_EPOCHS = `
  CREATE TABLE auxilio_epochs (
    number INTEGER PRIMARY KEY NOT NULL,
    id TEXT NOT NULL UNIQUE,
    cut INTEGER NOT NULL
  ) STRICT;

  INSERT INTO auxilio_epochs (number, id, cut) VALUES (1, lower(hex(randomblob(6))), 0)`;

/** Versions 1 to 3 were never published. */
export const EVENT_TABLES: Tables = {
  name: 'schema-version',
  steps: [
    { version: 4, sql: CREATE_TABLES },
    { version: 5, sql: CREATE_EPOCHS },
  ],
};

const live = `coalesce((SELECT live FROM auxilio_generations WHERE projection = ?), ?)`;

/** Parameters have no names, which the drivers bind in different ways. */
export const SQL = {
  meta: `SELECT value FROM auxilio_meta WHERE name = ?`,
  setMeta: `INSERT INTO auxilio_meta (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  hasMeta: `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'auxilio_meta'`,
  head: `SELECT version, position, event_id FROM auxilio_events WHERE stream = ? ORDER BY version DESC LIMIT 1`,
  range: `SELECT position, version, event_id, body FROM auxilio_events
    WHERE stream = ? AND version BETWEEN ? AND ? ORDER BY version LIMIT ?`,
  backwardsRange: `SELECT position, version, event_id, body FROM auxilio_events
    WHERE stream = ? AND version BETWEEN ? AND ? ORDER BY version DESC LIMIT ?`,
  /**
   * The entries of the index next to those of a range of a stream, each with the row that it points to: read from the index and
   * from the table.
   */
  neighbours: `WITH before AS (SELECT position, stream, version FROM auxilio_events INDEXED BY sqlite_autoindex_auxilio_events_2
      WHERE (stream, version) < (?, ?) ORDER BY stream DESC, version DESC LIMIT 1),
    after AS (SELECT position, stream, version FROM auxilio_events INDEXED BY sqlite_autoindex_auxilio_events_2
      WHERE (stream, version) > (?, ?) ORDER BY stream, version LIMIT 1)
    SELECT entry.stream IS stored.stream AND entry.version IS stored.version AS sound
    FROM (SELECT * FROM before UNION ALL SELECT * FROM after) AS entry
    LEFT JOIN auxilio_events AS stored ON stored.position = entry.position`,
  byId: `SELECT position, stream, version, event_id, body FROM auxilio_events WHERE event_id = ?`,
  insert: `INSERT INTO auxilio_events (stream, version, event_id, body) VALUES (?, ?, ?, ?)`,
  /**
   * With another last event the version is null, which the table refuses. INSERT … SELECT would be slower in SQLite.
   */
  insertAfter: `INSERT INTO auxilio_events (stream, version, event_id, body) VALUES
    (?, (SELECT version + 1 FROM auxilio_events WHERE stream = ? AND version = ? AND event_id = ?), ?, ?)`,
  feed: `SELECT position, stream, version, event_id, body FROM auxilio_events
    WHERE position > ? ORDER BY position LIMIT ?`,
  streamFeed: `SELECT position, stream, version, event_id, body FROM auxilio_events
    WHERE stream = ? AND version >= ? AND position > ? ORDER BY version LIMIT ?`,
  epochs: `SELECT id, cut FROM auxilio_epochs ORDER BY number`,
  idAt: `SELECT event_id FROM auxilio_events WHERE position = ?`,
  lag: `SELECT count(*) AS events FROM auxilio_events WHERE position > ?`,
  checkpoint: `SELECT cursor, revision, handled FROM auxilio_checkpoints WHERE consumer = ?`,
  setCheckpoint: `INSERT INTO auxilio_checkpoints (consumer, cursor, revision, handled) VALUES (?, ?, 1, ?)
    ON CONFLICT (consumer) DO UPDATE
    SET cursor = excluded.cursor, revision = revision + 1, handled = handled + excluded.handled`,
  resetCheckpoint: `INSERT INTO auxilio_checkpoints (consumer, cursor, revision, handled) VALUES (?, NULL, 1, 0)
    ON CONFLICT (consumer) DO UPDATE SET cursor = NULL, revision = revision + 1, handled = 0`,
  parked: `SELECT stream, version, reason, since, handled_before FROM auxilio_parked WHERE consumer = ? ORDER BY stream`,
  park: `INSERT INTO auxilio_parked (consumer, stream, version, reason, since, handled_before) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  unpark: `DELETE FROM auxilio_parked WHERE consumer = ? AND stream = ?`,
  unparkAll: `DELETE FROM auxilio_parked WHERE consumer = ?`,
  takeParked: `UPDATE auxilio_parked SET consumer = ? WHERE consumer = ?`,
  takeCheckpoint: `INSERT INTO auxilio_checkpoints (consumer, cursor, revision, handled)
    SELECT ?, cursor, 1, handled FROM auxilio_checkpoints WHERE consumer = ?
    ON CONFLICT (consumer) DO UPDATE
    SET cursor = coalesce(cursor, excluded.cursor), revision = revision + 1, handled = max(handled, excluded.handled)`,
  rows: `SELECT key, body FROM auxilio_rows WHERE projection = ${live} AND key > ? ORDER BY key LIMIT ?`,
  row: `SELECT key, body FROM auxilio_rows WHERE projection = ${live} AND key = ?`,
  setRow: `INSERT INTO auxilio_rows (projection, key, body) VALUES (?, ?, ?)
    ON CONFLICT (projection, key) DO UPDATE SET body = excluded.body`,
  removeRow: `DELETE FROM auxilio_rows WHERE projection = ? AND key = ?`,
  removeRows: `DELETE FROM auxilio_rows WHERE projection = ?`,
  generations: `SELECT number, live, building FROM auxilio_generations WHERE projection = ?`,
  setGenerations: `INSERT INTO auxilio_generations (projection, number, live, building) VALUES (?, ?, ?, ?)
    ON CONFLICT (projection) DO UPDATE
    SET number = excluded.number, live = excluded.live, building = excluded.building`,
  forgetGenerations: `DELETE FROM auxilio_generations WHERE projection = ?`,
} as const;
