import * as z from 'zod/mini';
import { type Build, createReader, lazy, type Read } from './reader.ts';

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
    at = findChild(at, segment);
    if (at.schema === undefined) break;
    length += 1;
  }
  return path.slice(0, length);
}

/** The schema at a path of a value, unwrapped if optional; undefined if the schema has no such path. */
export function schemaAt(schema: z.core.SomeType, path: Path, value?: unknown): z.core.SomeType | undefined {
  let at: Place = { schema, value };
  for (const segment of path) at = findChild(at, segment);
  const def = (at.schema as z.core.$ZodTypes | undefined)?._zod.def;
  if (def?.type === 'optional') return def.innerType;
  return (at.schema && chosenFor(at.schema, at.value)) ?? at.schema;
}

/** A schema, and the value that it reads, as far as there is one. */
type Place = { readonly schema: z.core.SomeType | undefined; readonly value: unknown };

function findChild({ schema, value }: Place, segment: PropertyKey): Place {
  return {
    schema: schema && findChildSchema(schema, segment, value),
    value: typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[segment] : undefined,
  };
}

function findChildSchema(schema: z.core.SomeType, segment: PropertyKey, value: unknown): z.core.SomeType | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
      return findChildSchema(def.innerType, segment, value);
    case 'array':
      return typeof segment === 'number' ? def.element : undefined;
    case 'object':
      return typeof segment === 'string' && Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
    default: {
      const chosen = chosenFor(schema, value);
      return chosen && findChildSchema(chosen, segment, value);
    }
  }
}

/** The schemas of one value, by the `type` that it has; `otherwise` is that of a value of no known type. */
type Choices = { readonly builds: ReadonlyMap<unknown, Build>; readonly otherwise: Build };

const choicesBySchema = new WeakMap<z.core.SomeType, Choices>();

/** Finds the schema that reads a value in a schema that {@link byType} made; undefined in any other. */
export function chosenFor(schema: z.core.SomeType, value: unknown): z.ZodMiniType | undefined {
  const choices = choicesBySchema.get(schema);
  return choices && (choices.builds.get(readType(value)) ?? choices.otherwise)();
}

/**
 * The schema of a value that is read by another for each of its types. A union would build, and compile, those of all types
 * for the first value.
 */
export function byType<T>(choices: Choices): z.ZodMiniType<T> {
  const readers = new Map<unknown, Read>([...choices.builds].map(([type, build]) => [type, createReader(build)]));
  const otherwise = lazy(() => createReader(choices.otherwise));
  const schema = z.transform((value: unknown, payload) => {
    const { data, error } = (readers.get(readType(value)) ?? otherwise())(value);
    if (error !== undefined) payload.issues.push(...(error.issues as unknown as z.core.$ZodRawIssue[]));
    return data;
  });
  choicesBySchema.set(schema, choices);
  return schema as unknown as z.ZodMiniType<T>;
}

/** Reads the `type` of a message; undefined if it is missing or cannot be read. No accessor is called. */
export function readType(value: unknown): unknown {
  try {
    return Object.getOwnPropertyDescriptor(Object(value), 'type')?.value;
  } catch {
    return undefined;
  }
}
