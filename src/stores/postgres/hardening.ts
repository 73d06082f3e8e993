import { mustKnowKeys } from '../../kernel/known.ts';
import { StoreError } from '../errors.ts';
import { DEFAULT_SCHEMA, quoteSchema } from './schema.ts';

/**
 * Returns SQL that lets a role write to the store through its functions alone, which then run as their owner: the role may read
 * the tables, but not insert, change or remove a row directly. It fails if the role still could, by a right of a group that it
 * is in, or granted by another role than the owner. The owner of the tables runs it once they are created, and after each
 * upgrade; the application then connects as that role, with `migrate: false`.
 *
 * @throws StoreError `invalid`
 * @since 0.5.0
 */
export function postgresHardening(options: { schema?: string; role: string }): string {
  mustKnowKeys('postgresHardening', options, { schema: 0, role: 0 });
  const { schema = DEFAULT_SCHEMA, role } = options;
  const s = quoteSchema(schema);
  if (typeof role !== 'string' || role === '' || role.includes('\0') || role.includes('$auxilio$')) {
    throw new StoreError('invalid', 'role is the name of a role');
  }
  const literal = `E'${role.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return `${definerRights(schema, s, literal).trim()}\n`;
}

/**
 * Of the functions, the role may call those that an application calls: not `auxilio_realign`, which is the owner's, nor
 * `auxilio_write_rows` and `auxilio_send_back`, which other functions call. It fails if the role has rights that the owner cannot
 * revoke.
 */
const definerRights = (schema: string, s: string, role: string) => `
DO $auxilio$
DECLARE
  application CONSTANT pg_catalog.text := ${role};
  t record;
  f record;
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
  FOR f IN SELECT p.oid::pg_catalog.regprocedure AS name, p.proname,
      p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype AS is_trigger
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = '${schema}' AND pg_catalog.starts_with(p.proname::pg_catalog.text, 'auxilio_'::pg_catalog.text)
  LOOP
    EXECUTE pg_catalog.format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, %I', f.name, application);
    IF NOT f.is_trigger AND f.proname NOT IN ('auxilio_realign', 'auxilio_write_rows', 'auxilio_send_back') THEN
      EXECUTE pg_catalog.format('ALTER FUNCTION %s SECURITY DEFINER', f.name);
      EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION %s TO %I', f.name, application);
    END IF;
  END LOOP;
END
$auxilio$;
`;
