import { nearest } from '../../util/nearest.ts';
import { commandTypes, eventTypes } from '../../visit/index.ts';
import { jsonSchema } from '../../wire.ts';
import { type Context, EXIT, Failure, print } from '../console/context.ts';
import { safeJson } from '../console/text.ts';

export type SchemaOptions = { readonly command?: string; readonly event?: string };

type Definitions = Readonly<Record<string, unknown>>;

/** Writes the JSON Schema of all messages, or of one. */
export async function schema({ command, event }: SchemaOptions, context: Context): Promise<number> {
  const whole = jsonSchema();
  const type = command ?? event;
  const known: readonly string[] = command === undefined ? eventTypes : commandTypes;
  if (type !== undefined && !known.includes(type)) {
    throw new Failure(({ failures, usage }) => [
      failures.noSuchType(type),
      ...nearest(type, known).map(usage.suggestion),
    ]);
  }
  const answer = type === undefined ? whole : extractSchema(type, whole.$schema, whole.$defs as Definitions);
  await print(context, safeJson(answer, context.json ? undefined : 2));
  return EXIT.ok;
}

/** The schema of one message, with the parts that it needs. */
function extractSchema(type: string, $schema: unknown, definitions: Definitions) {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    if (needed.size === needed.add(name).size) return;
    for (const [, part = ''] of JSON.stringify(definitions[name]).matchAll(/"#\/\$defs\/(\w+)"/g)) visit(part);
  };
  visit(type);
  const parts = [...needed].filter((name) => name !== type).map((name) => [name, definitions[name]]);
  return {
    $schema,
    $id: `urn:auxilio:schema:1:${type}`,
    ...(definitions[type] as object),
    $defs: Object.fromEntries(parts),
  };
}
