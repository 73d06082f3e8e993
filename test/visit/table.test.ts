import { describe, expect, it } from 'vitest';
import { acts } from '../../src/visit/table.ts';

describe('the table of acts', () => {
  it('has acts of one shape, whatever each of them leaves out', () => {
    const [first, ...others] = acts.map((act) => Object.keys(act));
    for (const keys of others) expect(keys).toEqual(first);
  });
});
