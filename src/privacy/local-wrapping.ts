import { fromBase64, toBase64 } from '../util/base64.ts';
import { runtime } from '../util/runtime.ts';
import { aesGcm } from './aes-gcm.ts';
import { deriveKey } from './token.ts';
import type { WrappingKeys } from './wrapping.ts';

const encoder = new TextEncoder();
const NONCE = 12;

/** The root keys of the epochs, of 32 bytes each. */
type Roots = Readonly<{
  /** The root key of an epoch; `make` makes it if it is missing. */
  find: (epoch: string, make: boolean) => Promise<Uint8Array | null | undefined>;
  destroy: (epoch: string) => Promise<boolean>;
}>;

/** Wraps by AES-256-GCM under keys in this process. */
function wrapLocally({ find, destroy }: Roots): WrappingKeys {
  const read = async (epoch: string, make: boolean): Promise<Uint8Array> => {
    const root = await find(epoch, make);
    if (root instanceof Uint8Array) return root;
    throw new Error(`The wrapping key of epoch ${epoch} is missing`);
  };
  const keyOf = (root: Uint8Array) => deriveKey(root, 'auxilio/wrap/1');
  return {
    async wrap(epoch, secrets, isNew = false) {
      const root = await read(epoch, isNew);
      const key = keyOf(root);
      const wrapOne = async ({ id, secret }: { id: string; secret: Uint8Array }) => {
        const nonce = runtime.freshBytes(NONCE);
        const body = await aesGcm().encrypt({ key, nonce, context: encoder.encode(id) }, Uint8Array.from(secret));
        const wrapped = new Uint8Array(NONCE + body.length);
        wrapped.set(nonce);
        wrapped.set(body, NONCE);
        return toBase64(wrapped);
      };
      return Promise.all(secrets.map(wrapOne));
    },
    async unwrap(epoch, wrapped) {
      const root = await read(epoch, false);
      const key = keyOf(root);
      const unwrapOne = (one: { id: string; wrapped: string }) => {
        const bytes = fromBase64(one.wrapped);
        const nonce = bytes.slice(0, NONCE);
        return aesGcm().decrypt({ key, nonce, context: encoder.encode(one.id) }, bytes.slice(NONCE));
      };
      return Promise.all(wrapped.map(unwrapOne));
    },
    destroy,
  };
}

/** Wraps keys under keys in memory, for tests and examples: all of them are gone with the process. @since 0.11.0 */
export function memoryWrappingKeys(): WrappingKeys {
  const roots = new Map<string, Uint8Array | null>();
  return wrapLocally({
    find: async (epoch, make) => {
      if (make && !roots.has(epoch)) roots.set(epoch, runtime.freshBytes(32));
      return roots.get(epoch);
    },
    destroy: async (epoch) => {
      roots.set(epoch, null);
      return true;
    },
  });
}

const KEY_BYTES = 32;

function parseRoot(text: string, what: string): Uint8Array {
  const bytes = /^[A-Za-z0-9+/]{43}=$/.test(text) ? fromBase64(text) : new Uint8Array(0);
  if (bytes.length !== KEY_BYTES) throw new TypeError(`${what} is 32 bytes in base64`);
  return bytes;
}

/**
 * Wraps keys under keys that the operator gives, such as from the environment: by the name of its epoch (`epoch-1`), 32 bytes in base64.
 * A rotation needs the key of the next epoch beforehand. Only the operator can destroy one, by leaving it out; until then an erasure
 * that waits for it is not confirmed.
 *
 * @throws TypeError when a key is not 32 bytes in base64
 * @since 0.11.0
 */
export function givenWrappingKeys(keys: Readonly<Record<string, string>>): WrappingKeys {
  const roots = new Map(
    Object.entries(keys).map(([epoch, text]) => [epoch, parseRoot(text, `The key of epoch ${epoch}`)]),
  );
  return wrapLocally({
    find: async (epoch) => roots.get(epoch),
    destroy: async (epoch) => !roots.has(epoch),
  });
}

/**
 * Wraps keys under keys in files, one for each epoch: `PATH.epoch-1` has 32 bytes in base64, readable by its owner alone. Processes that
 * begin an epoch at once share its file. Keep the files apart from the key store and from its backups.
 *
 * A destroyed key is overwritten and its file removed. On a disk that keeps old blocks, and in copies of the file, destroy it yourself.
 *
 * @since 0.11.0
 */
export function fileWrappingKeys(path: string): WrappingKeys {
  const fileOf = (epoch: string) => `${path}.${epoch}`;
  const read = async (epoch: string): Promise<Uint8Array | undefined> => {
    const { readFileSync } = await import('node:fs');
    // Read in this turn of the event loop, so that the append stays in the common transaction with those of other commands.
    const text = await new Promise<string>((resolve) => resolve(readFileSync(fileOf(epoch), 'utf8'))).catch(
      ignoreMissing,
    );
    return text === undefined ? undefined : parseRoot(text.trim(), `The file of the wrapping key of ${epoch}`);
  };
  return wrapLocally({
    find: async (epoch, make) => {
      const known = await read(epoch);
      if (known !== undefined || !make) return known;
      await createFile(fileOf(epoch), `${toBase64(runtime.freshBytes(KEY_BYTES))}\n`);
      return read(epoch);
    },
    destroy: async (epoch) => {
      const { unlink } = (await import('node:fs')).promises;
      const known = await read(epoch);
      if (known !== undefined) await writeThrough(fileOf(epoch), 'r+', '0'.repeat(45));
      await unlink(fileOf(epoch)).catch(ignoreMissing);
      return true;
    },
  });
}

/** Answers undefined for the error that a file is missing; throws any other. */
function ignoreMissing(error: { code?: string }): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** Writes a file, and resolves once it is on the disk. */
async function writeThrough(file: string, flags: 'wx' | 'r+', text: string): Promise<void> {
  const { open } = (await import('node:fs')).promises;
  const opened = await open(file, flags, 0o600);
  try {
    await opened.writeFile(text);
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** Creates a file with its whole content; one that another process has created meanwhile stays. */
async function createFile(file: string, text: string): Promise<void> {
  const { link, unlink } = (await import('node:fs')).promises;
  const fresh = `${file}.${runtime.randomId()}`;
  await writeThrough(fresh, 'wx', text);
  try {
    await link(fresh, file);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  } finally {
    await unlink(fresh);
  }
}
