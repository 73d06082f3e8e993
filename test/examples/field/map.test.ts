import { describe, expect, it } from 'vitest';
import { mapHref } from '../../../examples/field/phone/src/map.ts';

describe('the place of a visit on a map', () => {
  const place = 'Barva, 100 m al sur & 25 m al este';

  it('is shown by the application for maps on Android', () => {
    expect(mapHref(place, 'Mozilla/5.0 (Linux; Android 14)')).toBe('geo:0,0?q=Barva%2C+100+m+al+sur+%26+25+m+al+este');
  });

  it('is looked for by any text', () => {
    expect(mapHref('\ud800', 'Android')).toBe('geo:0,0?q=%EF%BF%BD');
  });

  it('is shown by a page elsewhere', () => {
    const { searchParams, protocol } = new URL(mapHref(place, 'Mozilla/5.0 (iPhone)'));
    expect([protocol, searchParams.get('query')]).toEqual(['https:', place]);
  });
});
