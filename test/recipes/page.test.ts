import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRecipes } from '../../scripts/recipes/choose.ts';

const folder = 'examples/recipes';
const page = readFileSync('docs/how-to/recipes.md', 'utf8');
const lines = (text: string) => text.trimEnd().split('\n');
const unindented = (text: string) =>
  lines(text)
    .map((line) => line.trim())
    .join('\n');

/** The blocks of code of the page, each with the file that the line above names. */
const blocks = [...page.matchAll(/^`examples\/recipes\/([^`]+)`:\n\n```(?:typescript|tsx)\n([\s\S]*?)^```/gm)].map(
  ([, file = '', code = '']) => ({ file, code }),
);

describe.each(listRecipes(folder))('the recipe %s', (name) => {
  const own = join(folder, name);
  const described = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));

  it('has at most five files beside its README, which has at most 30 lines', () => {
    expect(
      readdirSync(own, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length,
    ).toBeLessThan(7);
    expect(lines(readFileSync(join(own, 'README.md'), 'utf8')).length).toBeLessThanOrEqual(30);
  });

  it('names exact versions, and has a test', () => {
    const { auxilio, ...others } = { ...described.dependencies, ...described.devDependencies };
    expect(auxilio).toBe('*');
    expect(Object.values(others).filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
    expect(described).toMatchObject({ name: `recipe-${name}`, private: true, scripts: { test: expect.any(String) } });
  });

  it('is shown on the page, by lines of its own file', () => {
    const shown = blocks.filter(({ file }) => file.startsWith(`${name}/`));
    expect(shown.length).toBeGreaterThan(0);
    for (const { file, code } of shown) {
      expect(lines(code).length).toBeLessThanOrEqual(25);
      expect(unindented(readFileSync(join(folder, file), 'utf8'))).toContain(unindented(code));
    }
  });
});

it('every block of code of the page is of a recipe', () => {
  expect(blocks).toHaveLength([...page.matchAll(/^```\w+\n/gm)].length - 1); // and one of commands
  const recipes = listRecipes(folder);
  expect(blocks.filter(({ file }) => !recipes.includes(file.split('/')[0] ?? ''))).toEqual([]);
});

it.each([
  ['the server in the process of a phone', 'remote.ts', ['react', 'vue']],
  ['the module of Web standards', 'worker.ts', ['workerd', 'deno', 'bun']],
] as const)('%s is the same in each of its recipes', (_, file, [first, ...others]) => {
  const text = (name: string) => readFileSync(join(folder, name, file), 'utf8');
  for (const name of others) expect(text(name)).toBe(text(first));
});
