/**
 * The keys that encrypt the keys of a key store, one for each epoch: a KMS, a file, the environment. It makes the key of an epoch when
 * it first wraps under it.
 *
 * @since 0.11.0
 */
export interface WrappingKeys {
  /** Encrypts secrets of 32 bytes under the key of an epoch, each bound to its id. */
  wrap(epoch: string, secrets: readonly Readonly<{ id: string; secret: Uint8Array }>[]): Promise<string[]>;
  /** Decrypts what {@link WrappingKeys.wrap} made. Throws if the key of that epoch cannot be reached, or was destroyed. */
  unwrap(epoch: string, wrapped: readonly Readonly<{ id: string; wrapped: string }>[]): Promise<Uint8Array[]>;
  /** Destroys the key of an epoch. Answers false where only the operator can. It may be called twice. */
  destroy(epoch: string): Promise<boolean>;
}
