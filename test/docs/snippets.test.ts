import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { installed, run } from '../package/packed.ts';

const landingPages = ['site/index.md', 'site/es-CR/index.md'];
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', ...markdown('docs'), ...landingPages];

function markdown(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
}

const snippetsOf = (page: string, text: string) =>
  [...text.matchAll(/^```ts(?: twoslash)?\n([\s\S]*?)^```/gm)].map(([, code = ''], index) => ({
    name: `${page} ${index + 1}`,
    code,
  }));

/** The examples that an editor shows at a name. */
const docstrings = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join('src', file), 'utf8') }))
  .flatMap(({ file, text }) => snippetsOf(`src/${file}`, text.replaceAll(/^ \* ?/gm, '')));

/** The examples of the package that are one file each. */
const examples = ['examples/01-a-visit.ts', 'examples/03-a-sealed-log.ts'].map((name) => ({
  name,
  code: readFileSync(name, 'utf8'),
}));

const snippets = [...pages.flatMap((page) => snippetsOf(page, readFileSync(page, 'utf8'))), ...docstrings, ...examples];

/** The blocks of JavaScript, which are parts of a program: the test that runs each, or why nothing does. */
const parts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    markdown('docs/tutorial')
      .filter((page) => /\d/.test(page))
      .map((page) => [page, 'test/docs/tutorial.test.ts']),
  ),
  'docs/offline-phone.md': 'test/browser/offline-phone.test.ts',
  'docs/store-conformance.md': 'test/testing/store/conformance.test.ts',
  'docs/decisions/0010-postgres.md': 'test/stores/postgres-guards.test.ts',
  'docs/how-to/embed-a-visit.md': 'test/browser/playground.test.ts',
  'docs/how-to/recipes.md': 'test/recipes/page.test.ts',
  'docs/how-to/store-in-the-browser.md': 'test/browser/indexeddb.test.ts',
};

// As a user has it: the packed tarball, its dependencies and peers, and what the pages ask to install.
const { folder } = installed('@electric-sql', '@event-driven-io', '@castore', '@hono', 'hono');

const system = { ESM: 'mts', CommonJS: 'cts' } as const;
const extension = { ESM: 'mjs', CommonJS: 'cjs' } as const;
type System = keyof typeof system;
const systems = Object.keys(system) as System[];

const importing = /^import [^;]*;\n/gm;

/** A snippet as CommonJS, which has no `await` outside a function: its imports, then the rest in one. */
const asCommonJs = (code: string) => `${(code.match(importing) ?? []).join('')}
export const done = (async () => {
${code.replaceAll(importing, '').replaceAll(/^export (?!\{)/gm, '')}
})();
`;

snippets.forEach(({ code }, index) => {
  writeFileSync(join(folder, `snippet-${index}.mts`), `${code}\nexport {};\n`);
  writeFileSync(join(folder, `snippet-${index}.cts`), asCommonJs(code));
});

/** The examples of many files, as a host bundles them, with the arguments of each. */
const programs = [
  { name: 'examples/04-lambda/demo.ts', args: [] },
  { name: 'examples/05-server/main.ts', args: ['--demo', '--port', '0'] },
];
const bundle = (index: number, name: System) => {
  const main = join(folder, 'node_modules', 'auxilio', programs[index]!.name);
  const entry = join(dirname(main), `main.${system[name]}`);
  const code = readFileSync(main, 'utf8');
  writeFileSync(entry, name === 'ESM' ? code : asCommonJs(code));
  const outfile = join(folder, `program-${index}.${extension[name]}`);
  const own = { 'import.meta.url': JSON.stringify(pathToFileURL(main).href) };
  const format = name === 'ESM' ? 'esm' : 'cjs';
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format,
    define: own,
  });
  return outfile;
};

/** Runs some snippets one after the other, each in a folder of its own, and writes what each printed, or its error. */
const runner = `
const [, , system, ...indices] = process.argv;
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
async function main() {
  const printed = {};
  for (const index of indices) {
    const own = join(__dirname, 'ran', system + '-' + index);
    mkdirSync(own, { recursive: true });
    process.chdir(own);
    let text = '';
    const { write } = process.stdout;
    process.stdout.write = (chunk) => ((text += chunk), true);
    try {
      if (system === 'ESM') await import(join(__dirname, 'snippet-' + index + '.mjs'));
      else await require(join(__dirname, 'snippet-' + index + '.cjs')).done;
    } catch (error) {
      text = { error: String(error && error.stack || error) };
    } finally {
      process.stdout.write = write;
    }
    printed[index] = text;
  }
  writeFileSync(join(__dirname, 'printed-' + system + '.json'), JSON.stringify(printed));
  process.exit();
}
main();
`;
writeFileSync(join(folder, 'runner.cjs'), runner);

