import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { seal } from '../../src/chain.ts';
import { logOf } from './logs.ts';

const { outputFiles, metafile } = await build({
  stdin: {
    contents: "export * from './src/chain.ts'",
    resolveDir: process.cwd(),
  },
  bundle: true,
  platform: 'browser',
  format: 'iife',
  globalName: 'chain',
  write: false,
  metafile: true,
});
const [script] = outputFiles.map(({ text }) => text);

/** Runs the bundle in a context with only the given globals. */
function among(globals: object, code: string): unknown {
  const context = createContext({ TextEncoder, ...globals });
  return JSON.parse(runInContext(`${script};JSON.stringify(${code})`, context));
}

describe('bundled for a browser', () => {
  it('imports nothing, and nothing of Node is in it', () => {
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    const inputs = Object.keys(metafile.inputs).filter((input) => !/^src\/chain(\.ts|\/)/.test(input));
    expect(
      inputs.filter(
        (input) =>
          !/^(<stdin>|src\/stores\/canonical\.ts|src\/kernel\/known\.ts|src\/util\/|node_modules\/@noble\/hashes\/esm\/)/.test(
            input,
          ),
      ),
    ).toEqual([]);
    expect(inputs.some((input) => /cryptoNode/.test(input))).toBe(false);
  });

  it.each([
    ['no process', {}],
    ['a process that is a bundler’s', { process: { env: {} } }],
    ['a process that has no such module', { process: { getBuiltinModule: () => undefined } }],
  ])('seals and verifies as in Node, with %s', (_, globals) => {
    const events = logOf(3).map(({ type, data }) => ({ type, data }));
    expect(among(globals, `chain.seal(${JSON.stringify(events)})`)).toEqual(seal(events));
    const log = JSON.stringify(seal(events));
    expect(among(globals, `chain.verifyChain(${log})`)).toMatchObject({ intact: true });
    expect(among(globals, `chain.verifyChain(${log.replace('Noted', 'Moted')})`)).toMatchObject({
      faults: [{ index: 0, fault: 'changed' }],
    });
  });

  it('asks for what there is when it is first used, not when it is loaded', () => {
    const context = createContext({ TextEncoder });
    runInContext(`var asked = 0; var process = { getBuiltinModule() { asked += 1; } }; ${script}`, context);
    expect(runInContext('asked', context)).toBe(0);
    runInContext("chain.seal([{ type: 'A', data: {} }, { type: 'B', data: {} }])", context);
    expect(runInContext('asked', context)).toBe(1);
  });
});
