/**
 * The functions of the Postgres store that read its history. A session plans their statements once; without sorts and scans, so that a
 * plan that was made while a table is small reads an index, too.
 */

const seen = (s: string) => `
  epoch := (SELECT n.id FROM ${s}.auxilio_epochs n ORDER BY n.number DESC LIMIT 1);
  is_here := last_id = '' OR EXISTS (SELECT FROM ${s}.auxilio_events e
    WHERE e.xid = after_xid AND e.position = after_position AND e.event_id = last_id);`;

/**
 * Read the global stream after a place, in one snapshot with the epoch of what they read and whether the event at the place has the id;
 * true at the beginning. A page without events is one row.
 */
const feedFunctions = (s: string) => `
CREATE FUNCTION ${s}.auxilio_feed(after_xid bigint, after_position bigint, last_id text, most bigint)
RETURNS TABLE (epoch text, is_here boolean, "position" text, version text, event_id text, body text, xid text, stream text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_sort = off AS $auxilio$
BEGIN${seen(s)}
  RETURN QUERY SELECT epoch, is_here, e.position::text, e.version::text, e.event_id, e.body, e.xid::text, e.stream
    FROM ${s}.auxilio_events e
    WHERE (e.xid, e.position) > (after_xid, after_position)
      AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()
    ORDER BY e.xid, e.position LIMIT most;
  IF NOT FOUND THEN
    RETURN NEXT;
  END IF;
END
$auxilio$;

CREATE FUNCTION ${s}.auxilio_stream_feed(
  after_xid bigint, after_position bigint, last_id text, most bigint, of_stream text, from_version bigint)
RETURNS TABLE (epoch text, is_here boolean, "position" text, version text, event_id text, body text, xid text, stream text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_sort = off AS $auxilio$
BEGIN${seen(s)}
  RETURN QUERY SELECT epoch, is_here, e.position::text, e.version::text, e.event_id, e.body, e.xid::text, e.stream
    FROM ${s}.auxilio_events e
    WHERE e.stream = of_stream AND e.version >= from_version AND (e.xid, e.position) > (after_xid, after_position)
      AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()
    ORDER BY e.version LIMIT most;
  IF NOT FOUND THEN
    RETURN NEXT;
  END IF;
END
$auxilio$;
`;

/** Reads a checkpoint, with the epoch of what it reads, as `auxilio_feed` does: a row for each stream that waits, one at least. */
const checkpointFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_checkpoint(of_consumer text)
RETURNS TABLE (
  cursor text, whole_cursor text, epoch text, revision text, handled text,
  stream text, version text, reason text, since text, handled_before text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $auxilio$
BEGIN
  RETURN QUERY SELECT c.cursor, c.whole_cursor, (SELECT n.id FROM ${s}.auxilio_epochs n ORDER BY n.number DESC LIMIT 1),
      c.revision::text, c.handled::text, p.stream, p.version::text, p.reason, p.since, p.handled_before::text
    FROM ${s}.auxilio_checkpoints c LEFT JOIN ${s}.auxilio_parked p ON p.consumer = c.consumer
    WHERE c.consumer = of_consumer ORDER BY p.stream;
END
$auxilio$;
`;

/**
 * Counts the events after a place, and of those the ones that the global stream does not show yet, with the session of the oldest
 * transaction; a prepared transaction has none. Sessions of other roles may be hidden.
 */
const lagFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_lag(
  after_xid bigint, after_position bigint, last_id text,
  OUT epoch text, OUT is_here boolean, OUT events text, OUT held text, OUT pid integer, OUT application_name text, OUT age_ms text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $auxilio$
DECLARE
  oldest bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
BEGIN${seen(s)}
  SELECT count(*), count(*) FILTER (WHERE e.xid >= oldest + ${s}.auxilio_xid_offset()) INTO events, held
    FROM ${s}.auxilio_events e WHERE (e.xid, e.position) > (after_xid, after_position);
  IF held <> '0' THEN
    SELECT l.pid, a.application_name, (extract(epoch FROM clock_timestamp() - a.xact_start)::numeric * 1000)::bigint
      INTO pid, application_name, age_ms
      FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'transactionid' AND l.granted AND l.mode = 'ExclusiveLock'
        AND l.transactionid::text::bigint = oldest & 4294967295 LIMIT 1;
  END IF;
END
$auxilio$;
`;

export const readingFunctions = (s: string) => `${feedFunctions(s)}${lagFunction(s)}${checkpointFunction(s)}`;