const tsc = resolve('node_modules', 'typescript-native', 'bin', 'tsc');
const { paths: _, ...strict } = JSON.parse(readFileSync('tsconfig.json', 'utf8')).compilerOptions;
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({
    compilerOptions: {
      ...strict,
      module: 'nodenext',
      moduleResolution: 'nodenext',
      verbatimModuleSyntax: false,
      allowImportingTsExtensions: false,
      noEmit: false,
    },
    include: ['snippet-*'],
  }),
);

/** A snippet that registers tests prints when its process ends. */
const isTest = (code: string) => code.includes("from 'node:test'");
const together = snippets.flatMap(({ code }, index) => (isTest(code) ? [] : [`${index}`]));

let compiled: string | undefined;
const compile = () => {
  compiled ??= run(folder, process.execPath, tsc, '-p', '.');
  return compiled;
};

const ran = new Map<System, Readonly<Record<string, string | { readonly error: string }>>>();
function printedBy(name: System, index: number): string {
  compile();
  if (isTest(snippets[index]!.code)) {
    return run(folder, process.execPath, `snippet-${index}.${extension[name]}`);
  }
  if (!ran.has(name)) {
    run(folder, process.execPath, 'runner.cjs', name, ...together);
    ran.set(name, JSON.parse(readFileSync(join(folder, `printed-${name}.json`), 'utf8')));
  }
  const printed = ran.get(name)![index] ?? '';
  if (typeof printed === 'string') return printed;
  throw new Error(`${snippets[index]!.name}, as ${name}: ${printed.error}`);
}

describe('the snippets of the docs, on the packed package', () => {
  it('are some, and compile in both module systems', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(60);
    expect(docstrings.length).toBeGreaterThanOrEqual(6);
    expect(compile()).toBe('');
  });

  it.each(systems.flatMap((name) => snippets.map((snippet, index) => ({ system: name, name: snippet.name, index }))))(
    'run as $system: $name',
    ({ system: name, index }) => {
      expect(printedBy(name, index).length).toBeGreaterThan(0);
    },
  );

  it.each(systems.flatMap((name) => programs.map((program, index) => ({ system: name, name: program.name, index }))))(
    'run as $system: $name',
    ({ system: name, index }) => {
      const printed = run(folder, process.execPath, bundle(index, name), ...programs[index]!.args);
      expect(printed).toMatch(/POST \/visits\/v-2026-0317-01\/commands → 200/);
    },
  );

  it.each(systems)('print the phrase that the host words itself, as %s', (name) => {
    const page = snippets.findIndex((one) => one.name === 'docs/how-to/add-a-phrase.md 1');
    expect(printedBy(name, page)).toContain('ShowCredential: Este es mi carné, doña Ana Rojas.');
  });

  it.each(systems)('print what the README says, as %s', (name) => {
    const printed = printedBy(name, 0).trimEnd().split('\n');
    expect(printed.at(-1)).toBe('on-site');
    expect(printed.length).toBeGreaterThan(7);
    const shown = readFileSync('README.md', 'utf8').match(/^```text\n([\s\S]*?)^```/m)?.[1] ?? '';
    const beginnings = shown.split('\n').map((line) => line.replace(/ ?…$/, ''));
    expect(beginnings.filter((beginning) => !printed.some((line) => line.startsWith(beginning)))).toEqual([]);
    expect(beginnings.length).toBeGreaterThan(5);
  });

  it.each(systems.flatMap((name) => landingPages.map((page) => ({ name, page }))))(
    'print what $page says, as $name',
    ({ name, page }) => {
      const printed = printedBy(
        name,
        snippets.findIndex((one) => one.name === `${page} 1`),
      );
      expect(printed).toBe(readFileSync(page, 'utf8').match(/^```text\n([\s\S]*?)^```/m)?.[1]);
    },
  );

  it('are all there is, but for parts of programs that other tests run', () => {
    const found = pages.filter((page) => /^```(?:js|html|typescript|tsx|jsx)\n/m.test(readFileSync(page, 'utf8')));
    expect(found.sort()).toEqual(Object.keys(parts).sort());
  });
});
