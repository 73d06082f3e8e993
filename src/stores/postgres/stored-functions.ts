/** The functions of the Postgres store: each is one statement, so that a call is one round trip and one transaction. */

/*
 * At the beginning of a transaction: sets the limit of its wait for a lock, and makes its commit durable, whatever the default of
 * the server.
 */
export const begin = `
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;`;

/**
 * Writes rows of read models; a row without a body is removed. It looks rows up one by one: a plan for a list of keys, made while
 * the table is small and cached by the session, would always read the whole table.
 */
export const rowsFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_write_rows(projections text[], keys text[], bodies text[]) RETURNS void
LANGUAGE plpgsql AS $auxilio$
BEGIN
  FOR n IN 1 .. cardinality(keys) LOOP
    IF bodies[n] IS NULL THEN
      DELETE FROM ${s}.auxilio_rows r WHERE r.projection = projections[n] AND r.key = keys[n];
    ELSE
      INSERT INTO ${s}.auxilio_rows (projection, key, body) VALUES (projections[n], keys[n], bodies[n])
        ON CONFLICT (projection, key) DO UPDATE SET body = excluded.body;
    END IF;
  END LOOP;
END
$auxilio$;
`;

/** In an append: returns `stored` if an event of the batch is already stored. */
const findStored = (s: string) => `
  FOR n IN 2 .. cardinality(ids) LOOP
    EXIT WHEN is_stored;
    is_stored := EXISTS (SELECT FROM ${s}.auxilio_events e WHERE e.event_id = ids[n]);
  END LOOP;
  at_version := coalesce(at_version, 0);
  at_position := coalesce(at_position, 0);
  IF is_stored THEN
    outcome := 'stored';`;

/** In an append: returns a conflict if the condition before it holds; else inserts the events and rows. */
const writeBatch = (s: string) => `
    outcome := 'conflict';
  ELSE
    outcome := 'appended';
    FOR n IN 1 .. cardinality(ids) LOOP
      at_version := at_version + 1;
      INSERT INTO ${s}.auxilio_events (xid, stream, version, event_id, body)
        VALUES (pg_current_xact_id()::text::bigint + ${s}.auxilio_xid_offset(), to_stream, at_version, ids[n], bodies[n])
        RETURNING auxilio_events.position INTO at_position;
    END LOOP;
    IF cardinality(ids) > 0 AND cardinality(keys) > 0 THEN
      PERFORM ${s}.auxilio_write_rows(projections, keys, row_bodies);
    END IF;
  END IF;
END
$auxilio$;
`;

/**
 * Appends a batch. A writer holds the lock of the stream until its transaction ends. So each writer sees the events of the one
 * before it, and the numbers of transactions follow the versions of a stream. For that, an append must begin its transaction.
 *
 * `expected` is a version, -1 for a stream that exists, or null for any. The outcome is `stored` if the store has an event of the
 * batch, `conflict` with the version of the stream, or `appended` with the place of the last event.
 */
export const appendFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_append(
  to_stream text, expected bigint, ids text[], bodies text[],
  projections text[], keys text[], row_bodies text[], patience text,
  OUT outcome text, OUT at_version bigint, OUT at_position bigint)
LANGUAGE plpgsql AS $auxilio$
DECLARE
  ignored text;
  is_stored boolean;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'auxilio: an append begins its transaction' USING ERRCODE = 'active_sql_transaction';
  END IF;${begin}
  ignored := pg_advisory_xact_lock(hashtextextended(to_stream, hashtextextended('${s}', 0)))::text;
  SELECT head.version, head.position, EXISTS (SELECT FROM ${s}.auxilio_events e WHERE e.event_id = ids[1])
    INTO at_version, at_position, is_stored
    FROM (SELECT) AS one LEFT JOIN (
      SELECT e.version, e.position FROM ${s}.auxilio_events e WHERE e.stream = to_stream ORDER BY e.version DESC LIMIT 1
    ) AS head ON true;${findStored(s)}
  ELSIF expected IS NOT NULL AND NOT (expected = at_version OR (expected = -1 AND at_version > 0)) THEN${writeBatch(s)}`;

/**
 * Appends a batch like the function of version 1. Since version 2 it also expects the id of the stream's last event (`last_id`, null
 * for any), and returns the current one. The outcome `ahead` says that the store has events with higher transaction numbers than
 * the server, as after a restore from a dump: the global stream would show an append before them.
 */
