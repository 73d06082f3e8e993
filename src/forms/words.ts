import type { CommandType, WaivableRule } from '../messages/index.ts';
import type { ClauseId, Locale } from '../protocol/clause.ts';
import type { Label } from '../words/chapter.ts';
import type { Codes } from '../words/codes.ts';
import type { acts } from './acts.ts';
import type { byDevice } from './entered.ts';
import type { parts } from './parts.ts';

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

/** The label of a datum: of a list that may be said to be empty, with the caption of that box. */
type LabelOf<S> = S extends { readonly none: true } ? readonly [label: string, hint: string, none: string] : Label;

type Labels<Shapes> = { readonly [F in keyof Shapes]: LabelOf<Shapes[F]> };

type WithinPhoto<Path> = Path extends `photos.${infer Name}` ? Name : never;

/** The fields of a part that the device fills in. */
type OfDevice<P> = P extends 'photo' ? WithinPhoto<(typeof byDevice)['TakePhotos'][number]> : never;

/**
 * The words of the forms in one language, as a value: `formsEsCR`, `formsEn`. An application carries the languages that it
 * imports.
 *
 * @since 0.5.0
 */
export type FormWords = {
  readonly locale: Locale;
  /** The acts, as infinitives. */
  readonly acts: Readonly<Record<CommandType, string>>;
  /** The labels of the fields, by act. */
  readonly labels: { readonly [T in Exclude<CommandType, BareAct>]: Labels<(typeof acts)[T]> };
  /** The labels of the fields of parts that acts share. */
  readonly parts: {
    readonly [P in keyof typeof parts]: Labels<Omit<(typeof parts)[P], OfDevice<P>>>;
  };
  /** The label of the time of an act. */
  readonly at: Label;
  readonly yes: string;
  readonly no: string;
  /** The captions of values to choose, in the middle of a sentence. */
  readonly codes: Codes & { readonly requirement: Readonly<Record<WaivableRule, string>> };
  /** The sentences about problems, with slots for their limit. */
  readonly problems: Readonly<Record<FieldProblemCode, string>>;
};

/** The acts whose only field is their time. */
type BareAct = { [T in CommandType]: keyof (typeof acts)[T] extends never ? T : never }[CommandType];
