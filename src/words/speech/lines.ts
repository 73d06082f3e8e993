import type { CommandOf, CommandType, Role } from '../../messages/index.ts';
import { allows, type Policy } from '../../visit/policy.ts';
import type { VisitState } from '../../visit/state.ts';

/** A field of a command's data, beside the visit and the time. @since 0.5.0 */
export type CommandField<T extends CommandType = CommandType> = T extends CommandType
  ? Exclude<keyof CommandOf<T>['data'], 'visitId' | 'at'>
  : never;

/** The key of the addressee or the occasion of a sentence, in brackets before it. */
type CueKey = `if-${string}` | `to-${string}` | 'or-else';

/** The key of a sentence, or of one after its cue. */
export type Line = string | readonly [cue: CueKey, sentence: string];

/** The key of a thing to ask for, and the fields of the command's data that it is written in. */
export type Question<T extends CommandType = CommandType> = readonly [`ask-${string}` | CueKey, ...CommandField<T>[]];

/** Always the same, or by how the visit stands and what the contract allows. */
export type By<T> = readonly T[] | ((visit: VisitState, policy: Policy) => readonly T[]);

/** The lines of each role that may record an act, and the questions, the same from any of them. */
export type ActSpeech<T extends CommandType = CommandType> = { readonly [R in Role]?: By<Line> } & {
  readonly ask?: By<Question<T>>;
};

/** The phrases and questions around the acts of a chapter: its keys are the phrases that a language must have. */
export type ChapterSpeech = { readonly [T in CommandType]?: ActSpeech<T> };

/** The lines or questions that apply, in their order. */
export const chosen = <const All extends readonly unknown[]>(...all: All): readonly Exclude<All[number], false>[] =>
  all.filter((one): one is Exclude<All[number], false> => one !== false);

export const toCenter = ['to-center', 'call-center'] as const;
export const toClient = ['to-client', 'op-call-client'] as const;
export const thanks = ['op-answer', 'op-thanks'] as const;
export const takeUp = ['op-answer', 'op-take-up'] as const;

export const call = ['ask-call', 'call'] as const;
export const notice = ['ask-call', 'notice'] as const;
export const reason = ['ask-reason', 'reason'] as const;

/** Materials are the client's to get, unless the contract lets the provider buy them (1.1-31). */
export const yours = (policy: Policy): 'materials-yours' | false =>
  !allows(policy, 'material-purchase') && 'materials-yours';
