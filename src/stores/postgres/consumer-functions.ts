/** The functions of the Postgres store that write the state of consumers: checkpoints, rows and their generations. */

/** The prefix of a projection's name in a change for the generation being built alone; no encoded name begins so. */
export const BUILDING = '\\b:';

/** The lock that writers of rows share. A change of generations takes it exclusively, after the rows of checkpoints. */
const generationsLock = (s: string) => `hashtextextended('generations', hashtextextended('${s}', 0))`;

/**
 * Writes rows of read models; a row without a body is removed. It looks rows up one by one: a plan for a list of keys, made while
 * the table is small and cached by the session, would always read the whole table.
 */
export const rowsFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_write_rows(projections text[], keys text[], bodies text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
  target text;
  kept text;
  live_one text;
  building_one text;
BEGIN
  IF cardinality(keys) > 0 THEN
    ignored := pg_advisory_xact_lock_shared(${generationsLock(s)})::text;
  END IF;
  FOR n IN 1 .. cardinality(keys) LOOP
    target := projections[n];
    IF left(target, 3) = '${BUILDING}' THEN
      target := substr(target, 4);
      SELECT NULL, g.building INTO live_one, building_one FROM ${s}.auxilio_generations g WHERE g.projection = target;
    ELSE
      SELECT g.live, g.building INTO live_one, building_one FROM ${s}.auxilio_generations g WHERE g.projection = target;
      live_one := coalesce(live_one, target);
    END IF;
    FOREACH kept IN ARRAY array_remove(ARRAY[live_one, building_one], NULL) LOOP
      IF bodies[n] IS NULL THEN
        DELETE FROM ${s}.auxilio_rows r WHERE r.projection = kept AND r.key = keys[n];
      ELSE
        INSERT INTO ${s}.auxilio_rows (projection, key, body) VALUES (kept, keys[n], bodies[n])
          ON CONFLICT (projection, key) DO UPDATE SET body = excluded.body;
      END IF;
    END LOOP;
  END LOOP;
END
$auxilio$;
`;

/** The part of a commit that writes the waiting streams of the consumer. */
export const writeWaitingStreams = (s: string) => `
  FOR n IN 1 .. cardinality(unparked) LOOP
    DELETE FROM ${s}.auxilio_parked p WHERE p.consumer = mover AND p.stream = unparked[n];
  END LOOP;
  FOR n IN 1 .. cardinality(waiting) LOOP
    INSERT INTO ${s}.auxilio_parked (consumer, stream, version, reason, since, handled_before)
      VALUES (mover, waiting[n], versions[n], reasons[n], sinces[n], handled_befores[n]) ON CONFLICT DO NOTHING;
  END LOOP;`;

/**
 * Commits the checkpoint of a consumer, with its rows, if it is at the revision `expected` and not beyond `target`.
 * Otherwise it writes nothing and returns the current checkpoint.
 */
export const commitFunction = (s: string) => `
CREATE FUNCTION ${s}.auxilio_move(
  mover text, expected bigint, target text, projections text[], keys text[], row_bodies text[],
  unparked text[], waiting text[], versions bigint[], reasons text[], sinces text[], handled_befores bigint[],
  more_handled bigint, patience text,
  OUT moved boolean, OUT at_cursor text, OUT at_revision bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
BEGIN
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
  UPDATE ${s}.auxilio_checkpoints c SET cursor = target, revision = c.revision + 1, handled = c.handled + more_handled
    WHERE c.consumer = mover AND c.revision = expected AND coalesce(c.cursor, '') <= coalesce(target, '');
  moved := FOUND;
  IF NOT moved AND expected = 0 THEN
    INSERT INTO ${s}.auxilio_checkpoints (consumer, cursor, revision, handled) VALUES (mover, target, 1, more_handled)
      ON CONFLICT DO NOTHING;
    moved := FOUND;
  END IF;
  IF NOT moved THEN
    SELECT c.cursor, c.revision INTO at_cursor, at_revision FROM ${s}.auxilio_checkpoints c WHERE c.consumer = mover;
    RETURN;
  END IF;
  PERFORM ${s}.auxilio_write_rows(projections, keys, row_bodies);${writeWaitingStreams(s)}
END
$auxilio$;
`;

/**
 * Resets a consumer to the beginning, and removes all generations of its rows, after a commit in progress has ended, since its rows
 * are visible only then.
 */
export const resetFunctions = (s: string) => `
CREATE FUNCTION ${s}.auxilio_send_back(consumer_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
BEGIN
  INSERT INTO ${s}.auxilio_checkpoints AS c (consumer, cursor, revision, handled) VALUES (consumer_name, NULL, 1, 0)
    ON CONFLICT (consumer) DO UPDATE SET cursor = NULL, revision = c.revision + 1, handled = 0;
  DELETE FROM ${s}.auxilio_parked p WHERE p.consumer = consumer_name;
END
$auxilio$;

CREATE FUNCTION ${s}.auxilio_reset(consumer_name text, patience text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
BEGIN
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
  PERFORM ${s}.auxilio_send_back(consumer_name);
  ignored := pg_advisory_xact_lock(${generationsLock(s)})::text;
  DELETE FROM ${s}.auxilio_rows r USING ${s}.auxilio_generations g
    WHERE g.projection = consumer_name AND r.projection IN (g.live, g.building);
  DELETE FROM ${s}.auxilio_rows r WHERE r.projection = consumer_name;
  DELETE FROM ${s}.auxilio_generations g WHERE g.projection = consumer_name;
END
$auxilio$;
`;

/**
 * Starts a generation: it waits for running writers of rows, which do not know yet that one is being built. Promotes the generation
 * that was built: the outcome is `promoted`; or nothing was written, and it is `none` if no generation is being built, `behind` if it is
 * behind the consumer of that name, or `conflict` if the revision of the consumer has changed.
 */
export const generationFunctions = (s: string) => `
CREATE FUNCTION ${s}.auxilio_start_generation(name text, builder text, patience text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
  next bigint;
BEGIN
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
  PERFORM ${s}.auxilio_send_back(builder);
  ignored := pg_advisory_xact_lock(${generationsLock(s)})::text;
  DELETE FROM ${s}.auxilio_rows r USING ${s}.auxilio_generations g WHERE g.projection = name AND r.projection = g.building;
  INSERT INTO ${s}.auxilio_generations AS g (projection, number, live) VALUES (name, 1, name)
    ON CONFLICT (projection) DO UPDATE SET number = g.number + 1
    RETURNING g.number INTO next;
  UPDATE ${s}.auxilio_generations g SET building = '\\g' || next || ':' || name WHERE g.projection = name;
END
$auxilio$;

CREATE FUNCTION ${s}.auxilio_promote_generation(
  name text, builder text, expected bigint, present bigint, patience text,
  OUT outcome text, OUT of_builder boolean, OUT at_revision bigint)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $auxilio$
DECLARE
  ignored text;
  built ${s}.auxilio_checkpoints;
  replaced ${s}.auxilio_checkpoints;
  generation ${s}.auxilio_generations;
BEGIN
  ignored := set_config('lock_timeout', patience, true);
  IF current_setting('synchronous_commit') = 'off' THEN
    ignored := set_config('synchronous_commit', 'on', true);
  END IF;
  SELECT * INTO built FROM ${s}.auxilio_checkpoints c WHERE c.consumer = builder FOR UPDATE;
  SELECT * INTO replaced FROM ${s}.auxilio_checkpoints c WHERE c.consumer = name FOR UPDATE;
  ignored := pg_advisory_xact_lock(${generationsLock(s)})::text;
  SELECT * INTO generation FROM ${s}.auxilio_generations g WHERE g.projection = name;
  outcome := 'conflict';
  of_builder := coalesce(built.revision, 0) <> expected;
  at_revision := CASE WHEN of_builder THEN coalesce(built.revision, 0) ELSE coalesce(replaced.revision, 0) END;
  IF of_builder OR coalesce(replaced.revision, 0) <> present THEN
    RETURN;
  END IF;
  IF generation.building IS NULL THEN
    outcome := 'none';
    RETURN;
  END IF;
  IF coalesce(built.cursor, '') < coalesce(replaced.cursor, '') THEN
    outcome := 'behind';
    RETURN;
  END IF;
  outcome := 'promoted';
  DELETE FROM ${s}.auxilio_rows r WHERE r.projection = generation.live;
  UPDATE ${s}.auxilio_generations g SET live = generation.building, building = NULL WHERE g.projection = name;
  INSERT INTO ${s}.auxilio_checkpoints AS c (consumer, cursor, revision, handled)
    VALUES (name, built.cursor, present + 1, coalesce(built.handled, 0))
    ON CONFLICT (consumer) DO UPDATE SET cursor = coalesce(c.cursor, excluded.cursor), revision = c.revision + 1,
      handled = greatest(c.handled, excluded.handled)
    WHERE c.revision = present;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'auxilio: the consumer was made meanwhile' USING ERRCODE = 'serialization_failure';
  END IF;
  DELETE FROM ${s}.auxilio_parked p WHERE p.consumer = name;
  UPDATE ${s}.auxilio_parked p SET consumer = name WHERE p.consumer = builder;
  PERFORM ${s}.auxilio_send_back(builder);
END
$auxilio$;
`;
