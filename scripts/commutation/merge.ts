import type { CommandType } from '../../src/messages/index.ts';
import type { CommutationVerdict } from '../../src/testing/explore/commutation.ts';
import type { CommutationConflict } from '../../src/testing/explore/pair-check.ts';
import { commandTypes } from '../../src/visit/table.ts';

/** A history and two acts that do not commute after it, each step as a text. */
export type RecordedExample = {
  readonly history: readonly string[];
  readonly provider: string;
  readonly center: string;
  readonly conflict: CommutationConflict;
};

/** The answer for a pair, over all searches. */
export type RecordedPair = {
  readonly provider: CommandType;
  readonly center: CommandType;
  readonly states: number;
  readonly verdict: CommutationVerdict;
  readonly withoutInstants: CommutationVerdict;
  readonly example: RecordedExample | null;
  readonly exampleWithoutInstants: RecordedExample | null;
};

/** A search and its figures. */
export type SearchFigures = {
  readonly name: string;
  readonly states: number;
  readonly complete: boolean;
  readonly seconds: number;
  readonly megabytes: number;
};

/** Everything that the page says. */
export type Recorded = {
  readonly date: string;
  readonly machine: string;
  readonly searches: readonly SearchFigures[];
  readonly pairs: readonly RecordedPair[];
};

/** The answers of several searches for each pair as one, in the order of the protocol. */
export function mergedPairs(searches: readonly (readonly RecordedPair[])[]): readonly RecordedPair[] {
  const merged = new Map<string, RecordedPair>();
  for (const pair of searches.flat()) {
    const key = `${pair.provider} ${pair.center}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? pair : mergedPair(known, pair));
  }
  const order = ({ provider, center }: RecordedPair) =>
    commandTypes.indexOf(provider) * commandTypes.length + commandTypes.indexOf(center);
  return [...merged.values()].sort((one, other) => order(one) - order(other));
}

function mergedPair(one: RecordedPair, other: RecordedPair): RecordedPair {
  return {
    provider: one.provider,
    center: one.center,
    states: one.states + other.states,
    verdict: mergedVerdict(one.verdict, other.verdict),
    withoutInstants: mergedVerdict(one.withoutInstants, other.withoutInstants),
    example: shorter(one.example, other.example),
    exampleWithoutInstants: shorter(one.exampleWithoutInstants, other.exampleWithoutInstants),
  };
}

function mergedVerdict(one: CommutationVerdict, other: CommutationVerdict): CommutationVerdict {
  if (one === 'nowhere') return other;
  return other === 'nowhere' || one === other ? one : 'sometimes';
}

function shorter(one: RecordedExample | null, other: RecordedExample | null): RecordedExample | null {
  if (one === null || other === null) return one ?? other;
  return other.history.length < one.history.length ? other : one;
}
