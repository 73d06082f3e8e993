import { expect, it } from 'vitest';
import { verifyChain } from '../../src/chain.ts';
import { canonicalJson } from '../../src/stores/canonical.ts';
import { visitAt } from '../../src/testing.ts';
import { sealed } from './logs.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The entries of an exported log, if it can be read. */
function parsed(bytes: Uint8Array): unknown[] | undefined {
  try {
    return utf8
      .decode(bytes)
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}

it('every bit that flips in an exported log is found, or leaves what cannot be read', () => {
  const metadata = { schemaVersion: 1, eventId: 'e-1', 'host: note': ['ñ', 0.5, null, true] };
  const log = sealed(visitAt('identified').events.map((event) => ({ ...event, metadata })));
  const text = log.map(canonicalJson).join('\n');
  const bytes = new TextEncoder().encode(text);
  const counts = { unreadable: 0, same: 0, found: 0 };
  const missed: string[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const entries = parsed(flipped);
    if (entries === undefined) counts.unreadable += 1;
    else if (entries.map(canonicalJson).join('\n') === text) counts.same += 1;
    else if (verifyChain(entries).intact) missed.push(utf8.decode(flipped));
    else counts.found += 1;
  }
  expect(missed).toEqual([]);
  expect(counts.same).toBe(0); // Canonical text has no two forms.
  expect(counts.found).toBeGreaterThan(5_000);
  expect(counts.unreadable).toBeGreaterThan(1_000);
});
