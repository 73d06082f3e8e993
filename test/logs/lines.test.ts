import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/logs.ts';
import { collect } from './support.ts';

const linesIn = (...chunks: readonly (string | Uint8Array)[]) => collect(linesOf(chunks));

describe('linesOf', () => {
  it('is the text split at line feeds, without a last one that is empty, however it is cut', async () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'ñ', '—', '🏠', '\r', '\n', '\uFEFF') }));
    await fc.assert(
      fc.asyncProperty(texts, fc.array(fc.nat(20)), fc.boolean(), async (parts, cuts, asBytes) => {
        const text = parts.join('');
        const whole = Buffer.from(text);
        const chunks: Uint8Array[] = [];
        let from = 0;
        for (const cut of cuts) {
          chunks.push(whole.subarray(from, from + cut));
          from += cut;
        }
        chunks.push(whole.subarray(from));
        const lines = text.split('\n');
        if (lines.at(-1) === '') lines.pop();
        expect(await linesIn(...(asBytes ? chunks : parts))).toEqual(lines);
      }),
      { numRuns: 500, seed: 31 },
    );
  });

  it('takes a whole text', async () => {
    expect(await collect(linesOf('a\nb'))).toEqual(['a', 'b']);
    expect(await collect(linesOf(new TextEncoder().encode('a\nñ')))).toEqual(['a', 'ñ']);
  });

  it('shows bytes that are not UTF-8 as lone surrogates, and nothing else', async () => {
    const latin = Buffer.from('Sí, mañana\nplain', 'latin1');
    expect(await linesIn(latin)).toEqual(['S\udced, ma\udcf1ana', 'plain']);
    expect(await linesIn(Buffer.from([0xf0, 0x9f, 0x8f]))).toEqual(['\udcf0\udc9f\udc8f']);
    expect(await linesIn(Buffer.from([0xed, 0xa0, 0x80, 0x61, 0xc0]))).toEqual(['\udced\udca0\udc80a\udcc0']);
    expect(await linesIn(Buffer.concat([Buffer.from('ñ🏠é'), Buffer.from([0xff]), Buffer.from('—')]))).toEqual([
      'ñ🏠é\udcff—',
    ]);
  });

  it('keeps a character that a part cuts before a text', async () => {
    expect(await linesIn(Buffer.from('a\nñ').subarray(0, 3), 'b')).toEqual(['a', '\udcc3b']);
  });

  it('keeps the beginning of a line that never ends, and goes on after it', async () => {
    const part = Buffer.alloc(64 * 1024, 'x');
    const [long = '', next] = await linesIn(...Array.from({ length: 40 }, () => part), Buffer.from('\nnext'));
    expect(long.length).toBe(1024 * 1024);
    expect(next).toBe('next');
    const [one = '', two] = await linesIn(`${'y'.repeat(2_000_000)}\nz`);
    expect([one.length, two]).toEqual([1024 * 1024, 'z']);
  });
});
