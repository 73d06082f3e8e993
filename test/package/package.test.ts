import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, resolve } from 'node:path';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { anchorsOf } from '../docs/titles.ts';
import { installed, run } from './packed.ts';

const { folder, files, sizeInKb, tarball } = installed();
const bin = (name: string) => resolve('node_modules', '.bin', name);
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** The entries that an application imports; those of tests have peers of their own. */
const entries = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).exports)
  .filter((name) => name !== './package.json' && name !== './testing')
  .map((name) => name.replace(/^\./, 'auxilio'));

/** A pattern of files: `*` within a folder, `**` over folders. */
const globToRegExp = (pattern: string) =>
  new RegExp(
    `^${pattern.replaceAll('.', '\\.').replaceAll(/\*\*\/?|\*/g, (star) => (star === '*' ? '[^/]*' : '.*'))}$`,
  );

/** A user's ten lines: a refusal, an acceptance, the log through the wire and the service on SQLite. */
const tenLines = `
const base = { visitId: 'v-1', at: '2026-03-17T14:00:00.000Z' };
const center = { role: 'contact-center', id: 'op-1' } as const;
const assign = commands.assignVisit({ ...base, caseNumber: 'EXP-1', client: { name: 'Ana' },
  provider: { id: 'p-1', name: 'Luis' }, service: 'plomería', place: 'Barva', arriveBy: base.at }, center, 'c-1');
const start = commands.startWork(base, { role: 'provider', id: 'p-1' });
const refused = decide(start, initialState());
const parsed = parseCommand(JSON.stringify(assign));
const store = sqliteStore({ file: 'visits.sqlite' });
const service = createService({ store });
async function main() {
  if (refused.ok || !parsed.ok) throw new Error('unexpected');
  const answer = await service.handle(parsed.value);
  if (!answer.ok) throw new Error('refused');
  const memory = await createService({ store: memoryStore() }).handle(parsed.value);
  const { intact } = verifyChain(seal(answer.events));
  console.log(explain(refused.rejection, 'es-CR').length > 0, replay(answer.events).phase, memory.ok && intact);
  store.close();
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
`;

const imports = `
import { commands, decide, explain, initialState, replay } from 'auxilio';
import { parseCommand } from 'auxilio/wire';
import { seal, verifyChain } from 'auxilio/chain';
import { createService } from 'auxilio/service';
import { memoryStore } from 'auxilio/memory';
import { sqliteStore } from 'auxilio/sqlite';
`;
const requires = imports.replaceAll(/import (\{.*\}) from ('.*');/g, 'const $1 = require($2);');
const untyped = (text: string) => text.replaceAll(' as const', '');

