import * as z from 'zod/mini';

/** Builds a schema; gives the same at each call. */
export type Build = () => z.ZodMiniType;

/** Reads one value by a schema. */
export type Read = (value: unknown) => z.core.util.SafeParseResult<unknown>;

/**
 * The mode of validation: by functions compiled for each type once it has been read a few dozen times, or,
 * where code may not be made at run time (a content security policy, some edge workers), by zod's interpreter alone:
 * the same answers, several times slower.
 *
 * @since 0.1.0
 */
export const validationMode = (): 'compiled' | 'interpreted' => (z.util.allowsEval.value ? 'compiled' : 'interpreted');

/** Compiling a schema takes as long as interpreting some hundred messages: the first few of a type are interpreted. */
const INTERPRETED_USES = 64;

/** A reader of values by a schema, which is built when the first comes, and compiled once it pays. */
export function createReader(build: Build): Read {
  let compiled: z.ZodMiniType | undefined;
  let uses = 0;
  return (value) => {
    if (compiled !== undefined) return compiled.safeParse(value);
    uses += 1;
    if (uses < INTERPRETED_USES || validationMode() === 'interpreted') return build().safeParse(value);
    compiled = z.compile(build());
    return compiled.safeParse(value);
  };
}

/** Builds on the first call, and gives the same ever after. */
export function lazy<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
