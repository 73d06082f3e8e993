import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { installed, run } from './packed.ts';

const { folder } = installed('fake-indexeddb');
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = Object.keys(exports)
  .filter((path) => path !== './package.json')
  .map((path) => path.replace(/^\./, 'auxilio'));

const source = readFileSync(new URL('calls.ts', import.meta.url), 'utf8');

/** Runs every call, and writes what each answered, by entry and name. */
const runner = (format: 'esm' | 'cjs') => `
${format === 'esm' ? "import { createRequire } from 'node:module';\nimport { calls } from './calls.mjs';\nconst require = createRequire(import.meta.url);" : "const { calls } = require('./calls.cjs');"}
async function main() {
  require('fake-indexeddb/auto');
  const [file, given] = JSON.parse(process.argv[2]);
  const entries = ${JSON.stringify(entries)};
  const loaded = {};
  for (const entry of entries) loaded[entry] = ${format === 'esm' ? 'await import(entry)' : 'require(entry)'};
  const fc = ${format === 'esm' ? "await import('fast-check')" : "require('fast-check')"};
  const answers = {};
  const table = calls((entry) => loaded[entry], { ...given, fc });
  for (const entry of entries) {
    const names = Object.keys(loaded[entry]).filter((name) => name !== 'module.exports');
    answers[entry] = {};
    for (const name of names) {
      try {
        const answer = await table[entry][name]();
        answers[entry][name] = { answer };
      } catch (error) {
        answers[entry][name] = { error: String(error && error.stack || error) };
      }
    }
  }
  const write = (name, value) => (typeof value === 'bigint' ? value + 'n' : value);
  require('node:fs').writeFileSync(file, JSON.stringify(answers, write));
  process.exit();
}
main();
`;

type Answer = { readonly answer?: unknown; readonly error?: string };
type Answers = Readonly<Record<string, Readonly<Record<string, Answer>>>>;

let server: PostgresServer;
const answers: { esm?: Answers; cjs?: Answers } = {};

beforeAll(async () => {
  server = await startPostgres();
  const sheet = readFileSync('examples/foreign-sheet/llamadas.csv', 'utf8');
  const mapping = readFileSync('examples/foreign-sheet/mapping.json', 'utf8');
  for (const format of ['esm', 'cjs'] as const) {
    const extension = { esm: 'mjs', cjs: 'cjs' }[format];
    const { code } = transformSync(source, { loader: 'ts', format });
    writeFileSync(join(folder, `calls.${extension}`), code);
    writeFileSync(join(folder, `run.${extension}`), runner(format));
    const own = join(folder, `${format}.json`);
    const given = { folder: `${folder}/${format}`, connectionString: server.connectionString, sheet, mapping };
    mkdirSync(given.folder);
    run(folder, process.execPath, `run.${extension}`, JSON.stringify([own, given]));
    answers[format] = JSON.parse(readFileSync(own, 'utf8'));
  }
});
afterAll(() => server?.stop());

describe.each(entries)('every export of %s', (entry) => {
  it.each(['cjs', 'esm'] as const)('answers in %s', (format) => {
    const failed = Object.entries(answers[format]![entry]!).filter(([, { answer, error }]) => {
      return error !== undefined || answer === undefined;
    });
    expect(failed).toEqual([]);
    expect(Object.keys(answers[format]![entry]!).length).toBeGreaterThan(0);
  });

  it('answers the same in both', () => {
    expect(answers.cjs![entry]).toEqual(answers.esm![entry]);
  });
});
