import type { CommandType } from '../../messages/index.ts';
import type { Policy, VisitState } from '../../visit/index.ts';
import type { AnyAsk, Ask } from './fields.ts';
import type { CueKey, SpeechKey } from './phrase.ts';

/** A sentence, or one after its cue. */
export type Line = SpeechKey | readonly [cue: CueKey, sentence: SpeechKey];

/** Always the same, or by how the visit stands and what the contract allows. */
export type By<T> = readonly T[] | ((visit: VisitState, policy: Policy) => readonly T[]);

/** The phrases and questions around one act, if any. */
export type Part<A extends AnyAsk = AnyAsk> = { readonly say?: By<Line>; readonly ask?: By<A> };

/** The part of one role: the acts that it may record. */
export type Parts = { readonly [T in CommandType]?: Part<Ask<T>> };

/** The visit ends without service, as the contact center instructed. */
export function ending({ instruction }: VisitState): readonly Line[] {
  if (instruction === 'cancel') return ['cancelled'];
  return instruction === 'reschedule' ? ['rescheduled'] : ['cancelled', ['or-else', 'rescheduled']];
}
