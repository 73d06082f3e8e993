import type { CommandType, WaivableRule } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { LIMITS } from '../wire/limits.ts';
import type { Codes } from '../words/codes.ts';
import type { EnteredData } from './entered.ts';
import type { FieldCondition } from './form.ts';

/** The sets of values to choose from: those that acts have codes for, and the rules that can be waived. */
type CodeSet = keyof Codes | 'requirement';

/** The fields of which the labels are shared by all acts. */
export type PartName =
  | 'client'
  | 'provider'
  | 'representative'
  | 'contact'
  | 'material'
  | 'supplied'
  | 'mismatch'
  | 'test'
  | 'word'
  | 'photo';

/** A datum, without its words. `others` are texts apart from the choices: those that only rules refuse are read, and not offered. */
export type Shape = {
  readonly optional?: true;
  readonly personal?: true;
  readonly clauses?: readonly ClauseId[];
  readonly when?: FieldCondition;
  readonly neededWhen?: FieldCondition;
  readonly waivable?: WaivableRule;
} & (
  | { readonly kind: 'text' | 'long-text'; readonly max: number }
  | { readonly kind: 'id' | 'sha256' | 'quantity' }
  | { readonly kind: 'position' }
  | { readonly kind: 'choice'; readonly of: CodeSet; readonly others?: 'offered' | 'read' }
  | { readonly kind: 'choices'; readonly of: CodeSet; readonly others?: 'read'; readonly min?: 1 }
  | { readonly kind: 'yes-no'; readonly expected?: 'yes' }
  | { readonly kind: 'instant'; readonly past?: true }
  | { readonly kind: 'list'; readonly item: 'text' | 'long-text'; readonly max: number; readonly none?: true }
  | { readonly kind: 'rows'; readonly part: PartName; readonly min?: 1; readonly none?: true }
  | { readonly kind: 'group'; readonly part: PartName }
  | { readonly kind: 'contact' }
  | { readonly kind: 'photographs'; readonly from: 'camera' | 'visit' }
  | { readonly kind: 'reported-acts'; readonly none: true }
);

/** Data by name. */
export type Shapes = { readonly [name: string]: Shape };

type Optional<T, K extends keyof T> =
  Record<never, never> extends Pick<T, K> ? { readonly optional: true } : { readonly optional?: never };

/** The shapes of all that people enter of a type, optional where it is. */
export type ShapesOf<T> = { readonly [K in keyof T]-?: Shape & Optional<T, K> };

/** The shapes of the data of each act, apart from the time, which all have. */
export type ActShapes = { readonly [T in CommandType]: ShapesOf<Omit<EnteredData<T>, 'at'>> };

/** A shape that may be absent. */
export const maybe = <const S extends Shape>(shape: S): S & { readonly optional: true } => ({
  ...shape,
  optional: true,
});

export const line = { kind: 'text', max: LIMITS.label } as const;
export const name = { kind: 'text', max: LIMITS.name, personal: true } as const;
export const sentences = { kind: 'long-text', max: LIMITS.text, personal: true } as const;
export const lines = { kind: 'list', item: 'text', max: LIMITS.label } as const;
export const longLines = { kind: 'list', item: 'long-text', max: LIMITS.text, personal: true } as const;
export const id = { kind: 'id' } as const;
export const yesNo = { kind: 'yes-no' } as const;
export const time = { kind: 'instant' } as const;
export const pastTime = { kind: 'instant', past: true } as const;

/** A contact that an act is refused without. */
export const contact = <const C extends ClauseId>(clause: C) =>
  ({ kind: 'contact', optional: true, clauses: [clause] }) as const;

/** An answer that must be yes, unless the rule that asks for it is waived. */
export const mustBeYes = <const C extends ClauseId>(clause: C, waivable: WaivableRule) =>
  ({ kind: 'yes-no', optional: true, expected: 'yes', clauses: [clause], waivable }) as const;
