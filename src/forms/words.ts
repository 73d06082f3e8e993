import type { CommandType, WaivableRule } from '../messages/index.ts';
import type { Locale } from '../protocol/clause.ts';
import type { Label } from '../words/chapter.ts';
import type { Codes } from '../words/codes.ts';
import type { acts } from './acts.ts';
import type { byDevice } from './entered.ts';
import type { parts } from './parts.ts';
import type { FieldProblemCode } from './problem.ts';

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
