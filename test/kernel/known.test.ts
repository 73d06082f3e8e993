import { describe, expect, it } from 'vitest';
import { mustBeKeys, mustBeKnown } from '../../src/kernel/known.ts';

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
