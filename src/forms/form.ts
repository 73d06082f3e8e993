import type { CommandType, WaivableRule } from '../messages/index.ts';
import type { ClauseId, Locale } from '../protocol/clause.ts';

/**
 * A condition on what was entered in another field of the same form, which comes before it: a value of a choice, `yes` or
 * `no`.
 *
 * @since 0.5.0
 */
export type FieldCondition = {
  /** Name of the other field. */
  readonly field: string;
  /** The values for which it holds. */
  readonly is: readonly string[];
};

/** A value to choose, and its caption. @since 0.5.0 */
export type FieldChoice = {
  readonly value: string;
  readonly caption: string;
};

/** The parts that every field of a form has. @since 0.5.0 */
export type FieldBase = {
  /**
   * Name under which it is entered: its path in the data of the command, `call.at`. A field of a row has the name within the
   * row; {@link rowFields} has the whole.
   */
  readonly name: string;
  /** Label in the language of the form. */
  readonly label: string;
  /** A sentence of help below the label. */
  readonly hint?: string;
  /** True if the data are invalid without it; in a group or row, once any field of that was entered. */
  readonly required: boolean;
  /** The clauses for which the act is refused without it, or with another answer than the expected one. */
  readonly clauses: readonly ClauseId[];
  /** Condition for which those clauses ask for it; without one, always. */
  readonly neededWhen?: FieldCondition;
  /** The rule of those clauses, if it can be waived: a visit for which it is waived needs no answer. @since 0.6.0 */
  readonly waivable?: WaivableRule;
  /** Condition for which the field applies. When it fails the field is not shown, and what was entered in it is not read. */
  readonly when?: FieldCondition;
  /** True for names, places, free texts and photographs. */
  readonly personal: boolean;
};

/** A line of text. @since 0.5.0 */
export type TextField = FieldBase & { readonly kind: 'text'; readonly maxLength: number };

/** A text of some sentences. Line breaks are read as spaces. @since 0.5.0 */
export type LongTextField = FieldBase & { readonly kind: 'long-text'; readonly maxLength: number };

/** The id of a provider or an operator: chosen from a list of the host, or filled in by it. @since 0.5.0 */
export type IdField = FieldBase & { readonly kind: 'id'; readonly maxLength: number };

/** One of some values. @since 0.5.0 */
export type ChoiceField = FieldBase & {
  readonly kind: 'choice';
  readonly choices: readonly FieldChoice[];
  /** True if another text is offered, too. */
  readonly open: boolean;
  /** Characters of that text. */
  readonly maxLength: number;
};

/** Some of the values, each at most once. @since 0.5.0 */
export type ChoicesField = FieldBase & {
  readonly kind: 'choices';
  readonly choices: readonly FieldChoice[];
  /** True if other texts are offered, too. */
  readonly open: boolean;
  /** Characters of such a text. */
  readonly maxLength: number;
  readonly minItems: number;
  readonly maxItems: number;
};

/** Yes or no, entered as `yes` or `no`. @since 0.5.0 */
export type YesNoField = FieldBase & {
  readonly kind: 'yes-no';
  readonly choices: readonly FieldChoice[];
  /** The answer that the clauses ask for; without one, either. */
  readonly expected?: 'yes';
};

/** A number above 0, with a decimal comma or point. @since 0.5.0 */
export type QuantityField = FieldBase & {
  readonly kind: 'quantity';
  readonly max: number;
  /** Digits after the comma, at most. */
  readonly decimals: number;
};

/** A time, as an input of type `datetime-local` has it, or an RFC 3339 instant. @since 0.5.0 */
export type InstantField = FieldBase & {
  readonly kind: 'instant';
  /** True for a time at which something happened, which is never in the future. */
  readonly past: boolean;
};

/** A list of lines of text: as many values of one name, or one value with a line each. @since 0.5.0 */
export type ListField = FieldBase & {
  readonly kind: 'list';
  /** Kind of each line: a line of text, or a text of some sentences. */
  readonly item: 'text' | 'long-text';
  /** Characters of a line. */
  readonly maxLength: number;
  readonly minItems: number;
  readonly maxItems: number;
  /** Caption of the box that says that the list is empty, entered as `<name>.none`; without one, none is offered. */
  readonly none?: string;
};

/** A list of rows with fields of their own, entered as `materials.0.item`. @since 0.5.0 */
export type RowsField = FieldBase & {
  readonly kind: 'rows';
  readonly fields: readonly FormField[];
  readonly minItems: number;
  readonly maxItems: number;
  /** Caption of the box that says that there are no rows, entered as `<name>.none`; without one, none is offered. */
  readonly none?: string;
};

/** Fields that belong together: a client, a provider, a representative. @since 0.5.0 */
export type GroupField = FieldBase & { readonly kind: 'group'; readonly fields: readonly FormField[] };

/** A call or a notice to the contact center: its time, its reference, and the operator who answered. @since 0.5.0 */
export type ContactField = FieldBase & { readonly kind: 'contact'; readonly fields: readonly FormField[] };

/**
 * Photographs. From the `camera` they are new: rows of `photoId`, `sha256`, `takenAt` and `mediaType`, which the device fills
 * in, and of `fields`, which a person does. Those of the `visit` are chosen: values of one name, their ids.
 *
 * @since 0.5.0
 */
export type PhotographsField = FieldBase & {
  readonly kind: 'photographs';
  readonly from: 'camera' | 'visit';
  readonly fields: readonly FormField[];
  readonly maxItems: number;
};

/**
 * The position of the device, which it fills in: `position.latitude`, `position.longitude` and, in metres,
 * `position.accuracyMeters`.
 *
 * @since 0.5.0
 */
export type PositionField = FieldBase & { readonly kind: 'position' };

/** Acts of a reported discrepancy, chosen by their positions in the report, from 0: values of one name. @since 0.5.0 */
export type ReportedActsField = FieldBase & {
  readonly kind: 'reported-acts';
  readonly maxItems: number;
  /** Caption of the box that says that no act is chosen, entered as `<name>.none`. */
  readonly none?: string;
};

/** A field of a form, by its kind. @since 0.5.0 */
export type FormField =
  | TextField
  | LongTextField
  | IdField
  | ChoiceField
  | ChoicesField
  | YesNoField
  | QuantityField
  | InstantField
  | ListField
  | RowsField
  | GroupField
  | ContactField
  | PhotographsField
  | PositionField
  | ReportedActsField;

/**
 * The form of an act in a language: plain JSON. It has the data that people enter, in order, the time of the act last.
 *
 * @since 0.5.0
 */
export type Form<T extends CommandType = CommandType> = {
  /** Type of the command that is made of it. */
  readonly command: T;
  /** Language of the form. */
  readonly locale: Locale;
  /** The act, as a heading. */
  readonly title: string;
  readonly fields: readonly FormField[];
};
