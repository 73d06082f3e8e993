import * as z from 'zod/mini';
import { type Build, lazy, type Read, readerOf } from './reader.ts';

/** The schemas of one value, by the `type` that it has; `otherwise` is that of a value of no known type. */
export type Choices = { readonly builds: ReadonlyMap<unknown, Build>; readonly otherwise: Build };

const choicesOf = new WeakMap<z.core.SomeType, Choices>();

/** The schema that reads the value, of one that {@link byType} made; undefined of any other. */
export function chosenFor(schema: z.core.SomeType, value: unknown): z.ZodMiniType | undefined {
  const choices = choicesOf.get(schema);
  return choices && (choices.builds.get(typeIn(value)) ?? choices.otherwise)();
}

/**
 * The schema of a value that is read by another for each of its types. A union would build, and compile, those of all types
 * for the first value.
 */
export function byType<T>(choices: Choices): z.ZodMiniType<T> {
  const readers = new Map<unknown, Read>([...choices.builds].map(([type, build]) => [type, readerOf(build)]));
  const otherwise = lazy(() => readerOf(choices.otherwise));
  const schema = z.transform((value: unknown, payload) => {
    const { data, error } = (readers.get(typeIn(value)) ?? otherwise())(value);
    if (error !== undefined) payload.issues.push(...(error.issues as unknown as z.core.$ZodRawIssue[]));
    return data;
  });
  choicesOf.set(schema, choices);
  return schema as unknown as z.ZodMiniType<T>;
}

/** The `type` of a message; undefined of one that has none, or that cannot be looked at. No accessor is called. */
export function typeIn(value: unknown): unknown {
  try {
    return Object.getOwnPropertyDescriptor(Object(value), 'type')?.value;
  } catch {
    return undefined;
  }
}
