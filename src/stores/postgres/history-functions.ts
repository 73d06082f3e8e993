/**
 * The tables and functions of the Postgres store that identify its history: schema version 5.
 *
 * An epoch is the part of the history that was written on one timeline of one cluster. Its row is written by the first transaction that
 * writes events or commits a checkpoint there, before anything else: who sees what that transaction wrote sees the row. So the last row is
 * the epoch of all that a statement reads, on a standby too, and a promoted server that has written nothing has nothing of its own to show.
 * `cut` is the last place that an epoch shares with the one before it.
 */

import { writeWaitingStreams } from './consumer-functions.ts';
import { addFunction, eventsCheckFunction } from './event-functions.ts';
import { readingFunctions } from './reading-functions.ts';

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

/** The timeline of a primary as `auxilio_here` names it; null in a session that has not asked for the system identifier. */
const knownHere = `current_setting('auxilio.system', true) || '-' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)`;

/** The check of inserted events, as before, and the epoch of their transaction, whichever release of this library wrote the statement. */
const checkFunction = (s: string) => `
CREATE OR REPLACE ${eventsCheckFunction(
  s,
  `(SELECT n.timeline FROM ${s}.auxilio_epochs n ORDER BY n.number DESC LIMIT 1) = ${knownHere}`,
  `  IF is_known IS NOT TRUE THEN
    PERFORM ${s}.auxilio_epoch();
  END IF;
`,
)}`;

/**
 * Commits a checkpoint as `auxilio_move` does, if its cursor was read in the present epoch and rests on an event that is there, and
 * stores the whole cursor next to its place. `target_epoch` is null for a cursor that does not say where it was read. Returns null, or
 * why it is refused, as one text: a row of columns costs a server more than all that the check adds.
 */
const commitFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_commit(
  mover text, expected bigint, target text, target_cursor text, target_epoch text, target_id text,
  projections text[], keys text[], row_bodies text[],
  unparked text[], waiting text[], versions bigint[], reasons text[], sinces text[], handled_befores bigint[],
  more_handled bigint, patience text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $auxilio$
DECLARE
  ignored text;
  epoch text;
  last_timeline text;
  target_xid bigint;
  target_position bigint;
  id_there text;
  is_other boolean;
  moved boolean := false;
BEGIN
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
  SELECT n.id, n.timeline INTO epoch, last_timeline FROM ${s}.auxilio_epochs n ORDER BY n.number DESC LIMIT 1;
  IF NOT pg_is_in_recovery() AND last_timeline IS DISTINCT FROM ${knownHere} THEN
    epoch := ${s}.auxilio_epoch();
  END IF;
  is_other := coalesce(target_epoch <> epoch, false);
  IF target_epoch = epoch THEN
    target_xid := split_part(target, '-', 1)::bigint;
    target_position := split_part(target, '-', 2)::bigint;
    SELECT e.event_id INTO id_there FROM ${s}.auxilio_events e WHERE e.xid = target_xid AND e.position = target_position;
    is_other := NOT FOUND OR (target_id <> '' AND target_id <> id_there);
  END IF;
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
    RETURN (SELECT json_build_object('is_other', is_other, 'at_cursor', c.cursor, 'at_whole', c.whole_cursor,
        'at_revision', c.revision::text, 'at_epoch', epoch)
      FROM (SELECT) AS one LEFT JOIN ${s}.auxilio_checkpoints c ON c.consumer = mover);
  END IF;
  IF cardinality(keys) > 0 THEN
    PERFORM ${s}.auxilio_write_rows(projections, keys, row_bodies);
  END IF;${writeWaitingStreams(s)}
  RETURN NULL;
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
export const historyStep = (s: string) => `
CREATE TABLE ${s}.auxilio_epochs (
  number bigint PRIMARY KEY,
  id text COLLATE "C" NOT NULL UNIQUE,
  timeline text COLLATE "C" NOT NULL,
  cut_xid bigint NOT NULL,
  cut_position bigint NOT NULL
);

GRANT SELECT ON ${s}.auxilio_epochs TO PUBLIC;

ALTER TABLE ${s}.auxilio_checkpoints ADD COLUMN whole_cursor text COLLATE "C";
${epochFunctions(s)}${checkFunction(s)}${addFunction(s)}${commitFunction(s)}${promoteFunction(s)}${readingFunctions(s)}
SELECT ${s}.auxilio_epoch();

UPDATE ${s}.auxilio_meta SET value = '5' WHERE name = 'schema-version';
`;
