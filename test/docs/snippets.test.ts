import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...markdown('docs')];

function markdown(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
}

const snippetsOf = (page: string, text: string) =>
  [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ''], index) => ({
    name: `${page} ${index + 1}`,
    code,
  }));

/** The examples that an editor shows at a name. */
const examples = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join('src', file), 'utf8') }))
  .flatMap(({ file, text }) => snippetsOf(`src/${file}`, text.replaceAll(/^ \* ?/gm, '')));

const snippets = [...pages.flatMap((page) => snippetsOf(page, readFileSync(page, 'utf8'))), ...examples];

// Beside the sources, so that the paths of tsconfig.json hold for them as for the examples.
const folder = mkdtempSync(join('test', 'docs', 'snippets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (index: number) => resolve(folder, `snippet-${index}.ts`);
snippets.forEach(({ code }, index) => {
  writeFileSync(fileOf(index), code);
});
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../../tsconfig.json', include: ['*.ts'] }));

const tsc = resolve('node_modules', 'typescript-native', 'bin', 'tsc');
const run = (...args: readonly string[]) => execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' });

/** All built in one go, so that each starts as fast as a plain script. */
const built = join(folder, 'built');
buildSync({
  entryPoints: snippets.map((_, index) => fileOf(index)),
  outdir: built,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  tsconfig: resolve('tsconfig.json'),
  logLevel: 'error',
});

const printedBy = (index: number) => run(join(built, `snippet-${index}.mjs`));

describe('the snippets of the docs', () => {
  it('are some, and compile', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(2);
    expect(examples.length).toBeGreaterThanOrEqual(6);
    expect(run(tsc, '-p', folder)).toBe('');
  });

  it.each(snippets.map(({ name }, index) => ({ name, index })))('runs: $name', ({ index }) => {
    expect(printedBy(index).length).toBeGreaterThan(0);
  });

  it('print the phrase that the host words itself', () => {
    const page = snippets.findIndex(({ name }) => name === 'docs/how-to/add-a-phrase.md 1');
    expect(printedBy(page)).toContain('ShowCredential: Este es mi carné, doña Ana Rojas.');
  });

  it('print what the README says', () => {
    const printed = printedBy(0).trimEnd().split('\n');
    expect(printed.at(-1)).toBe('on-site');
    expect(printed.length).toBeGreaterThan(7);
    const shown = readFileSync('README.md', 'utf8').match(/^```text\n([\s\S]*?)^```/m)?.[1] ?? '';
    const beginnings = shown.split('\n').map((line) => line.replace(/ ?…$/, ''));
    expect(beginnings.filter((beginning) => !printed.some((line) => line.startsWith(beginning)))).toEqual([]);
    expect(beginnings.length).toBeGreaterThan(5);
  });
});
