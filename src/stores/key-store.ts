/**
 * A key as a key store has it, under an id: encrypted by the wrapping key of its `epoch`, or a mark that it was erased. `life` counts
 * the lives of a subject from 1: a subject that was erased and is known again has another key, and the old one stays gone.
 *
 * @since 0.11.0
 */
export type StoredKey = Readonly<
  | { id: string; life: number; state: 'active'; epoch: string; wrapped: string }
  | { id: string; life: number; state: 'erased' }
>;

/** A key that is not erased. @since 0.11.0 */
export type ActiveKey = Extract<StoredKey, { state: 'active' }>;

/**
 * The store of the keys of personal data, in a database of its own, with backups of its own. Each call takes effect whole or not at
 * all, and is on the disk once it is acknowledged. A key that is wrapped by another epoch than the newest is not stored, so that the
 * wrapping key of an old epoch can be destroyed once no key is listed as older.
 *
 * @since 0.11.0
 */
export interface KeyStore {
  /** Reads the keys under these ids; an id without one is left out. */
  read(ids: readonly string[]): Promise<StoredKey[]>;
  /** Stores keys under ids that have none; an id that has one, active or erased, keeps it. */
  create(keys: readonly ActiveKey[]): Promise<void>;
  /** Replaces the key under each id by the mark that it was erased, also under an id without a key. A key of a later life stays. */
  erase(keys: readonly Readonly<{ id: string; life: number }>[]): Promise<void>;
  /** Replaces the mark of an erased key by a key of its next life; an id whose key is not erased keeps it. */
  revive(keys: readonly ActiveKey[]): Promise<void>;
  /** Replaces the wrapping of active keys of the same life; an id that was erased meanwhile keeps its mark. */
  rewrap(keys: readonly ActiveKey[]): Promise<void>;
  /** Reads a page of active keys that are not of this epoch, in the order of their ids. */
  listOlder(epoch: string, range: Readonly<{ after: string | null; limit: number }>): Promise<ActiveKey[]>;
  /** The newest epoch, by which keys are wrapped now; null before the first. */
  readEpoch(): Promise<string | null>;
  /** Makes `next` the newest epoch if `expected` is. Answers false if another one is. */
  startEpoch(expected: string | null, next: string): Promise<boolean>;
  /** Closes the store. It may be called twice. */
  close(): Promise<void>;
}
