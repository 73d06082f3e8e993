/**
 * The statements of the store, safe under any search path of the connection: functions by their schema, operators on
 * operands of exactly the catalog's types, so that no planted operator matches better. Numbers are read as text,
 * independently of the pool's parser of int8.
 */
export type PostgresSql = ReturnType<typeof createSql>;

/**
 * Creates the statements; with `isPlaced` the frequent ones say where the WAL ended after they saw what they answer. `meta` is the table
 * that has the version of the tables.
 */
export function createSql(s: string, isPlaced = false, meta = 'auxilio_meta') {
  // A volatile function runs after the snapshot of its statement is taken, and after a function that the rows come from.
  const place = isPlaced
    ? `, pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::text AS place`
    : '';
  const events = `${s}.auxilio_events`;
  const event = `e.position::text AS position, e.version::text AS version, e.event_id, e.body`;
  const range = (order: 'ASC' | 'DESC') => `
    SELECT head.version::text AS head_version, head.position::text AS head_position, ${event}${place}
    FROM (
      SELECT l.version, l.position FROM ${events} l WHERE l.stream = $1 ORDER BY l.version DESC LIMIT 1
    ) AS head LEFT JOIN (
      SELECT * FROM ${events} w WHERE w.stream = $1 AND w.version BETWEEN $2 AND $3 ORDER BY w.version ${order} LIMIT $4
    ) AS e ON true
    ORDER BY e.version ${order}`;
  const live = `coalesce((SELECT g.live FROM ${s}.auxilio_generations g WHERE g.projection = $1::text), $1::text)`;
  return {
    head: `SELECT e.version::text AS version, e.position::text AS position${place}
      FROM ${events} e WHERE e.stream = $1 ORDER BY e.version DESC LIMIT 1`,
    whole: `SELECT ${event}${place} FROM ${events} e WHERE e.stream = $1 ORDER BY e.version`,
    range: range('ASC'),
    backwardsRange: range('DESC'),
    byId: `SELECT ${event}, e.stream${place} FROM ${events} e WHERE e.event_id = ANY ($1)`,
    append: `SELECT answer${place} FROM ${s}.auxilio_add($1, $2, $3, $4, $5, $6, $7, $8, $9) AS answer`,
    feed: `SELECT epoch, is_here, "position", version, event_id, body, xid, stream${place} FROM ${s}.auxilio_feed($1, $2, $3, $4)`,
    // The end of the feed, by the id of its last event: a position may be given again once a server was replaced.
    newest: `SELECT (SELECT e.event_id FROM ${events} e
        WHERE e.xid < pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()
        ORDER BY e.xid DESC, e.position DESC LIMIT 1) AS newest,
      EXISTS (SELECT FROM ${events} e
        WHERE e.xid >= pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset()) AS is_held`,
    // Waits for no disk and no standby: a message is lost with its server, and while its transaction is open the feed is held back.
    notify: `SELECT pg_catalog.set_config('synchronous_commit', 'off', true), pg_catalog.pg_notify('auxilio', $1)`,
    streamFeed: `SELECT epoch, is_here, "position", version, event_id, body, xid, stream${place}
      FROM ${s}.auxilio_stream_feed($1, $2, $3, $4, $5, $6)`,
    // The cursor of another epoch, or of an event that is missing: what the store has up to its place, and where to repeat from.
    judge: `WITH present AS (SELECT n.number, n.id, n.timeline FROM ${s}.auxilio_epochs n ORDER BY n.number DESC LIMIT 1),
      known AS (SELECT n.number FROM ${s}.auxilio_epochs n WHERE n.id = $4::text),
      later AS (
        SELECT n.cut_xid, n.cut_position FROM ${s}.auxilio_epochs n, known k WHERE n.number > k.number ORDER BY n.number LIMIT 1
      ), bound AS (
        SELECT l.cut_xid AS xid, l.cut_position AS position FROM later l
        UNION ALL SELECT $1::bigint, $2::bigint FROM present p, known k
          WHERE p.number = k.number AND p.timeline <> ${s}.auxilio_here()
      ), shared AS (
        SELECT e.xid, e.position, e.event_id FROM ${events} e, bound b
        WHERE (e.xid, e.position) <= (b.xid, b.position) AND (e.xid, e.position) <= ($1::bigint, $2::bigint)
        ORDER BY e.xid DESC, e.position DESC LIMIT 1
      )
      SELECT p.id AS epoch, pg_catalog.pg_is_in_recovery() AS is_standby, l.cut_xid IS NOT NULL AS is_older,
        coalesce((x.event_id = $3::text OR $3::text = '') AND x.xid = $1::bigint AND x.position = $2::bigint, false) AS is_shared,
        x.xid::text AS xid, x.position::text AS position, x.event_id AS last_id,
        (SELECT pg_catalog.count(*) FROM ${events} e WHERE (e.xid, e.position) <= (x.xid, x.position))::text AS count
      FROM present p LEFT JOIN later l ON true LEFT JOIN shared x ON true`,
    lag: `SELECT epoch, is_here, events, held, pid, application_name, age_ms FROM ${s}.auxilio_lag($1, $2, $3)`,
    checkpoint: `SELECT cursor, whole_cursor, epoch, revision, handled, stream, version, reason, since, handled_before${place}
      FROM ${s}.auxilio_checkpoint($1)`,
    commit: `SELECT refusal, pg_catalog.pg_current_xact_id()::text AS transaction${place}
      FROM ${s}.auxilio_commit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) AS refusal`,
    // True if the transaction of a commit is still open, and its status if it is not.
    transactionStatus: `SELECT coalesce(pg_catalog.pg_current_xact_id_if_assigned()::text = $1::text, false) AS is_open,
      pg_catalog.pg_xact_status($1::text::xid8) AS status`,
    rows: `SELECT r.key, r.body${place} FROM ${s}.auxilio_rows r
      WHERE r.projection = ${live} AND r.key > $2 ORDER BY r.key LIMIT $3`,
    row: `SELECT r.key, r.body${place} FROM ${s}.auxilio_rows r WHERE r.projection = ${live} AND r.key = $2`,
    reset: `SELECT ${s}.auxilio_reset($1, $2)`,
    keepNames: `SELECT ${s}.auxilio_keep_names($1, $2)`,
    startGeneration: `SELECT ${s}.auxilio_start_generation($1, $2, $3)`,
    promoteGeneration: `SELECT outcome, of_builder, at_revision::text
      FROM ${s}.auxilio_promote($1, $2, $3, $4, $5)`,
    names: `SELECT n.key, n.name FROM ${s}.auxilio_names n WHERE n.key = ANY ($1)`,
    // Reads the catalog itself: within a transaction to_regclass may cache that a table was missing.
    server: `SELECT pg_catalog.current_setting('server_version_num')::integer AS release,
      pg_catalog.current_setting('server_encoding') AS encoding,
      EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = '${meta}') AS made`,
    // The checkpointer is started again after a crash that the postmaster survives.
    standing: `SELECT pg_catalog.pg_is_in_recovery() AS is_standby,
        pg_catalog.current_setting('synchronous_standby_names') AS waits_for, c.setting AS commits, c.source AS set_by,
        pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE') AS may_read, current_user::text AS role,
        (SELECT system_identifier::text FROM pg_catalog.pg_control_system()) || ' '::text
          || extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text || ' '::text
          || coalesce((SELECT extract(epoch FROM a.backend_start)::text FROM pg_catalog.pg_stat_activity a
              WHERE a.backend_type = 'checkpointer'), '') AS server
      FROM pg_catalog.pg_settings c WHERE c.name = 'synchronous_commit'`,
    // Holds against a change of the settings between a write and its commit.
    pin: `SELECT pg_catalog.set_config('synchronous_commit', pg_catalog.current_setting('synchronous_commit'), false)`,
    // How far the WAL is written and flushed here, and flushed by so many of the named standbys: no visible commit lies beyond the first.
    // The view pg_stat_replication takes three times as long to plan as the functions below it.
    positions: `SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_insert_lsn(), '0/0')::text AS written,
        pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_flush_lsn(), '0/0')::text AS flushed,
        (SELECT pg_catalog.pg_wal_lsn_diff(pg_catalog.max(r.flush_lsn), '0/0')::text
          FROM pg_catalog.pg_stat_get_wal_senders() r, LATERAL pg_catalog.pg_stat_get_activity(r.pid) a
          WHERE a.application_name = ANY ($1::text[]) GROUP BY a.application_name
          ORDER BY pg_catalog.max(r.flush_lsn) DESC NULLS LAST OFFSET $2::integer - 1 LIMIT 1) AS replicated`,
    // Commits a record without rows, which writes out all WAL before it; it need not wait for a standby.
    flush: `SELECT pg_catalog.set_config('synchronous_commit', 'local', true),
      pg_catalog.pg_logical_emit_message(true, 'auxilio', '')`,
    schemaVersion: `SELECT value FROM ${s}.${meta} WHERE name = 'schema-version'`,
    isAhead: `SELECT coalesce(
      pg_catalog.max(e.xid) >= pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint + ${s}.auxilio_xid_offset(), false) AS is_ahead FROM ${events} e`,
  };
}
