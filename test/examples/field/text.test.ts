import { describe, expect, it } from 'vitest';
import { joined } from '../../../examples/field/ui/text.ts';

describe('what is known of a visit, beside one another', () => {
  it('keeps the order of its parts, whatever letters they are in', () => {
    expect(joined('Ana Mora', null, '', 'Barva')).toBe('Ana Mora · Barva');
    expect(joined('EXP-7', 'שכונה, 100 m norte')).toBe('EXP-7 · \u2068שכונה, 100 m norte\u2069');
  });
});
