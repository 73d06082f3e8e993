import { describe, expect, it } from 'vitest';
import { chooseRecipes, listRecipes } from '../../scripts/recipes/choose.ts';

const all = ['a', 'b', 'c', 'd', 'e'];
const today = new Date('2026-12-01T20:00:00.000Z');
const day = (index: number) => new Date(today.getTime() + index * 86_400_000);

describe('the choice of recipes', () => {
  it('is all of them, or those that are named', () => {
    expect(chooseRecipes(all, { names: [], today }).names).toEqual(all);
    expect(chooseRecipes(all, { names: ['d', 'a'], rotate: '1', today }).names).toEqual(['d', 'a']);
  });

  it('refuses a name that is no recipe, and a rotation of none', () => {
    expect(() => chooseRecipes(all, { names: ['a', 'x'], today })).toThrow('No recipe x. Known: a, b, c, d, e');
    for (const rotate of ['0', '-1', '1.5', 'two', '']) {
      expect(() => chooseRecipes(all, { names: [], rotate, today })).toThrow('--rotate takes a number');
    }
  });

  it.each([1, 2, 3, 4])('gives each its turn, %i a day', (count) => {
    const chosen = [0, 1, 2, 3, 4].map((index) => {
      const { names } = chooseRecipes(all, { names: [], rotate: `${count}`, today: day(index) });
      expect(new Set(names).size).toBe(count);
      return names;
    });
    for (const name of all) expect(chosen.flat().filter((one) => one === name)).toHaveLength(count);
  });

  it('says the day by which it chose', () => {
    expect(chooseRecipes(all, { names: [], rotate: '2', today }).reason).toBe('of 5, by the day 2026-12-01');
    expect(chooseRecipes(all, { names: [], rotate: '9', today })).toEqual({ names: all, reason: 'all' });
  });

  it('finds the folders that have a package.json', () => {
    expect(listRecipes('examples/recipes')).toEqual(expect.arrayContaining(['express', 'fastify', 'hono']));
  });
});
