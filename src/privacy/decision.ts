/**
 * A person of a visit whose data a field has: the client, the representative at the door, a provider, or the person who recorded the
 * act.
 *
 * @since 0.11.0
 */
export type Holder = 'client' | 'representative' | 'provider' | 'recorder';

/** The purpose for which a personal field is stored. @since 0.11.0 */
export type Purpose = 'identify' | 'locate' | 'serve' | 'communicate' | 'prove' | 'supervise';

/** The people who need to read a personal field, besides its holder. @since 0.11.0 */
export type Reader = 'provider' | 'contact-center' | 'client' | 'auditor';

/** The reason why a field stays as it is. @since 0.11.0 */
export type ReasonKept =
  | 'identifier-of-the-host'
  | 'identifier-of-staff'
  | 'identifier-of-a-message'
  | 'time'
  | 'word-of-the-protocol'
  | 'word-of-the-policy'
  | 'proof';

/**
 * A personal field. `stored` is what an event keeps in its place: a token (of a text, or of a hash), or nothing. A text that is one of
 * `words` stays as it is; `policy` stands for the activities that the policy allows.
 *
 * @since 0.11.0
 */
export type SealedField = Readonly<{
  of: readonly Holder[];
  purpose: Purpose;
  seenBy: readonly Reader[];
  stored: 'text-token' | 'hash-token' | 'nothing';
  words?: readonly string[];
  /** The role of the persons whose ids are personal; the ids of others stay. */
  role?: 'client';
}>;

/** A field that stays as it is, and the reason. @since 0.11.0 */
export type KeptField = Readonly<{ kept: ReasonKept }>;

export type FieldDecision = SealedField | KeptField;

/** True for a type that any text fits; false for a list of words, which needs no decision. */
type IsFreeText<T> = [T] extends [string] ? (string extends T ? true : false) : false;

/** An object without a text in it: its fields need no decision, but it may have one as a whole. */
type IsPlain<T> = T extends readonly (infer Item)[]
  ? IsPlain<Item>
  : T extends object
    ? true extends { [Key in keyof T]-?: IsPlain<Required<T>[Key]> extends true ? never : true }[keyof T]
      ? false
      : true
    : IsFreeText<T> extends true
      ? false
      : true;

/**
 * A decision for each text of a message, in the shape of the message; the items of a list have those of `T`. A text without one does
 * not compile. An object may have one as a whole. Values that are no texts have one only where they are personal.
 */
export type Decisions<T> =
  IsFreeText<T> extends true
    ? FieldDecision
    : T extends readonly (infer Item)[]
      ? Decisions<Item>
      : T extends object
        ?
            | SealedField
            | ({
                readonly [Key in keyof T as IsPlain<Required<T>[Key]> extends true ? never : Key]-?: Decisions<
                  Required<T>[Key]
                >;
              } & {
                readonly [Key in keyof T as IsPlain<Required<T>[Key]> extends true ? Key : never]?: FieldDecision;
              })
        : FieldDecision;

/** Decisions without their types, as a walk reads them. */
export type DecisionTree = Readonly<{ [field: string]: FieldDecision | DecisionTree }>;

export const isDecision = (node: FieldDecision | DecisionTree): node is FieldDecision =>
  'kept' in node || 'stored' in node;

export const isSealed = (node: FieldDecision): node is SealedField => 'stored' in node;
