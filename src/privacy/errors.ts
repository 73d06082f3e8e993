/**
 * The key store, or the keys that wrap its keys, cannot be reached or read. Nothing was written, and no text was taken for erased: try
 * again.
 *
 * @since 0.11.0
 */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
  readonly errorCode = 503;
  readonly code = 'keys-unavailable';

  constructor(options?: ErrorOptions) {
    super('The keys of personal data cannot be read', options);
  }
}

/**
 * The reason why personal data are not erased or disposed of: the visit is `held`; there is no retention table for it (`no-table`); it
 * has not ended; its term has not ended (`before-term`); a debt or a discrepancy of it is open.
 *
 * @since 0.11.0
 */
export type PrivacyRefusal = 'held' | 'no-table' | 'not-ended' | 'before-term' | 'debts-open' | 'discrepancy-open';

/** The erasure or the disposal is refused, and nothing was recorded or erased. @since 0.11.0 */
export class PrivacyRefusedError extends Error {
  override readonly name = 'PrivacyRefusedError';
  readonly errorCode = 409;
  readonly code = 'personal-data-stay';
  readonly reason: PrivacyRefusal;
  readonly visitId: string;

  constructor(reason: PrivacyRefusal, visitId: string) {
    super(`The personal data of ${visitId} stay: ${reason}`);
    this.reason = reason;
    this.visitId = visitId;
  }
}
