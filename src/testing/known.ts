import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { LawParameters } from './laws.ts';

/** Refuses a subject that lacks a function which is looked at. */
export function mustHave<T extends object>(what: string, subject: T, names: readonly (keyof T & string)[]): void {
  const expected = `${what} takes { ${names.join(', ')} }, each a function`;
  for (const name of names) mustBe(typeof subject?.[name] === 'function', expected, subject);
}

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
