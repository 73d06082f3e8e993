/** An answer with bigints, in the form that JSON takes: each as its decimal digits, which `BigInt` reads. @since 0.5.0 */
export type InDigits<T> = T extends unknown
  ? { readonly [K in keyof T as K extends 'toJSON' ? never : K]: T[K] extends bigint ? string : T[K] }
  : never;

/**
 * An answer that `JSON.stringify` and `Response.json` take, though it has bigints: each is written as its decimal digits. A copy
 * (`{ ...answer }`) has no `toJSON`.
 *
 * @since 0.5.0
 */
export type Jsonable<T> = T extends unknown
  ? T & {
      /** The answer with each bigint as its decimal digits; `JSON.stringify` calls it. */
      toJSON(): InDigits<T>;
    }
  : never;

const toDigits = (fields: object) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  );

const toJSON = {
  value(this: object) {
    return toDigits(this);
  },
};

/** Gives an answer the method `toJSON`, which is not one of its enumerable fields: equality and copies are as without it. */
export const jsonable = <T extends object>(answer: T): Jsonable<T> =>
  Object.defineProperty(answer, 'toJSON', toJSON) as Jsonable<T>;

/** An error in the form that JSON takes: its name and message, and its fields with each bigint as its decimal digits. */
export const errorInDigits = (error: Error): Readonly<Record<string, unknown>> => {
  const { name, message } = error;
  return { name, message, ...toDigits(error) };
};
