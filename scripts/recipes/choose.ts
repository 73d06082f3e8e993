import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The recipes in a folder: its folders with a package.json, by name. */
export const listRecipes = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'package.json')))
    .sort();

type Asked = Readonly<{ names: readonly string[]; rotate?: string; today: Date }>;
const DAY_MS = 86_400_000;

/**
 * Chooses the recipes to run: those that are named, or as many as `rotate` says, from where the day before ended, so that all have
 * their turn; otherwise all. Refuses a name that is no recipe, and a rotation of none.
 */
export function chooseRecipes(all: readonly string[], { names, rotate, today }: Asked) {
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new TypeError(`No recipe ${unknown.join(', ')}. Known: ${all.join(', ')}`);
  if (names.length > 0) return { names, reason: 'by name' };
  if (rotate === undefined) return { names: all, reason: 'all' };
  const count = Number(rotate);
  if (!Number.isInteger(count) || count < 1) throw new TypeError('--rotate takes a number of recipes, at least 1');
  if (count >= all.length) return { names: all, reason: 'all' };
  const day = Math.floor(today.getTime() / DAY_MS);
  const chosen = Array.from({ length: count }, (_, index) => all[(day * count + index) % all.length] ?? '');
  return { names: chosen, reason: `of ${all.length}, by the day ${today.toISOString().slice(0, 10)}` };
}
