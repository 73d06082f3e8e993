-- A file of release 0.4, as its statements made it.
CREATE TABLE IF NOT EXISTS auxilio_meta (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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
  revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE auxilio_parked (
  consumer TEXT NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (consumer, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE auxilio_rows (
  projection TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (projection, key)
) STRICT, WITHOUT ROWID;

INSERT INTO auxilio_meta (name, value) VALUES ('schema-version', '2');
INSERT INTO auxilio_events (stream, version, event_id, body) VALUES
  ('a', 1, 'event-1', '{"type":"Counted","data":{"n":1},"metadata":{"eventId":"event-1"}}'),
  ('a', 2, 'event-2', '{"type":"Counted","data":{"n":2},"metadata":{"eventId":"event-2"}}'),
  ('b', 1, 'event-3', '{"type":"Counted","data":{"n":3},"metadata":{"eventId":"event-3"}}');
INSERT INTO auxilio_checkpoints (consumer, cursor, revision) VALUES ('board', '0000000000000000003', 4);
INSERT INTO auxilio_parked (consumer, stream, version, reason) VALUES ('board', 'b', 1, 'Error: out of ink');
INSERT INTO auxilio_rows (projection, key, body) VALUES ('board', 'a', '{"n":2}');
