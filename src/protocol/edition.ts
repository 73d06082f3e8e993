/**
 * The edition of the source document that these clauses restate: the SHA-256 of its text, 64 lower-case hex digits,
 * because the document carries no edition number. A visit keeps the edition that it was assigned under.
 *
 * @since 0.1.0
 */
export const edition = 'ec6c403e9a28239de5693cb750f9bbd8e2f76cad7f6f810afca9327c6f9edf4b';
