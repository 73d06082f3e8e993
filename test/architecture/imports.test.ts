import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const { forbidden, options } = require('../../.dependency-cruiser.cjs');

async function cruised(rules: IFlattenedRuleSet['forbidden'], folder = 'src'): Promise<ICruiseResult> {
  const { output } = await cruise([folder], { ...options, ruleSet: { forbidden: rules }, validate: true }, undefined, {
    tsConfig: extractTSConfig('tsconfig.json'),
  });
  if (typeof output === 'string') throw new Error('expected a result, not a report');
  return output;
}

describe('who imports whom', () => {
  it('keeps every rule of .dependency-cruiser.cjs, over all modules', async () => {
    const { summary, modules } = await cruised(forbidden);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    const written = files('src').length;
    expect(written).toBeGreaterThan(50);
    expect(modules.filter(({ source }) => source.startsWith('src/'))).toHaveLength(written);
  });

  it('would see an import that is not allowed', async () => {
    const planted = [
      { name: 'planted', severity: 'error', from: { path: '^src/visit/' }, to: { path: '^src/kernel/' } },
    ];
    const { summary } = await cruised(planted as IFlattenedRuleSet['forbidden'], 'src/visit');
    expect(summary.violations.length).toBeGreaterThan(0);
  });

  it('would see a cycle of types alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cycle-'));
    try {
      writeFileSync(join(folder, 'one.ts'), "import type { Two } from './two.ts';\nexport type One = { two: Two };\n");
      writeFileSync(join(folder, 'two.ts'), "import type { One } from './one.ts';\nexport type Two = { one: One };\n");
      const { summary } = await cruised(forbidden, folder);
      expect(summary.violations.map(({ rule }) => rule.name)).toContain('no-cycles');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

const reaches =
  /\bfrom 'node:|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\b|\bglobalThis\b|\bconsole\b|\bfetch\(|\bcrypto\b/;

const code = (text: string): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\/\/.*/g, '')
    .replaceAll(/'[^'\n]*'/g, "''");

describe('the core is pure', () => {
  const core = [
    'kernel',
    'util',
    'messages',
    'visit',
    'protocol',
    'words',
    'reconciling',
    'reading',
    'locale',
    'report',
  ]
    .flatMap((folder) => files(`src/${folder}`))
    // These reach clocks and the event loop; no folder of the core imports them, by a rule of the import graph.
    .filter((file) => ![join('src', 'util', 'slices.ts'), join('src', 'util', 'runtime.ts')].includes(file));

  it('reaches for no clock, randomness, environment or I/O', () => {
    expect(core.length).toBeGreaterThan(40);
    expect(core.filter((file) => reaches.test(code(readFileSync(file, 'utf8'))))).toEqual([]);
    expect(core.filter((file) => /from 'node:/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it.each(['const a = Date.now();', 'new Date()', 'Math.random()', 'process.env', 'globalThis.x'])(
    'would see %s',
    (line) => {
      expect(reaches.test(code(line))).toBe(true);
    },
  );

  it('knows the protocol in one kernel of at most 200 lines', () => {
    const lines = files('src/kernel').reduce((sum, file) => sum + readFileSync(file, 'utf8').split('\n').length, 0);
    expect(lines).toBeLessThanOrEqual(200);
  });
});
