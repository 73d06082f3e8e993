import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** The names of the entries: each file directly in `src` is one. */
const names = readdirSync('src')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));

/** A module of `dist`, declared for the kind of modules that takes it. */
const built = (file: string, types: string) => ({ types: `./dist/${types}`, default: `./dist/${file}` });

describe('an entry of the package is a file of src', () => {
  it('is exported for both kinds of modules, and nothing else is', () => {
    const exported = names.map((name) => [
      name === 'index' ? '.' : `./${name}`,
      { import: built(`${name}.js`, `${name}.d.ts`), require: built(`${name}.cjs`, `${name}.d.cts`) },
    ]);
    expect(json('package.json').exports).toEqual({
      ...Object.fromEntries(exported),
      './package.json': './package.json',
    });
  });

  it('has a budget of its size', () => {
    const budgets: readonly { readonly path: string }[] = json('.size-limit.json');
    const paths = new Set(budgets.map(({ path }) => path));
    expect(names.filter((name) => !paths.has(`dist/${name}.js`))).toEqual([]);
  });

  it('has a row in the page of entries', () => {
    const [, table = ''] = /^## All entries$(.*)/ms.exec(readFileSync('docs/entries.md', 'utf8')) ?? [];
    const named = [...table.matchAll(/^\|(.*?)\|/gm)].flatMap(([, cell = '']) => cell.match(/auxilio[\w/-]*/g) ?? []);
    expect(named.toSorted()).toEqual(names.map((name) => (name === 'index' ? 'auxilio' : `auxilio/${name}`)).sort());
  });

  it('contains exports alone', () => {
    const other = /^(?!export |import |\/\*\*| \*|\/\/|\}| {2}|$)/m;
    expect(names.filter((name) => other.test(readFileSync(`src/${name}.ts`, 'utf8')))).toEqual([]);
  });
});
