/** The guards that version 2 of the tables adds: functions use no schema that others may write to, and inserted events are checked. */

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
 * Refuses an event that leaves a gap in its stream, that has a lower transaction number than the event before it, or that claims
 * another transaction or place than it has. The unique index refuses a version that is taken. It runs as the owner, so that a role
 * that may insert need not be able to read.
 */
export const insertGuard = (s: string) => `
CREATE FUNCTION ${s}.auxilio_events_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  last_version bigint;
  last_xid bigint;
BEGIN
  SELECT e.version, e.xid INTO last_version, last_xid FROM ${s}.auxilio_events e
    WHERE e.stream = NEW.stream ORDER BY e.version DESC LIMIT 1;
  IF NEW.version > coalesce(last_version, 0) + 1 OR NEW.xid < last_xid THEN
    RAISE EXCEPTION 'auxilio: events are only added, one after the other' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.xid IS DISTINCT FROM pg_current_xact_id()::text::bigint + ${s}.auxilio_xid_offset()
      OR NEW.position IS DISTINCT FROM currval(pg_get_serial_sequence('${s}.auxilio_events', 'position')) THEN
    RAISE EXCEPTION 'auxilio: an event carries its own transaction and the next position'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$auxilio$;

CREATE TRIGGER auxilio_events_in_order BEFORE INSERT ON ${s}.auxilio_events
  FOR EACH ROW EXECUTE FUNCTION ${s}.auxilio_events_check();
`;

/** Realigns like the function of version 1; the offset function that it creates uses no other schema either. */
export const realignFunction = (s: string) => `
CREATE OR REPLACE FUNCTION ${s}.auxilio_realign() RETURNS bigint
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

/** Runs statements for each function of the store, of every version. */
const eachFunction = (schema: string, statements: string) => `
DO $auxilio$
DECLARE
  f record;
BEGIN
  FOR f IN SELECT p.oid::pg_catalog.regprocedure AS name, p.proname,
      p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype AS is_trigger
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = '${schema}' AND pg_catalog.starts_with(p.proname::pg_catalog.text, 'auxilio_'::pg_catalog.text)
  LOOP
${statements}
  END LOOP;
END
$auxilio$;
`;

/** Makes every function resolve names in the catalog alone, under any search path of its caller. */
export const closedSearchPaths = (schema: string) =>
  eachFunction(
    schema,
    `    EXECUTE pg_catalog.format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', f.name);`,
  );

/** Functions that an application may not call: `auxilio_realign` is for the owner, and the other functions call the rest. */
const OWNERS = `'auxilio_realign', 'auxilio_write_rows', 'auxilio_send_back'`;

/**
 * Lets a role read the tables, and write only through functions, which run as their owner. `role` is a literal. It fails if the
 * role has rights that the owner cannot revoke: granted by others, or to a group that the role is in.
 */
export const definerRights = (schema: string, s: string, role: string) => `
DO $auxilio$
DECLARE
  application CONSTANT pg_catalog.text := ${role};
  t record;
  holder pg_catalog.name;
BEGIN
  EXECUTE pg_catalog.format('REVOKE CREATE ON SCHEMA ${s} FROM PUBLIC, %I', application);
  EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA ${s} TO %I', application);
  FOR t IN SELECT c.oid, c.oid::pg_catalog.regclass AS name, c.relowner AS owner
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = '${schema}' AND c.relkind IN ('r', 'v', 'S')
      AND pg_catalog.starts_with(c.relname::pg_catalog.text, 'auxilio_'::pg_catalog.text)
  LOOP
    IF pg_catalog.pg_has_role(application::pg_catalog.name, t.owner, 'MEMBER'::pg_catalog.text) THEN
      RAISE EXCEPTION 'auxilio: the role % may do all that the owner of the tables may', application;
    END IF;
    EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM PUBLIC, %I', t.name, application);
    EXECUTE pg_catalog.format('GRANT SELECT ON %s TO %I', t.name, application);
    SELECT r.rolname INTO holder FROM pg_catalog.pg_roles r
      WHERE pg_catalog.pg_has_role(application::pg_catalog.name, r.oid, 'MEMBER'::pg_catalog.text) AND (
        pg_catalog.has_table_privilege(r.oid, t.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER'::pg_catalog.text)
        OR pg_catalog.has_any_column_privilege(r.oid, t.oid, 'INSERT, UPDATE'::pg_catalog.text)
        OR pg_catalog.has_schema_privilege(r.oid, '${schema}'::pg_catalog.text, 'CREATE'::pg_catalog.text)) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'auxilio: the role % may still write to %, or make tables beside it, as %: revoke that first',
        application, t.name, holder;
    END IF;
  END LOOP;
END
$auxilio$;
${eachFunction(
  schema,
  `    EXECUTE pg_catalog.format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, %I', f.name, ${role}::pg_catalog.text);
    IF NOT f.is_trigger AND f.proname NOT IN (${OWNERS}) THEN
      EXECUTE pg_catalog.format('ALTER FUNCTION %s SECURITY DEFINER', f.name);
      EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION %s TO %I', f.name, ${role}::pg_catalog.text);
    END IF;`,
)}`;
