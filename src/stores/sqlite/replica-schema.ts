import type { Tables } from './schema.ts';

/*
 * STORAGE: stored data must stay readable forever. A change of the tables adds a step.
 *
 * Names and keys are stored as ../name-encoding.ts says, texts as they are; one that SQLite's text cannot hold, or that its tools cut
 * short, is stored as a blob, in UTF-16 with its lower bytes first.
 */
const CREATE_REPLICA = `
  CREATE TABLE auxilio_replica_groups (
    name TEXT PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE auxilio_replica_records (
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    text ANY NOT NULL,
    PRIMARY KEY (name, key)
  ) STRICT;

  CREATE TABLE auxilio_replica_blobs (
    sha256 TEXT PRIMARY KEY NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT`;

export const REPLICA_TABLES: Tables = {
  name: 'replica-schema-version',
  steps: [{ version: 1, sql: CREATE_REPLICA }],
};

/** The name of the meta datum that is the last revision of any group. */
export const LAST_REVISION = 'replica-last-revision';

export const REPLICA_SQL = {
  revision: `SELECT revision FROM auxilio_replica_groups WHERE name = ?`,
  setRevision: `INSERT INTO auxilio_replica_groups (name, revision) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET revision = excluded.revision`,
  dropGroup: `DELETE FROM auxilio_replica_groups WHERE name = ?`,
  records: `SELECT key, text FROM auxilio_replica_records WHERE name = ?`,
  setRecord: `INSERT INTO auxilio_replica_records (name, key, text) VALUES (?, ?, ?)
    ON CONFLICT (name, key) DO UPDATE SET text = excluded.text`,
  dropRecord: `DELETE FROM auxilio_replica_records WHERE name = ? AND key = ?`,
  dropRecords: `DELETE FROM auxilio_replica_records WHERE name = ?`,
  groups: `SELECT own.name, own.revision, record.text FROM auxilio_replica_groups AS own
    LEFT JOIN auxilio_replica_records AS record ON record.name = own.name AND record.key = 'head'
    WHERE substr(own.name, 1, length(@prefix)) = @prefix`,
  blob: `SELECT bytes FROM auxilio_replica_blobs WHERE sha256 = ?`,
  addBlob: `INSERT INTO auxilio_replica_blobs (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING`,
  dropBlob: `DELETE FROM auxilio_replica_blobs WHERE sha256 = ?`,
  blobs: `SELECT sha256, length(bytes) AS size FROM auxilio_replica_blobs`,
} as const;
