import type * as z from 'zod/mini';
import { chosenFor } from './by-type.ts';

/** A path before it is written as a pointer. */
export type Path = readonly PropertyKey[];

/**
 * Cuts a path before the first key that the schema does not have: the rest may repeat words of the sender. Where a part is
 * read by a schema for its type, the value says which.
 */
export function knownPath(schema: z.core.SomeType, path: Path, value?: unknown): Path {
  let at: Place = { schema, value };
  let length = 0;
  for (const segment of path) {
    at = childOf(at, segment);
    if (at.schema === undefined) break;
    length += 1;
  }
  return path.slice(0, length);
}

/** The schema at a path of a value, unwrapped if optional; undefined if the schema has no such path. */
export function schemaAt(schema: z.core.SomeType, path: Path, value?: unknown): z.core.SomeType | undefined {
  let at: Place = { schema, value };
  for (const segment of path) at = childOf(at, segment);
  const def = (at.schema as z.core.$ZodTypes | undefined)?._zod.def;
  if (def?.type === 'optional') return def.innerType;
  return (at.schema && chosenFor(at.schema, at.value)) ?? at.schema;
}

/** A schema, and the value that it reads, as far as there is one. */
type Place = { readonly schema: z.core.SomeType | undefined; readonly value: unknown };

function childOf({ schema, value }: Place, segment: PropertyKey): Place {
  return {
    schema: schema && schemaOfChild(schema, segment, value),
    value: typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[segment] : undefined,
  };
}

function schemaOfChild(schema: z.core.SomeType, segment: PropertyKey, value: unknown): z.core.SomeType | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
      return schemaOfChild(def.innerType, segment, value);
    case 'array':
      return typeof segment === 'number' ? def.element : undefined;
    case 'object':
      return typeof segment === 'string' && Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
    default: {
      const chosen = chosenFor(schema, value);
      return chosen && schemaOfChild(chosen, segment, value);
    }
  }
}
