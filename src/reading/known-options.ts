import { mustKnowKeys } from '../kernel/known.ts';
import type { Policy } from '../visit/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';

/** Refuses unknown options, and an invalid policy among them. */
export function mustKnowOptions<O extends { readonly policy?: Policy }>(
  what: string,
  options: O,
  known: Readonly<Record<keyof O, 0>>,
): void {
  mustKnowKeys(what, options, known);
  if (options.policy !== undefined) mustBePolicy(options.policy);
}
