import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../scripts/fuzz/judge.ts';
import { badLines } from '../../src/testing/index.ts';

describe('bad lines', () => {
  it('are answered without a fault, ten thousand of them (a million: scripts/fuzz.ts)', () => {
    const faults = fc.sample(badLines, { numRuns: 10_000, seed: 42 }).flatMap((line) => faultOf(line).fault ?? []);
    expect(faults).toEqual([]);
  }, 60_000);

  it('are seen when they do harm', () => {
    Reflect.set(Object.prototype, 'polluted', true);
    const { fault } = faultOf('{}');
    Reflect.deleteProperty(Object.prototype, 'polluted');
    expect(fault).toBe('a prototype was touched');
  });
});
