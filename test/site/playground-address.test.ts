import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestAddress, readAddress, writeAddress } from '../../site/playground/src/visit/address.ts';
import { playHistory } from '../../site/playground/src/visit/histories.ts';
import type { VisitEvent } from '../../src/index.ts';
import { simulate } from '../../src/testing.ts';

const logs: readonly (readonly VisitEvent[])[] = [...simulate({ seed: 38, visits: 40 })].map(({ events }) => events);
const plain = playHistory('plain', 'es-CR');

/** Compresses a text as an address has it. */
async function packed(text: string, version = 1): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `${version}.${Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url')}`;
}

describe('the address of a visit', () => {
  it('opens to the same log, of any simulated visit, in letters that no program changes', async () => {
    let longest = 0;
    for (const log of logs) {
      const text = await writeAddress(log);
      expect(text).toMatch(/^1\.[\w-]+$/);
      expect(await readAddress(text ?? '')).toEqual({ ok: true, log });
      longest = Math.max(longest, text?.length ?? 0);
    }
    expect(logs.length).toBe(40);
    expect(longest).toBeLessThan(longestAddress);
  });

  it('of a plain day is shorter than two thousand letters', async () => {
    expect((await writeAddress(plain))?.length).toBeLessThan(2_000);
  });

  it('is refused by its reason: cut, changed, newer, foreign', async () => {
    const text = (await writeAddress(plain)) ?? '';
    const [first] = plain;
    const problems = await Promise.all(
      [
        text.slice(0, -40),
        `${text.slice(0, 60)}AAAA${text.slice(64)}`,
        text.replace('1.', '2.'),
        '__proto__',
        '🦜',
        '',
        await packed('{"type":"__proto__","data":{}}'),
        await packed(JSON.stringify({ ...first, type: 'VisitTeleported' })),
        await packed(
          `${JSON.stringify(first)}\n${JSON.stringify({ ...first, data: { ...first?.data, visitId: 'other' } })}`,
        ),
      ].map(readAddress),
    );
    expect(problems.map((one) => (one.ok ? 'opened' : one.problem))).toEqual([
      'damaged',
      'damaged',
      'newer',
      'foreign',
      'foreign',
      'foreign',
      'newer',
      'newer',
      'foreign',
    ]);
  });

  it('never expands without end: a million items, a megabyte of nothing', async () => {
    expect(await readAddress(await packed('{}\n'.repeat(1_000_000)))).toEqual({ ok: false, problem: 'large' });
    expect(await readAddress(await packed(' '.repeat(10_000_000)))).toEqual({ ok: false, problem: 'large' });
    expect(await readAddress(`1.${'A'.repeat(longestAddress)}`)).toEqual({ ok: false, problem: 'large' });
    expect(await writeAddress(Array.from({ length: 6_000 }, () => plain[0] as VisitEvent))).toBeNull();
  });

  it('never fails, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.base64String().map((text) => `1.${text}`),
        ),
        async (text) => {
          expect(typeof (await readAddress(text)).ok).toBe('boolean');
        },
      ),
    );
  });
});