describe('the packed package', () => {
  it('holds these files and no others', async () => {
    const stable = files.map((file) => file.replace(/-[A-Za-z0-9_-]{8}(?=\.)/, '-*'));
    await expect(`${[...new Set(stable)].sort().join('\n')}\n`).toMatchFileSnapshot('../golden/packed.txt');
  });

  it('holds what its page explains: each file is in one row, and each row has files', () => {
    const rows = [...readFileSync('docs/package.md', 'utf8').matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, pattern = '']) => globToRegExp(pattern)),
    );
    const rowsOf = (file: string) => rows.filter((patterns) => patterns.some((pattern) => pattern.test(file)));
    expect(files.filter((file) => rowsOf(file).length !== 1)).toEqual([]);
    expect(rows.filter((row) => !files.some((file) => rowsOf(file).includes(row)))).toEqual([]);
  });

  it('is small: each kind of modules is there once, and nothing of them in the command line', () => {
    expect(sizeInKb).toBeLessThan(1_600);
  });

  it('holds every file and every heading that its pages link to', () => {
    const pages = files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md');
    const textOf = (file: string) => readFileSync(join(folder, 'node_modules/auxilio', file), 'utf8');
    const links = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g)].map(([, path = '', anchor]) => ({
        page,
        target: path === '' ? page : normalize(join(dirname(page), path)),
        anchor,
      })),
    );
    expect(links.length).toBeGreaterThan(150);
    const isPacked = (target: string) => files.some((file) => file === target || file.startsWith(`${target}/`));
    const isThere = ({ target, anchor }: (typeof links)[number]) =>
      isPacked(target) && (anchor === undefined || anchorsOf(textOf(target)).has(anchor));
    expect(links.filter((link) => !isThere(link))).toEqual([]);
  });

  it('runs nothing when it is installed, and depends on what it says', () => {
    const { scripts = {}, dependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules/auxilio/package.json'), 'utf8'),
    );
    expect(Object.keys(scripts).filter((name) => /install|prepare|prepack|postpack/.test(name))).toEqual([]);
    expect(Object.keys(dependencies)).toEqual(['@noble/hashes', 'immer', 'zod']);
  });

  it('is clean for publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(folder, 'node_modules/auxilio'), strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that resolve in every module system', () => {
    expect(run(folder, bin('attw'), tarball, '--profile', 'node16', '--format', 'json')).toContain('"problems"');
  });

  it('runs as ESM', () => {
    write('user.mjs', imports + untyped(tenLines));
    expect(run(folder, process.execPath, 'user.mjs')).toBe('true in-transit true\n');
  });

  it('has a command that runs, and finds what is wrong', () => {
    const cli = join(folder, 'node_modules', 'auxilio', 'dist', 'cli.js');
    const log = run(folder, process.execPath, cli, 'simulate', '--visits', '2', '--seed', '5');
    write('log.ndjson', log);
    expect(run(folder, process.execPath, cli, 'audit', 'log.ndjson', '--locale', 'en')).toContain(
      '2 visits, all clean',
    );
    write('log.ndjson', log.replace(/.*"StartReported".*\n/, ''));
    expect(() => run(folder, process.execPath, cli, 'audit', 'log.ndjson')).toThrow(/start-reported, 1\.1-26/);
  });

  it('audits a log where there is nothing of Node', () => {
    const script = `delete globalThis.Buffer;
      const { auditLog, countVisits } = await import('auxilio/logs');
      const line = '{"type":"WorkStarted","data":{"visitId":"v-1","at":"yesterday"}}';
      for await (const { visitId, audit } of auditLog([line], { expected: await countVisits([line]) })) {
        console.log(visitId, audit.findings[0].kind);
      }`;
    write('bare.mjs', script);
    expect(run(folder, process.execPath, 'bare.mjs')).toBe('v-1 unreadable\n');
  });

  it('runs as CommonJS', () => {
    write('user.cjs', (requires + untyped(tenLines)).replace('visits.sqlite', 'visits-cjs.sqlite'));
    expect(run(folder, process.execPath, 'user.cjs')).toBe('true in-transit true\n');
  });

  it.each([
    ['ESM', 'postgres.mjs', `import { postgresStore } from 'auxilio/postgres';`],
    ['CommonJS', 'postgres.cjs', `const { postgresStore } = require('auxilio/postgres');`],
  ])('gets at pg as %s', (_, name, line) => {
    const asked = `postgresStore({ connection: { host: '127.0.0.1', port: 1 } }).streamExists('a')`;
    write(name, `${line}\n${asked}.catch(({ kind, cause }) => console.log(kind, cause.code));`);
    expect(run(folder, process.execPath, name)).toBe('unavailable ECONNREFUSED\n');
  });

  it('names no type of pg, which a host need not have', () => {
    for (const types of ['postgres.d.ts', 'postgres.d.cts']) {
      const text = readFileSync(join(folder, 'node_modules/auxilio/dist', types), 'utf8');
      expect(text).toMatch(types.endsWith('.cts') ? /PostgresPool/ : /^export \* from '.\/postgres.cjs';$/m);
      expect(text).not.toMatch(/from ['"]pg['"]|import\(['"]pg['"]\)/);
    }
  });

  it('has idb in it, and says where there is no IndexedDB', () => {
    for (const file of ['indexeddb.js', 'indexeddb.cjs', 'indexeddb.d.ts', 'indexeddb.d.cts']) {
      const text = readFileSync(join(folder, 'node_modules/auxilio/dist', file), 'utf8');
      expect(text).not.toMatch(/(from|import\(|require\()\s*['"]idb['"]/);
    }
    write(
      'indexeddb.mjs',
      `import { indexedDbStore } from 'auxilio/indexeddb';
      indexedDbStore({ name: 'visits' }).streamExists('a').catch(({ code }) => console.log(code));`,
    );
    expect(run(folder, process.execPath, 'indexeddb.mjs')).toBe('store-unavailable\n');
  });

  it.each([
    ['6, as ESM and as CommonJS', 'typescript', ['user.mts', 'user.cts'], 'nodenext', 'nodenext'],
    ['7, for a bundler', 'typescript-native', ['user.ts'], 'esnext', 'bundler'],
  ])('compiles in strict TypeScript %s', (_, compiler, names, module, resolution) => {
    const wrong = `
// @ts-expect-error a command without its visit
commands.startWork({ at: base.at }, center);
// @ts-expect-error a role that there is not
commands.startWork(base, { role: 'plumber', id: 'p-1' });
// @ts-expect-error an issue that there is not
commands.reportTransitIssue({ ...base, issue: 'flood' }, center);
`;
    const property = `
import fc from 'fast-check';
import { histories } from 'auxilio/testing';
fc.assert(fc.property(histories(), ({ events }) => events.length > 0));
`;
    for (const name of names) write(name, imports + property + tenLines + wrong);
    run(
      folder,
      process.execPath,
      resolve('node_modules', compiler, 'bin', 'tsc'),
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--target',
      'es2022',
      '--module',
      module,
      '--moduleResolution',
      resolution,
      '--types',
      'node',
      ...names,
    );
  });

  it('has types that the declarations of a host can name where it leaves its own to be inferred', () => {
    write(
      'library.mts',
      `import { createVisitDecider, decide, type ReconcileOutcome, type Rejection, type VisitCommand, type VisitState } from 'auxilio';
import { esCR } from 'auxilio/es-CR';
import { acts } from 'auxilio/invariants';
import { memoryStore } from 'auxilio/memory';
import type { ActAnswer } from 'auxilio/replica';
import { createService } from 'auxilio/service';
export const decider = createVisitDecider();
export const { handle, sync } = createService({ store: memoryStore() });
export const decided = (command: VisitCommand, state: VisitState) => decide(command, state);
export const refused = (answer: ReturnType<typeof decide>) => (answer.ok ? undefined : answer.rejection);
export const reasons = ({ violations }: Rejection) => violations;
export const reconciled = (one: ReconcileOutcome) => ('violations' in one ? one.violations : []);
export const acted = (answer: ActAnswer) => ('violations' in answer ? answer.violations : []);
export const table = { ...acts };
export const ours = { ...esCR, phrases: { ...esCR.phrases } };
`,
    );
    const emitting = ['--declaration', '--emitDeclarationOnly', '--outDir', 'declared', '--target', 'es2022'];
    const tsc = resolve('node_modules', 'typescript-native', 'bin', 'tsc');
    const strict = ['--ignoreConfig', '--strict', '--module', 'nodenext', '--types', 'node'];
    run(folder, process.execPath, tsc, ...strict, ...emitting, 'library.mts');
    expect(readFileSync(join(folder, 'declared', 'library.d.mts'), 'utf8')).not.toContain('node_modules');
  });

  it('bundles for a browser without anything of Node, the core without zod', async () => {
    write(
      'browser.ts',
      "export { decide, explain, replay } from 'auxilio';\nexport { seal } from 'auxilio/chain';\nexport { parseCommand } from 'auxilio/wire';\n",
    );
    const { metafile } = await build({
      entryPoints: [join(folder, 'browser.ts')],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
    });
    expect(Object.keys(metafile.inputs).some((input) => input.includes('auxilio/dist/wire'))).toBe(true);
    write('core.ts', "export { decide, explain, replay } from 'auxilio';\n");
    const core = await build({
      entryPoints: [join(folder, 'core.ts')],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
    });
    expect(Object.keys(core.metafile.inputs).filter((input) => /zod|better-sqlite3|wire/.test(input))).toEqual([]);
  });

  it('loads few files: each costs a cold start more than the code in it', async () => {
    const filesOf = async (entry: string) => {
      const entryPoint = join(folder, 'node_modules', 'auxilio', 'dist', entry);
      // `ignoreAnnotations`: Node loads what a bundler leaves out.
      const { metafile } = await build({
        entryPoints: [entryPoint],
        bundle: true,
        packages: 'external',
        format: 'esm',
        write: false,
        metafile: true,
        ignoreAnnotations: true,
        logLevel: 'silent',
      });
      return Object.keys(metafile.inputs).length;
    };
    expect(await filesOf('core.js')).toBeLessThanOrEqual(4);
    expect(await filesOf('index.js')).toBeLessThanOrEqual(8);
    expect(await filesOf('service.js')).toBeLessThanOrEqual(12);
  });
});

describe('the exports', () => {
  it.each(entries)('of %s are named, and the same in both module systems', async (entry) => {
    const script = `const cjs = Object.keys(require('${entry}')).sort(); import('${entry}').then((esm) => console.log(JSON.stringify([cjs, Object.keys(esm).filter((name) => name !== 'module.exports').sort()])));`;
    write('names.cjs', script);
    const [cjs, esm] = JSON.parse(run(folder, process.execPath, 'names.cjs'));
    expect(esm).toEqual(cjs);
    expect(esm).not.toContain('default');
    const file = entry.replace('auxilio/', '').replace(/^auxilio$/, 'index');
    const types =
      readFileSync(`dist/${file}.d.cts`, 'utf8')
        .match(/^export \{[^}]*\}/gm)
        ?.join('') ?? '';
    const named = [...types.matchAll(/(?:\w+ as )?(?:type )?(\w+)(?=[,\s]*[,}])/g)].map(([, name]) => name);
    const lines = [...new Set([...named, ...esm])].sort().map((name) => (esm.includes(name) ? name : `type ${name}`));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`../golden/exports/${file}.txt`);
  });
});
