/**
 * The keys that encrypt the keys of a key store, one for each epoch, `epoch-1` and so on: a KMS, a file, the environment.
 *
 * @since 0.11.0
 */
export interface WrappingKeys {
  /**
   * Encrypts secrets of 32 bytes under the key of an epoch, each bound to its id. With `isNew`, and no secrets, the epoch is about to
   * begin: its key is made, if it is not there. A key that is missing otherwise is an error, and never made again.
   */
  wrap(
    epoch: string,
    secrets: readonly Readonly<{ id: string; secret: Uint8Array }>[],
    isNew?: boolean,
  ): Promise<string[]>;
  /** Decrypts what {@link WrappingKeys.wrap} made. Throws if the key of that epoch cannot be reached, or was destroyed. */
  unwrap(epoch: string, wrapped: readonly Readonly<{ id: string; wrapped: string }>[]): Promise<Uint8Array[]>;
  /** Destroys the key of an epoch. Answers false where only the operator can. It may be called twice. */
  destroy(epoch: string): Promise<boolean>;
}
