import type { ClosedAct, CommandType, Rejection } from 'auxilio';

type Reasons = Readonly<{
  /** Each reason, in words, and the acts that wait for it: both in the order of the acts. */
  reasons: readonly Readonly<{ text: string; acts: readonly CommandType[] }>[];
  /** Sentence that names all of it that the center can waive; null if that is nothing. */
  waiver: string | null;
}>;

/** Groups the acts that are closed by the first reason of each. `said` explains a rejection, a line a violation. */
export function reasonsOf(closed: readonly ClosedAct[], said: (rejection: Rejection) => string): Reasons {
  const waiting = closed.flatMap(({ command, violations: [first] }) =>
    first === undefined ? [] : [{ command, first }],
  );
  const [one, ...others] = waiting.map(({ first }) => first);
  if (one === undefined) return { reasons: [], waiver: null };
  const lines = said({ violations: [one, ...others] }).split('\n');
  const acts = new Map<string, CommandType[]>();
  for (const [index, { command }] of waiting.entries()) {
    const text = lines[index] ?? '';
    acts.set(text, [...(acts.get(text) ?? []), command]);
  }
  return {
    reasons: [...acts].map(([text, theirs]) => ({ text, acts: theirs })),
    waiver: lines[waiting.length] ?? null,
  };
}
