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
