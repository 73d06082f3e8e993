import type { EventType, Role } from '../../messages/index.ts';

/** A value that a word of a sheet can stand for. @since 0.3.0 */
export type Scalar = string | number | boolean;

/** A constant. @since 0.3.0 */
export type Constant = Scalar | null | readonly Constant[] | { readonly [field: string]: Constant };

/**
 * The conversion of the text of a cell, or of a part of one, to a value. Text is normalised to NFC, and white space,
 * line breaks included, becomes one space.
 *
 * @since 0.3.0
 */
export type Conversion = {
  /**
   * `text` unless said otherwise. `number` has the mapping's decimal mark. `boolean` is Sí, S, Yes, Y, Verdadero, True, X
   * or 1, or No, N, Falso, False or 0. `time` is a local time in the mapping's zone, or has an offset of its own.
   */
  readonly as?: 'text' | 'number' | 'boolean' | 'time';
  /** The value of each word that may stand here, and no others; letter case does not matter. */
  readonly words?: { readonly [word: string]: Scalar };
  /** The cell is a list, of items that are parted by this. */
  readonly split?: string;
  /** The cell, or each item, is an object: its fields stand in this order, parted by `within`. */
  readonly fields?: readonly FieldPart[];
  readonly within?: string;
};

/** A field of an object that stands in a cell; one with a `value` or with `rowTime` does not stand there. @since 0.3.0 */
export type FieldPart = { readonly field: string } & (Conversion | ConstantSource);

/** A value that the sheet does not hold: a constant, or the time of the row's act. @since 0.3.0 */
export type ConstantSource = { readonly value: Constant } | { readonly rowTime: true };

/** The source of a value. @since 0.3.0 */
export type ValueSource =
  | ({
      /** The name of a column; of several, their texts in this order, parted by a space. */
      readonly column: string | readonly string[];
      /** The value of a blank cell; without it, a field whose cell is blank is absent. */
      readonly blank?: Constant;
    } & Conversion)
  | ConstantSource;

/** The author of an act, or its recorder. @since 0.3.0 */
export type ActorMapping = {
  /** The role; for `by`, unless said otherwise, the role whose act it is (PROTOCOL §2). */
  readonly role?: ValueSource;
  /** The id, for all roles or by role. A client without one is `client`. */
  readonly id: ValueSource | { readonly [R in Role]?: ValueSource };
};

/** The event of a row that names this act. @since 0.3.0 */
export type ActMapping = {
  readonly type: EventType;
  /** By the path of a field of the event's `data`: `client.name`. */
  readonly data?: { readonly [path: string]: ValueSource };
  /** In place of the mapping's own. */
  readonly by?: ActorMapping;
  readonly recordedBy?: ActorMapping;
};

/**
 * A mapping of the rows of a third-party sheet to events: plain JSON. A mapping that came as JSON goes through
 * `parseMapping`.
 *
 * Three fields may be left to us where the sheet has no column for them: `VisitAssigned.edition` is the pinned edition,
 * `QualityTested.passed` tells whether all its tests passed, `VisitClosed.outcome` follows from the instruction that
 * stands in the rows before it. All three are what `decide` would have written.
 *
 * @since 0.3.0
 */
export type SheetMapping = {
  /** `csv` unless said otherwise; `json` is an array of flat objects, or one such object a line. */
  readonly format?: 'csv' | 'json';
  /** The delimiter of the cells of a CSV: `,` by default. */
  readonly delimiter?: string;
  /** The order of day, month and year where the year does not stand first: `dmy` unless said otherwise. */
  readonly dates?: 'dmy' | 'mdy';
  /** The decimal mark: `.` unless said otherwise. The other one, or a space, may part thousands. */
  readonly decimal?: '.' | ',';
  /** The IANA zone of times without an offset: `America/Costa_Rica` unless said otherwise. */
  readonly zone?: string;
  /**
   * The rows are taken from the oldest to the newest: turned round where they stand the other way, else sorted by the time of
   * their acts. All are held. @since 0.5.0
   */
  readonly sort?: boolean;
  /** Texts that stand for a blank cell: `-`, `N/A`. */
  readonly blank?: readonly string[];
  /** Rows to skip: those in which a column has one of these words. */
  readonly skip?: readonly { readonly column: string; readonly words: readonly string[] }[];
  readonly visitId: ValueSource;
  /** The column of the act's time. */
  readonly at: ValueSource;
  readonly act: {
    readonly column: string;
    /** The act of each word; null: a row to be skipped. */
    readonly words: { readonly [word: string]: EventType | ActMapping | null };
    /** Words that `words` lacks, each with the acts that it may be: for a person to decide. Not read. @since 0.6.0 */
    readonly undecided?: { readonly [word: string]: readonly string[] };
  };
  readonly by: ActorMapping;
  /** The person who typed the act in. The same person as `by`, or a blank id, counts as absent. */
  readonly recordedBy?: ActorMapping;
  /** Columns that nothing reads, each with the reason: for people. Not read. @since 0.6.0 */
  readonly ignored?: { readonly [column: string]: string };
};
