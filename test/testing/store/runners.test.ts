import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build, type Format } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderInProject } from '../../support/folder-in-project.ts';

const require = createRequire(import.meta.url);
const folder = folderInProject('runners-');
afterAll(() => rmSync(folder, { recursive: true }));

const source = `
export { storeConformance, storeCapabilities } from '${resolve('src/testing.ts')}';
export { memoryStore } from '${resolve('src/memory.ts')}';
`;

/** The kit and the memory store as one file, as a host's bundler or a package would give them. */
const bundled = (format: Format, outfile: string) =>
  build({
    stdin: { contents: source, resolveDir: resolve('.'), loader: 'ts' },
    ...{ bundle: true, platform: 'browser' as const, format, outfile: join(folder, outfile), metafile: true },
  });

const suite = `
const suite = storeConformance({
  capabilities: ['expectations', 'ranges', 'idempotency', 'feed'],
  open: () => ({ store: FAULTY ? { ...memoryStore(), streamExists: async () => true } : memoryStore() }),
});
`;
const esm = (faulty: boolean) =>
  `import { storeConformance, memoryStore } from './kit.mjs';\n${suite.replace('FAULTY', String(faulty))}`;
const cjs = (faulty: boolean) =>
  `const { storeConformance, memoryStore } = require('./kit.cjs');\n${suite.replace('FAULTY', String(faulty))}`;

const plainLoop = 'for (const { name, run } of suite.cases) test(name, run);';
const vitestLoop = 'for (const { name, skip, run } of suite.cases) test.skipIf(skip)(name, run);';
const askingLoop = 'for (const { name, skip, run } of suite.cases) (skip ? test.skip : test)(name, run);';

/** The output of a runner, for passing and failing tests. */
function printed(cwd: string, ...parameters: readonly string[]): string {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  try {
    return execFileSync(process.execPath, parameters, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const missing = 'append: a missing stream is empty, at version 0, and does not exist';
const found = /streamExists of a missing stream\s+the value: expected false, got true/;

beforeAll(async () => {
  await bundled('esm', 'kit.mjs');
  await bundled('cjs', 'kit.cjs');
});

describe('the loops', () => {
  it('are those of the docs', () => {
    const page = readFileSync(join('docs', 'store-conformance.md'), 'utf8');
    for (const loop of [askingLoop, vitestLoop]) expect(page).toContain(`\n${loop}\n`);
    expect(page).toContain(`\n${plainLoop.replace('suite.', '')}\n`);
  });
});

describe('the suite needs nothing of Node', () => {
  it('is bundled for a browser without any import that is left', async () => {
    const { metafile } = await bundled('esm', 'browser.mjs');
    const left = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(left).toEqual([]);
    expect(
      Object.keys(metafile.inputs).filter((input) => /vitest|better-sqlite3|src\/stores\/sqlite/.test(input)),
    ).toEqual([]);
  });
});

describe.each([
  ['ESM', 'mjs', esm, `import test from 'node:test';`],
  ['CommonJS', 'cjs', cjs, `const test = require('node:test');`],
])('under node:test, as %s', (_, extension, imports, runner) => {
  const run = (faulty: boolean) => {
    write(`node-${faulty}.test.${extension}`, `${imports(faulty)}${runner}\n${plainLoop}`);
    return printed(folder, '--test', '--test-reporter', 'tap', `node-${faulty}.test.${extension}`);
  };

  it('passes, and shows what is not claimed', () => {
    const output = run(false);
    expect(output).toMatch(/^# fail 0$/m);
    expect(Number(output.match(/^# pass (\d+)$/m)?.[1])).toBeGreaterThan(50);
    expect(Number(output.match(/^# skipped (\d+)$/m)?.[1])).toBeGreaterThan(50);
    expect(output).toContain('# SKIP not claimed: fidelity');
  });

  it('fails with what was expected', () => {
    const output = run(true);
    expect(output).toContain(`- ${missing}`);
    expect(output).toMatch(found);
    expect(output).not.toMatch(/^# fail 0$/m);
  });
});

describe.each([
  ['CommonJS', 'cjs', cjs, []],
  ['ESM', 'mjs', esm, ['--experimental-vm-modules']],
])('under jest, as %s', (_, extension, imports, flags) => {
  const jest = resolve(require.resolve('jest/bin/jest'));
  const run = (faulty: boolean, loop: string) => {
    const file = `jest-${faulty}.test.${extension}`;
    write(file, `${imports(faulty)}${loop}`);
    write('jest.config.json', JSON.stringify({ testMatch: [`**/*.test.${extension}`], transform: {} }));
    const asked = ['--config', 'jest.config.json', '--ci', '--json', '--outputFile', 'out.json', '--runTestsByPath'];
    printed(folder, ...flags, jest, ...asked, file);
    return JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'));
  };

  it('passes, and shows what is not claimed', () => {
    const { numPassedTests, numFailedTests, numPendingTests } = run(false, askingLoop);
    expect(numFailedTests).toBe(0);
    expect(numPassedTests).toBeGreaterThan(50);
    expect(numPendingTests).toBeGreaterThan(50);
  });

  it('fails with what was expected, and takes no case that does not run for one that passed', () => {
    const { numFailedTests, numPendingTests, testResults } = run(true, plainLoop);
    expect(numPendingTests).toBe(0);
    expect(numFailedTests).toBeGreaterThan(50);
    expect(testResults[0].message).toMatch(found);
    expect(testResults[0].message).toMatch(/not claimed: fidelity: skip this case/);
  });
});

describe('under vitest', () => {
  it('passes, and shows what is not claimed, in the plain loop and in the one that asks', () => {
    const vitest = resolve('node_modules', 'vitest', 'vitest.mjs');
    write('vitest.config.mjs', 'export default {};');
    write('plain.test.mjs', `import { test } from 'vitest';\n${esm(false)}${plainLoop}`);
    write('asking.test.mjs', `import { test } from 'vitest';\n${esm(false)}${vitestLoop}`);
    write('faulty.test.mjs', `import { test } from 'vitest';\n${esm(true)}${plainLoop}`);
    const output = printed(folder, vitest, 'run', '--reporter', 'json', '--root', '.');
    const { testResults } = JSON.parse(output.slice(output.indexOf('{"num')));
    const of = (file: string) => {
      const { assertionResults } = testResults.find(({ name }: { name: string }) => name.endsWith(file));
      const count = (status: string) =>
        assertionResults.filter((one: { status: string }) => one.status === status).length;
      return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') + count('pending') };
    };
    const asked = of('asking.test.mjs');
    expect(asked).toMatchObject({ failed: 0 });
    expect(asked.passed).toBeGreaterThan(50);
    expect(asked.skipped).toBeGreaterThan(50);
    expect(of('plain.test.mjs')).toEqual(asked);
    expect(of('faulty.test.mjs').failed).toBeGreaterThan(0);
    expect(output).toMatch(/streamExists of a missing stream\\nthe value: expected false, got true/);
  });
});
