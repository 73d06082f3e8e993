import type * as z from 'zod/mini';

/** A path before it is written as a pointer. */
export type Path = readonly PropertyKey[];

/**
 * The part of a path that a schema knows: field names and indexes up to the first key that is not of the schema. What
 * follows are words of the sender.
 */
export function knownPath(schema: z.core.SomeType, path: Path): Path {
  let at: z.core.SomeType | undefined = schema;
  let length = 0;
  for (const segment of path) {
    at = childOf(at, segment);
    if (at === undefined) break;
    length += 1;
  }
  return path.slice(0, length);
}

/** The schema at a path, unwrapped if optional; undefined if the schema has no such path. */
export function schemaAt(schema: z.core.SomeType, path: Path): z.core.SomeType | undefined {
  let at: z.core.SomeType | undefined = schema;
  for (const segment of path) at = at && childOf(at, segment);
  const def = (at as z.core.$ZodTypes | undefined)?._zod.def;
  return def?.type === 'optional' ? def.innerType : at;
}

function childOf(schema: z.core.SomeType, segment: PropertyKey): z.core.SomeType | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
      return childOf(def.innerType, segment);
    case 'array':
      return typeof segment === 'number' ? def.element : undefined;
    case 'object':
      return typeof segment === 'string' && Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
    default:
      return undefined;
  }
}
