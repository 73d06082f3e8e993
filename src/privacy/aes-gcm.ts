/** AES-256-GCM; a ciphertext ends with its tag of 16 bytes. */
export type AesGcm = Readonly<{
  encrypt: (parts: AesParts, text: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** Rejects a ciphertext that was changed, or is of other parts. */
  decrypt: (parts: AesParts, ciphertext: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}>;

/** The key, the nonce, and what is authenticated besides. */
type AesParts = Readonly<Record<'key' | 'nonce' | 'context', Uint8Array<ArrayBuffer>>>;

type Cipher = {
  readonly setAAD: (context: Uint8Array) => unknown;
  readonly setAuthTag: (tag: Uint8Array) => unknown;
  readonly getAuthTag: () => Uint8Array;
  readonly update: (text: Uint8Array) => Uint8Array;
  readonly final: () => Uint8Array;
};

type CreateCipher = (algorithm: 'aes-256-gcm', key: Uint8Array, nonce: Uint8Array) => Cipher;

/** The part of `node:crypto` that is used. */
type NodeCrypto = { readonly createCipheriv: CreateCipher; readonly createDecipheriv: CreateCipher };

type Runtime = { readonly getBuiltinModule?: (id: 'node:crypto') => NodeCrypto | undefined };

const TAG = 16;

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** AES by WebCrypto: portable, and some ten times slower for a short text, since each call goes to another thread. */
export const portableAes: AesGcm = {
  encrypt: ({ key, ...parts }, text) => useSubtle(key, 'encrypt', parts, text),
  decrypt: ({ key, ...parts }, ciphertext) => useSubtle(key, 'decrypt', parts, ciphertext),
};

async function useSubtle(
  key: Uint8Array<ArrayBuffer>,
  use: 'encrypt' | 'decrypt',
  { nonce, context }: Omit<AesParts, 'key'>,
  data: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const { subtle } = crypto;
  const imported = await subtle.importKey('raw', key, 'AES-GCM', false, [use]);
  return new Uint8Array(await subtle[use]({ name: 'AES-GCM', iv: nonce, additionalData: context }, imported, data));
}

/** AES by Node, if this is Node: looked up and not imported, so that a bundle for a browser has no dependency. */
export function nativeAes(runtime: Runtime | undefined): AesGcm | undefined {
  const native = runtime?.getBuiltinModule?.('node:crypto');
  if (native === undefined) return undefined;
  return {
    async encrypt({ key, nonce, context }, text) {
      const cipher = native.createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(context);
      return join(cipher.update(text), cipher.final(), cipher.getAuthTag());
    },
    async decrypt({ key, nonce, context }, ciphertext) {
      const end = ciphertext.length - TAG;
      if (end < 0) throw new RangeError('A ciphertext ends with its whole tag');
      const cipher = native.createDecipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(context);
      cipher.setAuthTag(ciphertext.subarray(end));
      return join(cipher.update(ciphertext.subarray(0, end)), cipher.final());
    },
  };
}

let chosen: AesGcm | undefined;

/** The fastest that there is. */
export function aesGcm(): AesGcm {
  chosen ??= nativeAes((globalThis as { process?: Runtime }).process) ?? portableAes;
  return chosen;
}
