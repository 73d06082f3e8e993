import { mustBe } from '../kernel/known.ts';

/** Refuses a subject that lacks a function which is looked at. */
export function mustHave<T extends object>(what: string, subject: T, names: readonly (keyof T & string)[]): void {
  const expected = `${what} takes { ${names.join(', ')} }, each a function`;
  for (const name of names) mustBe(typeof subject?.[name] === 'function', expected, subject);
}
