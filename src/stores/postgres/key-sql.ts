/**
 * Creates the statements of the key store, safe under any search path as those of sql.ts. What puts a key locks the newest epoch until its
 * commit, and reads it as it is then: so none of an older epoch is stored once a next one is begun.
 */
export function createKeySql(s: string) {
  const settings = `settings AS MATERIALIZED (
      SELECT pg_catalog.set_config('lock_timeout', $1::text, true), CASE
        WHEN pg_catalog.current_setting('synchronous_commit') = 'off'::text
        THEN pg_catalog.set_config('synchronous_commit', 'on', true) END
    )`;
  const newest = `newest AS MATERIALIZED (
      SELECT m.value FROM settings, ${s}.auxilio_key_meta m WHERE m.name = 'epoch' FOR SHARE OF m
    )`;
  const given = `ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::bigint[]), pg_catalog.unnest($4::text[]),
      pg_catalog.unnest($5::text[])) AS g(id, life, epoch, wrapped)`;
  const columns = `k.id, k.life::text AS life, k.epoch, k.wrapped`;
  return {
    read: `SELECT ${columns} FROM ${s}.auxilio_keys k WHERE k.id = ANY ($1::text[])`,
    create: `WITH ${settings}, ${newest}
      INSERT INTO ${s}.auxilio_keys (id, life, epoch, wrapped)
      SELECT g.id, g.life, g.epoch, g.wrapped FROM newest n, ${given} WHERE g.epoch = n.value
      ON CONFLICT (id) DO NOTHING`,
    erase: `WITH ${settings}
      INSERT INTO ${s}.auxilio_keys AS k (id, life)
      SELECT g.id, g.life FROM settings, ROWS FROM (pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::bigint[])) AS g(id, life)
      ON CONFLICT (id) DO UPDATE SET life = excluded.life, epoch = NULL, wrapped = NULL WHERE k.life <= excluded.life`,
    revive: `WITH ${settings}, ${newest}
      UPDATE ${s}.auxilio_keys k SET life = g.life, epoch = g.epoch, wrapped = g.wrapped FROM newest n, ${given}
      WHERE k.id = g.id AND g.epoch = n.value AND k.epoch IS NULL AND k.life < g.life`,
    rewrap: `WITH ${settings}, ${newest}
      UPDATE ${s}.auxilio_keys k SET epoch = g.epoch, wrapped = g.wrapped FROM newest n, ${given}
      WHERE k.id = g.id AND g.epoch = n.value AND k.epoch IS NOT NULL AND k.life = g.life`,
    older: `SELECT ${columns} FROM ${s}.auxilio_keys k WHERE k.epoch <> $1::text AND k.id > $2::text ORDER BY k.id LIMIT $3`,
    epoch: `SELECT m.value FROM ${s}.auxilio_key_meta m WHERE m.name = 'epoch'`,
    firstEpoch: `WITH ${settings}
      INSERT INTO ${s}.auxilio_key_meta (name, value) SELECT 'epoch', $2::text FROM settings
      ON CONFLICT (name) DO NOTHING RETURNING value`,
    nextEpoch: `WITH ${settings}
      UPDATE ${s}.auxilio_key_meta m SET value = $2::text FROM settings WHERE m.name = 'epoch' AND m.value = $3::text
      RETURNING m.value`,
    /** The key store has no global stream. */
    isAhead: `SELECT false AS is_ahead`,
  };
}
