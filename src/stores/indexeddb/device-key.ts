import { toBase64 } from '../../util/base64.ts';
import { StoreError } from '../errors.ts';
import { hasIndexedDb, openDatabase, type WrappedDatabase } from './driver.ts';
import { mapIndexedDbError } from './errors.ts';
import { rejectWhenLate } from './time-limit.ts';

/** The longest wait for the key, in milliseconds. */
const LIMIT_MS = 10_000;

/** A key of a device: signs the file of `exportUnsent`, as the options of `createReplica` have it. @since 0.5.0 */
export type DeviceKey = Readonly<{
  /** Signs by ECDSA on P-256 with SHA-256: 64 bytes. */
  sign: (bytes: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
  /** The public key: its SPKI form in base64. */
  publicKey: () => Promise<string>;
}>;

type CryptoKeyOfRuntime = Parameters<typeof crypto.subtle.sign>[1];
type KeyPair = Readonly<{ privateKey: CryptoKeyOfRuntime; publicKey: CryptoKeyOfRuntime }>;

/** Opens the key of a device, which is made at its first use and kept in a database of its own. */
export function openDeviceKey(name: string): DeviceKey {
  let opening: Promise<KeyPair> | undefined;
  const pair = () => {
    opening ??= rejectWhenLate(
      LIMIT_MS,
      open(name),
      () => new StoreError('busy', 'The key of the device did not open'),
    ).catch((error: unknown) => {
      opening = undefined;
      throw mapIndexedDbError(error);
    });
    return opening;
  };
  return {
    sign: async (bytes) => crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, (await pair()).privateKey, bytes),
    publicKey: async () => toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', (await pair()).publicKey))),
  };
}

/** The key of the database that keeps it, in the one object store that it has. */
const KEY = 'device';

async function open(name: string): Promise<KeyPair> {
  if (!hasIndexedDb()) throw new StoreError('unavailable', 'There is no IndexedDB here');
  const database = await openDatabase(`${name}-key`, 1, {
    upgrade: (one) => void one.createObjectStore('application'),
    blocked: () => undefined,
    blocking: () => database.close(),
    terminated: () => undefined,
  });
  try {
    const known = await database.transaction(['application'], 'readonly').objectStore('application').get(KEY);
    return (known as KeyPair | undefined) ?? (await make(database));
  } finally {
    database.close();
  }
}

async function make(database: WrappedDatabase): Promise<KeyPair> {
  // The private key cannot leave the browser.
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const transaction = database.transaction(['application'], 'readwrite', { durability: 'strict' });
  const keys = transaction.objectStore('application');
  // Another tab may have made one meanwhile.
  const first = (await keys.get(KEY)) as KeyPair | undefined;
  if (first === undefined) await keys.put(made, KEY);
  await transaction.done;
  return first ?? made;
}