export const appendAfterFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_append(
  to_stream text, expected bigint, last_id text, ids text[], bodies text[],
  projections text[], keys text[], row_bodies text[], patience text,
  OUT outcome text, OUT at_version bigint, OUT at_position bigint, OUT at_id text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
  is_stored boolean;
  is_ahead boolean;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'auxilio: an append begins its transaction' USING ERRCODE = 'active_sql_transaction';
  END IF;${begin}
  ignored := pg_advisory_xact_lock(hashtextextended(to_stream, hashtextextended('${s}', 0)))::text;
  SELECT head.version, head.position, head.event_id,
      EXISTS (SELECT FROM ${s}.auxilio_events e WHERE e.event_id = ids[1]),
      (SELECT e.xid FROM ${s}.auxilio_events e ORDER BY e.xid DESC, e.position DESC LIMIT 1)
        >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()
    INTO at_version, at_position, at_id, is_stored, is_ahead
    FROM (SELECT) AS one LEFT JOIN (
      SELECT e.version, e.position, e.event_id FROM ${s}.auxilio_events e
        WHERE e.stream = to_stream ORDER BY e.version DESC LIMIT 1
    ) AS head ON true;
  IF is_ahead THEN
    outcome := 'ahead';
    RETURN;
  END IF;${findStored(s)}
  ELSIF NOT (expected IS NULL OR expected = at_version OR (expected = -1 AND at_version > 0))
      OR (last_id IS NOT NULL AND last_id IS DISTINCT FROM at_id) THEN${writeBatch(s)}`;

/** In a commit of a checkpoint: returns a conflict, or writes the rows and removes the streams that no longer wait. */
export const writeConsumerRows = (s: string) => `
  IF NOT moved THEN
    SELECT c.cursor, c.revision INTO at_cursor, at_revision FROM ${s}.auxilio_checkpoints c WHERE c.consumer = mover;
    RETURN;
  END IF;
  PERFORM ${s}.auxilio_write_rows(projections, keys, row_bodies);
  FOR n IN 1 .. cardinality(unparked) LOOP
    DELETE FROM ${s}.auxilio_parked p WHERE p.consumer = mover AND p.stream = unparked[n];
  END LOOP;`;

/**
 * Commits the checkpoint of a consumer, with its rows, if it is at the revision `expected` and not beyond `target`.
 * Otherwise it writes nothing and returns the current checkpoint.
 */
export const moveFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_move(
  mover text, expected bigint, target text, projections text[], keys text[], row_bodies text[],
  unparked text[], parked text[], versions bigint[], reasons text[], patience text,
  OUT moved boolean, OUT at_cursor text, OUT at_revision bigint)
LANGUAGE plpgsql AS $auxilio$
DECLARE
  ignored text;
BEGIN${begin}
  UPDATE ${s}.auxilio_checkpoints c SET cursor = target, revision = c.revision + 1
    WHERE c.consumer = mover AND c.revision = expected AND coalesce(c.cursor, '') <= coalesce(target, '');
  moved := FOUND;
  IF NOT moved AND expected = 0 THEN
    INSERT INTO ${s}.auxilio_checkpoints (consumer, cursor, revision) VALUES (mover, target, 1) ON CONFLICT DO NOTHING;
    moved := FOUND;
  END IF;${writeConsumerRows(s)}
  FOR n IN 1 .. cardinality(parked) LOOP
    INSERT INTO ${s}.auxilio_parked (consumer, stream, version, reason)
      VALUES (mover, parked[n], versions[n], reasons[n]) ON CONFLICT DO NOTHING;
  END LOOP;
END
$auxilio$;
`;

/** Resets a consumer to the beginning, after a commit in progress has ended, since its rows are visible only then. */
export const resetFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_reset(consumer_name text, patience text) RETURNS void
LANGUAGE plpgsql AS $auxilio$
DECLARE
  ignored text;
BEGIN${begin}
  INSERT INTO ${s}.auxilio_checkpoints AS c (consumer, cursor, revision) VALUES (consumer_name, NULL, 1)
    ON CONFLICT (consumer) DO UPDATE SET cursor = NULL, revision = c.revision + 1;
  DELETE FROM ${s}.auxilio_rows r WHERE r.projection = consumer_name;
  DELETE FROM ${s}.auxilio_parked p WHERE p.consumer = consumer_name;
END
$auxilio$;
`;
