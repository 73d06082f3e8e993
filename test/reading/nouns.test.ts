import { afterEach, describe, expect, it, vi } from 'vitest';
import { inEnglish, inSpanish } from '../../src/words/nouns.ts';

describe('a noun that is counted', () => {
  afterEach(() => vi.unstubAllGlobals());
  it.each([
    [0, '0 visitas', '0 visits'],
    [1, '1 visita', '1 visit'],
    [2, '2 visitas', '2 visits'],
    [12_345.5, '12\u00a0345,5 visitas', '12,345.5 visits'],
  ])('%d: %s, %s', (count, spanish, english) => {
    expect(inSpanish.count(count, 'visita')).toBe(spanish);
    expect(inEnglish.count(count, 'visit')).toBe(english);
    expect([inSpanish.number(count), inEnglish.number(count)]).toEqual(
      [spanish, english].map((text) => text.split(' ')[0]),
    );
  });

  it('agrees with its verb and its adjective', () => {
    expect([1, 2].map((count) => inSpanish.agree(count, 'visita', 'limpi'))).toEqual(['limpia', 'limpias']);
    expect([1, 2].map((count) => inSpanish.agree(count, 'hallazgo', 'nuev'))).toEqual(['nuevo', 'nuevos']);
    expect([0, 1, 2].map((count) => inSpanish.verb(count, 'queda', 'quedan'))).toEqual(['quedan', 'queda', 'quedan']);
    expect([0, 1, 2].map((count) => inEnglish.verb(count, 'is', 'are'))).toEqual(['are', 'is', 'are']);
    expect(inEnglish.count(3, 'breach of conduct')).toBe('3 breaches of conduct');
    expect(inSpanish.count(3, 'falta de conducta')).toBe('3 faltas de conducta');
  });
  it('takes the singular for one, where the runtime does not know its plurals', async () => {
    vi.stubGlobal('Intl', { NumberFormat: Intl.NumberFormat });
    vi.resetModules();
    const { inSpanish: anew } = await import('../../src/words/nouns.ts');
    expect([0, 1, 2].map((count) => anew.count(count, 'visita'))).toEqual(['0 visitas', '1 visita', '2 visitas']);
  });
});
