import { describe, expect, it } from 'vitest';
import { mustBeKeys, mustBeKnown, withCurrentNames } from '../../src/kernel/known.ts';

describe('what is refused by name', () => {
  it('is cut after 64 characters, beside all that is known', () => {
    const word = 'x'.repeat(70);
    expect(() => mustBeKnown('role', word, ['client', 'provider'])).toThrow(
      new TypeError(`Unknown role ${'x'.repeat(64)}. Known: client, provider`),
    );
  });

  it.each([null, undefined, 'visitId', 7])('are options that are no object: %j', (options) => {
    expect(() => mustBeKeys('sync', options as never, {})).toThrow('sync takes options, an object; got');
  });
});

describe('options under deprecated names', () => {
  const renamed = { keepVisits: 'cacheSize' };

  it('get their current names, in a copy', () => {
    const options = { keepVisits: 5, retries: 1 };
    expect(withCurrentNames('createService', options, renamed)).toEqual({ cacheSize: 5, retries: 1 });
    expect(options).toEqual({ keepVisits: 5, retries: 1 });
  });

  it('are refused under both names', () => {
    const both = { keepVisits: 5, cacheSize: 5 };
    expect(() => withCurrentNames('createService', both, renamed)).toThrow(
      'createService takes cacheSize, formerly keepVisits, under one name only',
    );
  });

  it('stay as they are under current names, or where they are no object', () => {
    const options = { cacheSize: 5 };
    expect(withCurrentNames('createService', options, renamed)).toBe(options);
    expect(withCurrentNames<unknown>('createService', 'none', renamed)).toBe('none');
  });
});
