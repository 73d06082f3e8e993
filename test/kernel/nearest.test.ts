import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/util/nearest.ts';

const known = ['photos-sent', 'tools-shown', 'visits', 'at', 'id'];

describe('the nearest known word', () => {
  it.each([
    ['photo-sent', ['photos-sent']],
    ['PHOTOS-SENT', ['photos-sent']],
    ['visit', ['visits']],
    ['tool-show', ['tools-shown']],
    ['ad', ['at']],
    ['xy', []],
    ['', []],
    ['a', []],
    ['operator', []],
    ['x'.repeat(100_000), []],
  ])('%s: %j', (word, expected) => {
    expect(nearest(word, known)).toEqual(expected);
  });

  it('is none where nothing is known', () => expect(nearest('a-word', [])).toEqual([]));
});
