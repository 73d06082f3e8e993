/** The problem of a mapping. The list is closed. @since 0.3.0 */
export type MappingIssueCode =
  | 'invalid-json'
  /** A field that must be there is not. */
  | 'missing'
  | 'unrecognized-key'
  | 'invalid-type'
  /** Not one of the words that the field allows. */
  | 'invalid-value'
  /** An empty text or list. */
  | 'blank'
  /** Neither a column, a value nor the row's time; for an id, nor one by role. */
  | 'no-source'
  /** More than one of them, or a value that is also to be converted. */
  | 'conflict'
  /** Two words that are the same but for letter case and space. */
  | 'same-word'
  /** No event has this type, no event of this type has this field, or it is said elsewhere in the mapping. */
  | 'unknown-event'
  | 'unknown-field'
  | 'unknown-zone';

/** An error of a mapping: its path of keys, and its kind. @since 0.3.0 */
export type MappingIssue = {
  readonly path: readonly (string | number)[];
  readonly code: MappingIssueCode;
  /** The known word that was probably meant in place of a key, a word or an event. @since 0.5.0 */
  readonly nearest?: string;
  /** The words that the field allows, where these are few. @since 0.5.0 */
  readonly allowed?: readonly string[];
};

/** A mapping that cannot be used. @since 0.3.0 */
export class MappingError extends TypeError {
  override readonly name = 'MappingError';
  readonly issues: readonly MappingIssue[];
  constructor(issues: readonly MappingIssue[]) {
    super(issues.map(formatIssue).join('; '));
    this.issues = issues;
  }
}

function formatIssue({ path, code, nearest, allowed }: MappingIssue): string {
  const meant = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
  const help = allowed === undefined ? meant : ` (one of: ${allowed.join(', ')})`;
  return `${path.join('.') || 'mapping'}: ${code}${help}`;
}
