import type { CommandType } from '../../messages/index.ts';
import type { Policy, VisitState } from '../../visit/index.ts';
import type { CueKey, SpeechKey } from './phrase.ts';

/** A sentence, or one after its cue. */
export type Line = SpeechKey | readonly [cue: CueKey, sentence: SpeechKey];

/** Always the same, or by how the visit stands and what the contract allows. */
export type By<T> = readonly T[] | ((visit: VisitState, policy: Policy) => readonly T[]);

/** The lines of one role: the acts that it may record, each with the phrases around it. */
export type Lines = { readonly [T in CommandType]?: By<Line> };

/** The lines or questions that apply, in their order. */
export const chosen = <T>(...all: readonly (T | false)[]): readonly T[] => all.filter((one): one is T => one !== false);

/** The visit ends without service, as the contact center instructed. */
export function ending({ instruction }: VisitState): readonly Line[] {
  if (instruction === 'cancel') return ['cancelled'];
  return instruction === 'reschedule' ? ['rescheduled'] : ['cancelled', ['or-else', 'rescheduled']];
}

/** The work is on a break at the site, which ends without a notice to the contact center. */
export const onBreak = ({ work }: VisitState): boolean => work.onBreak && !work.away;
