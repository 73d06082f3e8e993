import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installed, run } from './packed.ts';

const { folder } = installed();
const host = join(folder, 'sample-host');
cpSync(resolve('examples', 'sample-host'), host, { recursive: true });
const require = createRequire(import.meta.url);
const jestFile = require.resolve('jest/bin/jest');

const commonjs = 'jest/handler.test.cjs';
const esm = 'jest/service.test.mjs';
const modules = ['--experimental-vm-modules'];

const jest = (flags: readonly string[], suite: string) =>
  run(host, process.execPath, ...flags, jestFile, '--ci', '--no-color', '--json', suite);

/** The counts of jest, without configuration or transform. */
function counted(flags: readonly string[], suite: string): { readonly passed: number; readonly failed: number } {
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(jest(flags, suite));
  return { passed, failed };
}

/** A specification that expects what the protocol forbids. */
const planted = `
const { commands } = require('auxilio');
const { actors, given, visitAt } = require('auxilio/testing');

it('starts without a call', () => {
  const { visitId, next, events } = visitAt('ready-to-start', { without: ['ReportStart'] });
  const start = commands.startWork({ visitId, at: next }, actors.provider);
  given(events).when(start).then({ type: 'WorkStarted', data: { visitId, at: next, by: actors.provider } });
});
`;

/** The parts of the library that are loaded when they are first used. */
const later = `
const { readSheet } = require('auxilio/logs');
const { postgresStore } = require('auxilio/postgres');

it('reads a sheet', async () => {
  const words = { Llegada: 'ProviderArrived' };
  const mapping = { zone: 'America/Costa_Rica', visitId: { column: 'Visita' }, at: { column: 'Hora' },
    by: { id: { provider: { column: 'Proveedor' } } }, act: { column: 'Acto', words } };
  const rows = [];
  const text = 'Visita,Hora,Proveedor,Acto\\nV-1,2026-03-17T08:00:00-06:00,P-1,Llegada\\n';
  for await (const row of readSheet([text], mapping)) rows.push(row);
  expect(rows).toHaveLength(1);
});

it('loads pg', async () => {
  const store = postgresStore({ connection: { host: '127.0.0.1', port: 1 } });
  await expect(store.streamExists('a')).rejects.toMatchObject({ kind: 'unavailable', cause: { code: 'ECONNREFUSED' } });
});
`;

describe('a host whose suite is run by jest, with the packed package', () => {
  it('has the suites that its package.json runs', () => {
    const { scripts } = JSON.parse(readFileSync(join(host, 'package.json'), 'utf8'));
    expect(scripts['test:jest']).toBe(`jest ${commonjs}`);
    expect(scripts['test:jest-esm']).toBe(`node ${modules.join()} node_modules/jest/bin/jest.js ${esm}`);
  });

  it('passes as CommonJS', () => {
    expect(counted([], commonjs)).toEqual({ passed: 10, failed: 0 });
  });

  it('reads a sheet and loads a driver as CommonJS, where jest refuses `import()`', () => {
    writeFileSync(join(host, 'jest', 'later.test.cjs'), later);
    expect(counted([], 'jest/later.test.cjs')).toEqual({ passed: 2, failed: 0 });
  });

  it('passes as ESM', () => {
    expect(counted(modules, esm)).toEqual({ passed: 9, failed: 0 });
  });

  it('hears the story of a specification that does not hold', () => {
    writeFileSync(join(host, 'jest', 'planted.test.cjs'), planted);
    const story = [
      'Given {2}VisitAssigned, .*, AreaCleared',
      'When {3}StartWork comes from provider prov-1',
      'Then {3}WorkStarted was expected',
      'But {4}a refusal came',
      'The start call is missing; .*',
    ];
    expect(() => jest([], 'jest/planted.test.cjs')).toThrow(
      new RegExp(`"numFailedTests":1\\b[^]*● starts without a call\n[^]*${story.join('\\n\\s*')}`),
    );
  });

  it('fails when the handler forgets to look for repeats', () => {
    const file = join(host, 'jest', 'handler.cjs');
    const text = readFileSync(file, 'utf8');
    const faulty = text.replace('row.commandId === commandId', 'false');
    expect(faulty).not.toBe(text);
    writeFileSync(file, faulty);
    try {
      expect(() => jest([], commonjs)).toThrow(/● the handler › a command repeated under its id/);
    } finally {
      writeFileSync(file, text);
    }
  });
});
