import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Policy } from '../visit/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import type { Language } from '../words/language.ts';

/** Refuses unknown options, and an invalid policy among them. */
export function mustKnowOptions<O extends { readonly policy?: Policy }>(
  what: string,
  options: O,
  known: Readonly<Record<keyof O, 0>>,
): void {
  mustKnowKeys(what, options, known);
  if (options.policy !== undefined) mustBePolicy(options.policy);
}

/** Refuses a value that is not a language, such as a locale. */
export function mustBeLanguage(what: string, language: Language): void {
  mustBe(typeof language?.refuse === 'function', `${what} takes a language, such as en of auxilio/en`, language);
}
