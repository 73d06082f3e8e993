/** The functions of the Postgres store that write events: each is one statement, so that a call is one round trip and one transaction. */

/** The body of an append; `answer` is what it returns. */
const appendBody = (s: string, answer = '') => `  ignored text;
  is_stored boolean;
  is_ahead boolean;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
    RAISE EXCEPTION 'auxilio: an append begins its transaction' USING ERRCODE = 'active_sql_transaction';
  END IF;
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
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
    RETURN${answer};
  END IF;
  FOR n IN 2 .. cardinality(ids) LOOP
    EXIT WHEN is_stored;
    is_stored := EXISTS (SELECT FROM ${s}.auxilio_events e WHERE e.event_id = ids[n]);
  END LOOP;
  at_version := coalesce(at_version, 0);
  at_position := coalesce(at_position, 0);
  IF is_stored THEN
    outcome := 'stored';
  ELSIF NOT (expected IS NULL OR expected = at_version OR (expected = -1 AND at_version > 0))
      OR (last_id IS NOT NULL AND last_id IS DISTINCT FROM at_id) THEN
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
`;

/**
 * Appends a batch. A writer holds the lock of the stream until its transaction ends. So each writer sees the events of the one
 * before it, and the numbers of transactions follow the versions of a stream. For that, an append must begin its transaction.
 *
 * `expected` is a version, -1 for a stream that exists, or null for any; `last_id` is the id of the stream's last event, or null for
 * any. The outcome is
 * - `appended`, with the place of the last event
 * - `stored`: the store has an event of the batch
 * - `conflict`, with the last event of the stream
 * - `ahead`: the store has events with higher transaction numbers than the server, as after a restore from a dump, and the global
 *   stream would show the append before them
 */
export const appendFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_append(
  to_stream text, expected bigint, last_id text, ids text[], bodies text[],
  projections text[], keys text[], row_bodies text[], patience text,
  OUT outcome text, OUT at_version bigint, OUT at_position bigint, OUT at_id text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
${appendBody(s)}END
$auxilio$;
`;

const ANSWER = " concat_ws(' ', outcome, at_version, at_position, at_id)";

/** Appends as `auxilio_append` does, which releases before 0.9 call, and returns one text: a row of columns costs a server more. */
export const addFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_add(
  to_stream text, expected bigint, last_id text, ids text[], bodies text[],
  projections text[], keys text[], row_bodies text[], patience text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  outcome text;
  at_version bigint;
  at_position bigint;
  at_id text;
${appendBody(s, ANSWER)}  RETURN${ANSWER};
END
$auxilio$;
`;

/** Stores names of more than 300 characters, each once. */
export const keepNamesFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_keep_names(long_keys text[], long_names text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
BEGIN
  FOR n IN 1 .. cardinality(long_keys) LOOP
    INSERT INTO ${s}.auxilio_names (key, name) VALUES (long_keys[n], long_names[n]) ON CONFLICT DO NOTHING;
  END LOOP;
END
$auxilio$;
`;

/**
 * The check of inserted events, without CREATE. `known` reads in its query whether the epoch of the transaction has begun, for the
 * first event that a transaction adds to a stream; `begin` is done where it has not.
 */
export const eventsCheckFunction = (
  s: string,
  known = 'true',
  begin = '',
) => `FUNCTION ${s}.auxilio_events_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  last_version bigint;
  last_xid bigint;
  is_known boolean;
BEGIN
  SELECT e.version, e.xid, CASE WHEN e.xid = NEW.xid THEN true ELSE ${known} END INTO last_version, last_xid, is_known
    FROM (SELECT) AS one LEFT JOIN (
      SELECT v.version, v.xid FROM ${s}.auxilio_events v WHERE v.stream = NEW.stream ORDER BY v.version DESC LIMIT 1
    ) AS e ON true;
  IF NEW.version > coalesce(last_version, 0) + 1 OR NEW.xid < last_xid THEN
    RAISE EXCEPTION 'auxilio: events are only added, one after the other' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.xid IS DISTINCT FROM pg_current_xact_id()::text::bigint + ${s}.auxilio_xid_offset()
      OR NEW.position IS DISTINCT FROM currval('${s}.auxilio_events_position_seq') THEN
    RAISE EXCEPTION 'auxilio: an event carries its own transaction and the next position'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
${begin}  RETURN NEW;
END
$auxilio$;
`;

/**
 * Refuses changes of events, and an event that leaves a gap in its stream, that has a lower transaction number than the event before
 * it, or that claims another transaction or place than it has. The unique index refuses a version that is taken. The check of
 * inserted events runs as the owner, so that a role that may insert need not be able to read.
 */
export const eventGuards = (s: string) => `
CREATE FUNCTION ${s}.auxilio_events_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
BEGIN
  RAISE EXCEPTION 'auxilio: events are never changed and never deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$auxilio$;

CREATE TRIGGER auxilio_events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${s}.auxilio_events
  FOR EACH STATEMENT EXECUTE FUNCTION ${s}.auxilio_events_refuse();

ALTER TABLE ${s}.auxilio_events ENABLE ALWAYS TRIGGER auxilio_events_kept;

CREATE ${eventsCheckFunction(s)}
CREATE TRIGGER auxilio_events_in_order BEFORE INSERT ON ${s}.auxilio_events
  FOR EACH ROW EXECUTE FUNCTION ${s}.auxilio_events_check();
`;

/**
 * In a database restored from a dump the events may carry transactions that this server has yet to reach. `auxilio_realign` continues
 * from the last of them, and returns the offset that it adds to the numbers of transactions from then on. The owner runs it once,
 * while no store is in use.
 */
export const offsetFunctions = (s: string) => `
CREATE FUNCTION ${s}.auxilio_xid_offset() RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $auxilio$
  SELECT 0::bigint
$auxilio$;

CREATE FUNCTION ${s}.auxilio_realign() RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ahead bigint;
BEGIN
  LOCK TABLE ${s}.auxilio_events IN ACCESS EXCLUSIVE MODE;
  SELECT greatest(max(e.xid) - pg_current_xact_id()::text::bigint + 1, ${s}.auxilio_xid_offset())
    INTO ahead FROM ${s}.auxilio_events e;
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION ${s}.auxilio_xid_offset() RETURNS bigint
      LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS %L',
    format(' SELECT %s::bigint ', ahead));
  RETURN ahead;
END
$auxilio$;
`;
