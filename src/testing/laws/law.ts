import type fc from 'fast-check';
import { mustKnowKeys } from '../../kernel/known.ts';
import { differences } from '../assert.ts';

/** Parameters of a law, from fast-check, such as `numRuns` and `seed`. @since 0.2.0 */
export type LawParameters = Pick<fc.Parameters<unknown>, 'numRuns' | 'seed' | 'path' | 'endOnFailure' | 'verbose'>;

/** A sentence that holds for every visit. `run` throws with the shortest counterexample when it does not. @since 0.2.0 */
export type Law = { readonly name: string; readonly run: (parameters?: LawParameters) => void };

const parametersOfLaws: Readonly<Record<keyof LawParameters, 0>> = {
  numRuns: 0,
  seed: 0,
  path: 0,
  endOnFailure: 0,
  verbose: 0,
};

/** Refuses parameters of a run that are not known. */
export function mustKnowParameters(parameters: LawParameters = {}): void {
  mustKnowKeys('run', parameters, parametersOfLaws);
}

/** Refuses a value that is not the expected one, with the first ten differences. */
export function assertSame(expected: unknown, actual: unknown): void {
  const different = differences(expected, actual);
  if (different.length > 0) throw new Error(different.slice(0, 10).join('\n'));
}

/** Refuses a case in which a sentence does not hold. */
export function assertHolds(sentence: string, holds: boolean): void {
  if (!holds) throw new Error(sentence);
}
