import { describe, expect, it } from 'vitest';
import { parseLocale } from '../../src/visit/known.ts';

describe('the language of a tag', () => {
  it.each([
    [undefined, 'es-CR'],
    ['es-CR', 'es-CR'],
    ['es', 'es-CR'],
    ['ES-419', 'es-CR'],
    ['es-x-en', 'es-CR'],
    ['en', 'en'],
    ['EN', 'en'],
    ['en-US', 'en'],
    ['En-GB-oed', 'en'],
  ])('%s is %s', (tag, locale) => {
    expect(parseLocale(tag)).toBe(locale);
  });

  it.each(['', 'fr', 'eng', 'spanish', 'x-en', 'en_US', '__proto__'])('refuses %j', (tag) => {
    expect(() => parseLocale(tag)).toThrow(TypeError);
    expect(() => parseLocale(tag)).toThrow(`Unknown locale ${tag}`);
  });
});
