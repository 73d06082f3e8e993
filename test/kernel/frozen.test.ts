import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../src/kernel/fold.ts';

describe('frozen', () => {
  it.each([null, undefined, 1, 'text', true])('answers what is no object: %s', (value) => {
    expect(deepFreeze(value)).toBe(value);
  });

  it('freezes in depth, and answers the same value', () => {
    const value = { list: [{ item: null }], text: 'a' };
    expect(deepFreeze(value)).toBe(value);
    expect([value, value.list, value.list[0]].every(Object.isFrozen)).toBe(true);
  });

  it('leaves what is frozen as it is', () => {
    const inner = { open: true };
    deepFreeze({ shallow: Object.freeze({ inner }) });
    expect(Object.isFrozen(inner)).toBe(false);
  });
});
