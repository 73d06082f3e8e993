import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeAes, portableAes } from '../../src/privacy/aes-gcm.ts';
import { nativeHashes, portableHashes } from '../../src/privacy/keyed-hash.ts';
import { hashToken, isToken, joinSecrets, textToken } from '../../src/privacy/token.ts';
import { foldItem } from '../../src/visit/fold-item.ts';

const key = new Uint8Array(32).fill(7);
const other = new Uint8Array(32).fill(8);
const variants = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .chain((text) => fc.constantFrom(text, ` ${text}`, text.toUpperCase(), text.toLowerCase(), text.normalize('NFD')));

describe('a token of a text', () => {
  it('is equal where the texts are, and folds as they do', () => {
    fc.assert(
      fc.property(variants, variants, fc.boolean(), (one, two, same) => {
        const [first, second] = [one.normalize('NFC'), (same ? one : two).normalize('NFC')];
        const tokens = [textToken(key, first), textToken(key, second)] as const;
        expect(tokens[0] === tokens[1]).toBe(first === second);
        expect(foldItem(tokens[0]) === foldItem(tokens[1])).toBe(foldItem(first) === foldItem(second));
        expect(tokens.every(isToken)).toBe(true);
      }),
    );
  });

  it('depends on the key, and a hash has one of its own', () => {
    expect(textToken(key, 'Ana')).not.toBe(textToken(other, 'Ana'));
    expect(hashToken(key, 'ab'.repeat(32))).toMatch(/^[0-9a-f]{64}$/);
    expect(hashToken(key, 'ab'.repeat(32))).not.toBe(hashToken(other, 'ab'.repeat(32)));
  });

  it('of several subjects needs the key of each', () => {
    expect(joinSecrets([key])).toBe(key);
    expect(joinSecrets([key, other])).not.toEqual(joinSecrets([other, key]));
    expect(joinSecrets([key, other])).not.toEqual(joinSecrets([key, key]));
  });
});

it('the hashes of Node and the portable ones are the same', () => {
  const native = nativeHashes(process);
  expect(native?.hmac(key, 'añil').toString()).toBe(Buffer.from(portableHashes.hmac(key, 'añil')).toString());
  expect(native?.hkdf(key, other, 'info', 64)).toEqual(portableHashes.hkdf(key, other, 'info', 64));
  expect(nativeHashes(undefined)).toBeUndefined();
});

it('each opens what the other encrypted, and neither what was changed, cut, or is of another context', async () => {
  const [native, portable] = [nativeAes(process)!, portableAes];
  expect(nativeAes(undefined)).toBeUndefined();
  const parts = {
    key: Uint8Array.from(key),
    nonce: new Uint8Array(12),
    context: new TextEncoder().encode('v-1 client'),
  };
  const text = new TextEncoder().encode('Ana, de Barva');
  for (const [one, two] of [
    [native, portable],
    [portable, native],
  ] as const) {
    const ciphertext = Uint8Array.from(await one.encrypt(parts, text));
    expect(await two.decrypt(parts, ciphertext)).toEqual(text);
    for (let at = 0; at < ciphertext.length; at += 1) {
      const changed = ciphertext.with(at, (ciphertext[at] ?? 0) ^ 1);
      await expect(two.decrypt(parts, changed)).rejects.toThrow();
      await expect(two.decrypt(parts, ciphertext.slice(0, at))).rejects.toThrow();
    }
    await expect(two.decrypt({ ...parts, context: new Uint8Array(1) }, ciphertext)).rejects.toThrow();
  }
});
