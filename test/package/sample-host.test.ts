import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installed, run } from './packed.ts';

const { folder } = installed();
const host = join(folder, 'sample-host');
cpSync(resolve('examples', 'sample-host'), host, { recursive: true });
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const tests = () => run(host, process.execPath, '--import', tsx, '--test', '--test-reporter', 'tap', ...suite);
const suite = ['test/handler.test.ts', 'test/board.test.ts'];

/** The numbers of passed and failed tests, from the runner's summary. */
const counted = (output: string) => ['pass', 'fail'].map((what) => Number(output.match(`# ${what} (\\d+)`)?.[1]));

describe('a host that tests its handler with the packed package', () => {
  it('has the suite that its package.json runs', () => {
    const { scripts } = JSON.parse(readFileSync(join(host, 'package.json'), 'utf8'));
    expect(scripts.test).toBe(`node --import tsx --test ${suite.join(' ')}`);
  });

  it('passes it', () => {
    const [passed, failed] = counted(tests());
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThanOrEqual(14);
  });

  it('compiles in strict TypeScript', () => {
    const tsc = resolve('node_modules', 'typescript-native', 'bin', 'tsc');
    const strict = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--noUncheckedIndexedAccess',
    ];
    const modern = ['--target', 'es2022', '--module', 'nodenext', '--allowImportingTsExtensions', '--types', 'node'];
    run(host, process.execPath, tsc, ...strict, ...modern, ...suite);
  });

  it('fails it when the handler forgets to look for repeats', () => {
    const file = join(host, 'src', 'handler.ts');
    const text = readFileSync(file, 'utf8');
    const faulty = text.replace('commandId !== undefined && row.commandId', 'false && row.commandId');
    expect(faulty).not.toBe(text);
    writeFileSync(file, faulty);
    try {
      expect(tests).toThrow(/not ok \d+ - a command repeated under its id/);
    } finally {
      writeFileSync(file, text);
    }
  });
});
