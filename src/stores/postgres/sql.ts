/**
 * The statements of the store, safe under any search path of the connection: functions by their schema, operators on
 * operands of exactly the catalog's types, so that no planted operator matches better. Numbers are read as text,
 * independently of the pool's parser of int8.
 */
export type PostgresSql = ReturnType<typeof createSql>;

export function createSql(s: string) {
  const events = `${s}.auxilio_events`;
  const event = `e.position::text AS position, e.version::text AS version, e.event_id, e.body`;
  const range = (order: 'ASC' | 'DESC') => `
    SELECT head.version::text AS head_version, head.position::text AS head_position, ${event}
    FROM (
      SELECT l.version, l.position FROM ${events} l WHERE l.stream = $1 ORDER BY l.version DESC LIMIT 1
    ) AS head LEFT JOIN (
      SELECT * FROM ${events} w WHERE w.stream = $1 AND w.version BETWEEN $2 AND $3 ORDER BY w.version ${order} LIMIT $4
    ) AS e ON true
    ORDER BY e.version ${order}`;
  const live = `coalesce((SELECT g.live FROM ${s}.auxilio_generations g WHERE g.projection = $1::text), $1::text)`;
  return {
    head: `SELECT e.version::text AS version, e.position::text AS position
      FROM ${events} e WHERE e.stream = $1 ORDER BY e.version DESC LIMIT 1`,
    whole: `SELECT ${event} FROM ${events} e WHERE e.stream = $1 ORDER BY e.version`,
    range: range('ASC'),
    backwardsRange: range('DESC'),
    byId: `SELECT ${event}, e.stream FROM ${events} e WHERE e.event_id = ANY ($1)`,
    append: `SELECT outcome, at_version::text, at_position::text, at_id
      FROM ${s}.auxilio_append($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    feed: `SELECT ${event}, e.xid::text AS xid, e.stream FROM ${events} e
      WHERE (e.xid, e.position) > ($1::bigint, $2::bigint)
        AND e.xid < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()
      ORDER BY e.xid, e.position LIMIT $3`,
    streamFeed: `SELECT ${event}, e.xid::text AS xid, e.stream FROM ${events} e
      WHERE e.stream = $1 AND e.version >= $2 AND (e.xid, e.position) > ($3::bigint, $4::bigint)
        AND e.xid < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()
      ORDER BY e.version LIMIT $5`,
    // The session of the oldest transaction; a prepared transaction has none. Sessions of other roles may be hidden.
    lag: `WITH oldest AS (
        SELECT pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint AS xid
      ), counted AS (
        SELECT pg_catalog.count(*) AS events, pg_catalog.count(*) FILTER (WHERE e.xid >= o.xid + ${s}.auxilio_xid_offset()) AS held
        FROM ${events} e, oldest o WHERE (e.xid, e.position) > ($1::bigint, $2::bigint)
      )
      SELECT c.events::text AS events, c.held::text AS held, l.pid, a.application_name,
        (extract(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)::numeric * 1000::numeric)::bigint::text AS age_ms
      FROM counted c CROSS JOIN oldest o
      LEFT JOIN pg_catalog.pg_locks l ON c.held > 0 AND l.locktype = 'transactionid' AND l.granted
        AND l.mode = 'ExclusiveLock' AND l.transactionid::text::bigint = o.xid & 4294967295
      LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
      LIMIT 1`,
    checkpoint: `SELECT c.cursor, c.revision::text AS revision, c.handled::text AS handled,
        p.stream, p.version::text AS version, p.reason, p.since, p.handled_before::text AS handled_before
      FROM ${s}.auxilio_checkpoints c LEFT JOIN ${s}.auxilio_parked p ON p.consumer = c.consumer
      WHERE c.consumer = $1 ORDER BY p.stream`,
    commit: `SELECT moved, at_cursor, at_revision::text, pg_catalog.pg_current_xact_id()::text AS transaction
      FROM ${s}.auxilio_move($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    // True if the transaction of a commit is still open, and its status if it is not.
    transactionStatus: `SELECT coalesce(pg_catalog.pg_current_xact_id_if_assigned()::text = $1::text, false) AS is_open,
      pg_catalog.pg_xact_status($1::text::xid8) AS status`,
    rows: `SELECT r.key, r.body FROM ${s}.auxilio_rows r
      WHERE r.projection = ${live} AND r.key > $2 ORDER BY r.key LIMIT $3`,
    row: `SELECT r.key, r.body FROM ${s}.auxilio_rows r WHERE r.projection = ${live} AND r.key = $2`,
    reset: `SELECT ${s}.auxilio_reset($1, $2)`,
    keepNames: `SELECT ${s}.auxilio_keep_names($1, $2)`,
    startGeneration: `SELECT ${s}.auxilio_start_generation($1, $2, $3)`,
    promoteGeneration: `SELECT outcome, of_builder, at_revision::text
      FROM ${s}.auxilio_promote_generation($1, $2, $3, $4, $5)`,
    names: `SELECT n.key, n.name FROM ${s}.auxilio_names n WHERE n.key = ANY ($1)`,
    // Reads the catalog itself: within a transaction to_regclass may cache that a table was missing.
    server: `SELECT pg_catalog.current_setting('server_version_num')::integer AS release,
      pg_catalog.current_setting('server_encoding') AS encoding,
      EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = 'auxilio_meta') AS made`,
    schemaVersion: `SELECT value FROM ${s}.auxilio_meta WHERE name = 'schema-version'`,
    isAhead: `SELECT coalesce(
      pg_catalog.max(e.xid) >= pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset(), false) AS is_ahead FROM ${events} e`,
  };
}
