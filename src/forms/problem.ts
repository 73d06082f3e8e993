import type { ClauseId } from '../protocol/clause.ts';

/** The code of a problem with what was entered. @since 0.5.0 */
export type FieldProblemCode =
  | 'required'
  | 'too-long'
  | 'too-many'
  | 'not-a-text'
  | 'not-a-number'
  | 'ambiguous-number'
  | 'too-small'
  | 'too-big'
  | 'too-precise'
  | 'not-a-time'
  | 'future'
  | 'not-a-choice'
  | 'not-an-id'
  | 'not-a-position'
  | 'not-a-photograph'
  | 'too-large';

/** A problem with what was entered in a field. @since 0.5.0 */
export type FieldProblem = {
  /** Name of the field, `materials.0.quantity`; `''` for the form as a whole. */
  readonly name: string;
  readonly code: FieldProblemCode;
  /** The problem as a sentence, in the language of the form. */
  readonly message: string;
};

/** A field that was left blank and that the act needs. @since 0.6.0 */
export type MissingField = {
  /** Name of the field, `call` or `materials.0.quantity`. */
  readonly name: string;
  /** Label of the field, in the language of the form. */
  readonly label: string;
  /** The clauses for which `decide` refuses the act without it; empty if the data alone are invalid without it. */
  readonly clauses: readonly ClauseId[];
};
