import crypto from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nativeIn, portable, type Runtime, sha256 } from '../../src/chain/sha256.ts';
import { codePoint } from '../support/code-point.ts';

const without = (...names: readonly string[]): Runtime => ({
  getBuiltinModule: () => Object.fromEntries(Object.entries(crypto).filter(([name]) => !names.includes(name))),
});

describe('SHA-256', () => {
  it('is that of the examples of FIPS 180-4, in UTF-8', () => {
    for (const hash of [sha256, portable]) {
      expect(hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
      expect(hash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
      expect(hash('ñ')).toBe(
        crypto
          .createHash('sha256')
          .update(Buffer.from([0xc3, 0xb1]))
          .digest('hex'),
      );
    }
  });

  it('is the same by every means', () => {
    const means = [nativeIn(process), nativeIn(without('hash')), portable];
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: codePoint, maxLength: 300 }), fc.string()), (text) => {
        expect(means.map((hash) => hash?.(text))).toEqual(means.map(() => sha256(text)));
      }),
      { seed: 9 },
    );
  });

  it('takes what a runtime has, and none where it has nothing', () => {
    const asked: string[] = [];
    const hash = nativeIn({
      getBuiltinModule: (id) => {
        asked.push(id);
        return { hash: (() => 'one-shot') as never, createHash: () => expect.unreachable() };
      },
    });
    expect(hash?.('')).toBe('one-shot');
    expect(asked).toEqual(['node:crypto']);
    const nothing = [undefined, {}, { getBuiltinModule: () => undefined }, without('hash', 'createHash')];
    expect(nothing.map(nativeIn)).toEqual(nothing.map(() => undefined));
  });
});
