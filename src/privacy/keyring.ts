import type { ActiveKey, KeyStore, StoredKey } from '../stores/key-store.ts';
import { runtime } from '../util/runtime.ts';
import { KeysUnavailableError } from './errors.ts';
import type { WrappingKeys } from './wrapping.ts';

/** The secret of a subject in a visit, and the life that it is of; null once it is erased. */
export type SubjectSecret = Readonly<{ life: number; secret: Uint8Array | null }>;

/** The id of the key of a subject in a visit. No id has a space. */
export const keyId = (visitId: string, subject: string): string => `${visitId} ${subject}`;

/** The keys of a key store, unwrapped. Errors of either are reported as {@link KeysUnavailableError}: no key is missing for them. */
export type Keyring = Readonly<{
  /** The secrets under these ids. An id without a key gets one if it is to be made, else it is left out. */
  read(ids: readonly string[], make: boolean): Promise<ReadonlyMap<string, SubjectSecret>>;
  erase(keys: readonly Readonly<{ id: string; life: number }>[]): Promise<void>;
  /** Gives each erased id a key of its next life. */
  revive(ids: readonly string[]): Promise<void>;
  /** Begins an epoch after that one, and wraps each key again under it. Answers how many. */
  rotate(previous: string | null): Promise<Readonly<{ epoch: string; keys: number }>>;
  /** Destroys the wrapping key of an epoch; false where only the operator can. */
  destroy(epoch: string): Promise<boolean>;
  readEpoch(): Promise<string | null>;
  /** True if a key is still wrapped by another epoch than this. */
  hasOlder(epoch: string): Promise<boolean>;
}>;

/** The number of keys that are wrapped again at once. */
const PAGE = 500;
/** The number of tries to create a key while epochs begin. */
const TRIES = 5;
/** The number of unwrapped keys that are kept. What is kept is looked up by the wrapped key, which is read each time. */
const CACHED = 2000;

export function createKeyring(store: KeyStore, wrapping: WrappingKeys): Keyring {
  const cache = new Map<string, Uint8Array>();

  function keep(wrapped: string, secret: Uint8Array): void {
    if (cache.size >= CACHED) cache.delete(cache.keys().next().value as string);
    cache.set(wrapped, secret);
  }

  /** Begins the next epoch, once there is a key for it. Answers its name; undefined if another process has begun one. */
  async function beginEpoch(previous: string | null): Promise<string | undefined> {
    const next = nameEpochAfter(previous);
    await wrapping.wrap(next, [], true);
    return (await store.startEpoch(previous, next)) ? next : undefined;
  }

  async function currentEpoch(): Promise<string> {
    const epoch = await store.readEpoch();
    if (epoch !== null) return epoch;
    await beginEpoch(null);
    return (await store.readEpoch()) as string;
  }

  async function wrapAll(secrets: readonly { id: string; life: number; secret: Uint8Array }[]): Promise<ActiveKey[]> {
    const epoch = await currentEpoch();
    const wrapped = await wrapping.wrap(epoch, secrets);
    return secrets.map(({ id, life }, index) => ({
      id,
      life,
      state: 'active',
      epoch,
      wrapped: wrapped[index] as string,
    }));
  }

  async function unwrapAll(keys: readonly StoredKey[]): Promise<Map<string, SubjectSecret>> {
    const secrets = new Map<string, SubjectSecret>();
    const byEpoch = new Map<string, ActiveKey[]>();
    for (const key of keys) {
      const known = key.state === 'active' ? cache.get(key.wrapped) : null;
      if (key.state === 'active' && known === undefined) {
        byEpoch.set(key.epoch, [...(byEpoch.get(key.epoch) ?? []), key]);
      } else secrets.set(key.id, { life: key.life, secret: known ?? null });
    }
    for (const [epoch, ofEpoch] of byEpoch) {
      const unwrapped = await wrapping.unwrap(epoch, ofEpoch);
      ofEpoch.forEach(({ id, life, wrapped }, index) => {
        const secret = unwrapped[index] as Uint8Array;
        keep(wrapped, secret);
        secrets.set(id, { life, secret });
      });
    }
    return secrets;
  }

  const newSecrets = (ids: readonly string[], life: (id: string) => number) =>
    ids.map((id) => ({ id, life: life(id), secret: runtime.freshBytes(32) }));

  async function read(ids: readonly string[], make: boolean): Promise<ReadonlyMap<string, SubjectSecret>> {
    for (let tries = 0; ; tries += 1) {
      const stored = await store.read(ids);
      const known = new Set(stored.map(({ id }) => id));
      const missing = make ? ids.filter((id) => !known.has(id)) : [];
      if (missing.length === 0) return unwrapAll(stored);
      if (tries === TRIES) throw new Error('The key store keeps none of the keys that are created');
      // Another process may make the same keys, erase them, or begin another epoch: read what there is then.
      await store.create(await wrapAll(newSecrets(missing, () => 1)));
    }
  }

  async function revive(ids: readonly string[]): Promise<void> {
    const lives = new Map((await store.read(ids)).map(({ id, life }) => [id, life]));
    await store.revive(await wrapAll(newSecrets(ids, (id) => (lives.get(id) ?? 0) + 1)));
  }

  async function rotate(previous: string | null) {
    const epoch = await beginEpoch(previous);
    if (epoch === undefined) throw new Error('Another rotation has begun');
    return { epoch, keys: await rewrapOlder(epoch) };
  }

  async function rewrapOlder(epoch: string): Promise<number> {
    let after: string | null = null;
    let count = 0;
    for (;;) {
      const page: ActiveKey[] = await store.listOlder(epoch, { after, limit: PAGE });
      if (page.length === 0) return count;
      const secrets = await unwrapAll(page);
      const left = page.flatMap(({ id, life }) => {
        const secret = secrets.get(id)?.secret;
        return secret ? [{ id, life, secret }] : [];
      });
      const wrapped = await wrapping.wrap(epoch, left);
      await store.rewrap(
        left.map(({ id, life }, index) => ({ id, life, state: 'active', epoch, wrapped: wrapped[index] as string })),
      );
      count += left.length;
      after = page.at(-1)?.id ?? null;
    }
  }

  const guarded =
    <Arguments extends unknown[], T>(work: (...given: Arguments) => Promise<T>) =>
    async (...given: Arguments): Promise<T> => {
      try {
        return await work(...given);
      } catch (cause) {
        throw new KeysUnavailableError({ cause });
      }
    };

  return {
    read: guarded(read),
    revive: guarded(revive),
    rotate: guarded(rotate),
    erase: guarded(async (keys) => {
      await store.erase(keys);
      cache.clear();
    }),
    destroy: guarded((epoch) => wrapping.destroy(epoch)),
    readEpoch: guarded(() => store.readEpoch()),
    hasOlder: guarded(async (epoch) => (await store.listOlder(epoch, { after: null, limit: 1 })).length > 0),
  };
}

/** The name of the epoch after another: operators who give the keys themselves know it beforehand. */
const nameEpochAfter = (previous: string | null): string => `epoch-${Number(previous?.split('-')[1] ?? 0) + 1}`;
