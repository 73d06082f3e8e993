import { StoreError } from './errors.ts';

/** A step of a schema: the statements that raise it to a version from that of the step before. The first one creates it. */
export type SchemaStep = Readonly<{ version: number; sql: string }>;

/**
 * Lists the steps that a database has yet to take, in order. `stored` is the version in its table of meta data; without one
 * there are no tables yet. Refuses a version that this release cannot use.
 */
export function listPendingSteps(steps: readonly SchemaStep[], stored: string | undefined): readonly SchemaStep[] {
  if (stored === undefined) return steps;
  const version = Number(stored);
  const [first, last] = [steps[0]?.version ?? 0, steps.at(-1)?.version ?? 0];
  if (!Number.isInteger(version) || version < 1) throw new StoreError('corrupt', 'The schema version is unreadable');
  if (version > last) {
    throw new StoreError('newer-schema', `The database has schema ${version}; this release knows ${last}`);
  }
  if (version < first) {
    throw new StoreError(
      'unavailable',
      `The database has schema ${version}, which was never published; this release begins at ${first}: export the events ` +
        'with the version that wrote them, and import them into a new database',
    );
  }
  return steps.filter((step) => step.version > version);
}
