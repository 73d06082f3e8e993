/**
 * The tables and functions of the Postgres store that identify its history: schema version 5.
 *
 * An epoch is the part of the history that was written on one timeline of one cluster. Its row is written by the first transaction that
 * writes events or commits a checkpoint there, before anything else: who sees what that transaction wrote sees the row. So the last row is
 * the epoch of all that a statement reads, on a standby too, and a promoted server that has written nothing has nothing of its own to show.
 * `cut` is the last place that an epoch shares with the one before it.
 */
import { writeCheckpointParts } from './consumer-functions.ts';

/**
 * `auxilio_here` names the server's timeline; null on a standby. The system identifier, which is read from a file, stays the same in a
 * session, which keeps it in a setting. `auxilio_epoch` returns the id of the present epoch, and begins it where there is a new timeline:
 * a second transaction waits at the number for the first, and then finds its row. It runs as the owner, so that a role needs no right to
 * write epochs.
 */
const epochFunctions = (s: string) => `
CREATE FUNCTION ${s}.auxilio_here() RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  system text := nullif(current_setting('auxilio.system', true), '');
BEGIN
  IF pg_is_in_recovery() THEN
    RETURN NULL;
  END IF;
  IF system IS NULL THEN
    system := set_config('auxilio.system', (SELECT c.system_identifier::text FROM pg_control_system() c), false);
  END IF;
  RETURN system || '-' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8);
END
$auxilio$;

CREATE FUNCTION ${s}.auxilio_epoch() RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  here text := ${s}.auxilio_here();
  last_number bigint;
  last_id text;
  last_timeline text;
BEGIN
  LOOP
    SELECT n.number, n.id, n.timeline INTO last_number, last_id, last_timeline
      FROM ${s}.auxilio_epochs n ORDER BY n.number DESC LIMIT 1;
    IF here IS NULL OR last_timeline = here THEN
      RETURN last_id;
    END IF;
    INSERT INTO ${s}.auxilio_epochs (number, id, timeline, cut_xid, cut_position)
      SELECT coalesce(last_number, 0) + 1, left(replace(gen_random_uuid()::text, '-', ''), 12), here,
          coalesce(e.xid, 0), coalesce(e.position, 0)
        FROM (SELECT) AS one LEFT JOIN (
          SELECT l.xid, l.position FROM ${s}.auxilio_events l ORDER BY l.xid DESC, l.position DESC LIMIT 1
        ) AS e ON true
      ON CONFLICT DO NOTHING;
  END LOOP;
END
$auxilio$;
`;

/** Asks for the epoch once in each transaction that writes events, whichever release of this library wrote its statement. */
const epochTrigger = (s: string, schema: string) => `
CREATE FUNCTION ${s}.auxilio_events_epoch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $auxilio$
BEGIN
  PERFORM ${s}.auxilio_epoch();
  PERFORM set_config('auxilio.in_epoch', '${schema} ' || pg_current_xact_id()::text, true);
  RETURN NULL;
END
$auxilio$;

CREATE TRIGGER auxilio_events_in_epoch BEFORE INSERT ON ${s}.auxilio_events FOR EACH STATEMENT
  WHEN (pg_catalog.current_setting('auxilio.in_epoch', true) IS DISTINCT FROM '${schema} '::pg_catalog.text
    OPERATOR(pg_catalog.||) pg_catalog.pg_current_xact_id()::pg_catalog.text)
  EXECUTE FUNCTION ${s}.auxilio_events_epoch();
`;

/**
 * Commits a checkpoint as `auxilio_move` does, if its cursor was read in the present epoch and rests on an event that is there, and
 * stores the whole cursor next to its place. `target_epoch` is null for a cursor that does not say where it was read.
 */
const commitFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_commit(
  mover text, expected bigint, target text, target_cursor text, target_epoch text, target_id text,
  projections text[], keys text[], row_bodies text[],
  unparked text[], waiting text[], versions bigint[], reasons text[], sinces text[], handled_befores bigint[],
  more_handled bigint, patience text,
  OUT moved boolean, OUT is_other boolean, OUT at_cursor text, OUT at_whole text, OUT at_revision bigint, OUT at_epoch text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
BEGIN
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
  at_epoch := ${s}.auxilio_epoch();
  is_other := target_epoch IS NOT NULL AND (target_epoch <> at_epoch OR NOT EXISTS (
    SELECT FROM ${s}.auxilio_events e WHERE e.xid = split_part(target, '-', 1)::bigint
      AND e.position = split_part(target, '-', 2)::bigint AND (target_id = '' OR e.event_id = target_id)));
  moved := false;
  IF NOT is_other THEN
    UPDATE ${s}.auxilio_checkpoints c SET cursor = target, whole_cursor = target_cursor,
        revision = c.revision + 1, handled = c.handled + more_handled
      WHERE c.consumer = mover AND c.revision = expected AND coalesce(c.cursor, '') <= coalesce(target, '');
    moved := FOUND;
    IF NOT moved AND expected = 0 THEN
      INSERT INTO ${s}.auxilio_checkpoints (consumer, cursor, whole_cursor, revision, handled)
        VALUES (mover, target, target_cursor, 1, more_handled) ON CONFLICT DO NOTHING;
      moved := FOUND;
    END IF;
  END IF;
  IF NOT moved THEN
    SELECT c.cursor, c.whole_cursor, c.revision INTO at_cursor, at_whole, at_revision
      FROM ${s}.auxilio_checkpoints c WHERE c.consumer = mover;
    RETURN;
  END IF;${writeCheckpointParts(s)}
END
$auxilio$;
`;

/** Promotes a generation as `auxilio_promote_generation` does, and the whole cursor with its place. */
const promoteFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_promote(
  name text, builder text, expected bigint, present bigint, patience text,
  OUT outcome text, OUT of_builder boolean, OUT at_revision bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
BEGIN
  SELECT p.outcome, p.of_builder, p.at_revision INTO outcome, of_builder, at_revision
    FROM ${s}.auxilio_promote_generation(name, builder, expected, present, patience) p;
  IF outcome = 'promoted' THEN
    UPDATE ${s}.auxilio_checkpoints c SET whole_cursor = b.whole_cursor FROM ${s}.auxilio_checkpoints b
      WHERE c.consumer = name AND b.consumer = builder AND starts_with(b.whole_cursor, c.cursor);
  END IF;
END
$auxilio$;
`;

/**
 * The step from version 4. Everyone may read the epochs, so that a role that could read before the step still can. `whole_cursor` counts where it begins with `cursor`, which releases before 0.9 write alone; they go on with
 * their functions on these tables.
 */
export const historyStep = (s: string, schema: string) => `
CREATE TABLE ${s}.auxilio_epochs (
  number bigint PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  timeline text COLLATE "C" NOT NULL,
  cut_xid bigint NOT NULL,
  cut_position bigint NOT NULL
);

GRANT SELECT ON ${s}.auxilio_epochs TO PUBLIC;

ALTER TABLE ${s}.auxilio_checkpoints ADD COLUMN whole_cursor text COLLATE "C";
${epochFunctions(s)}${epochTrigger(s, schema)}${commitFunction(s)}${promoteFunction(s)}
SELECT ${s}.auxilio_epoch();

UPDATE ${s}.auxilio_meta SET value = '5' WHERE name = 'schema-version';
`;
