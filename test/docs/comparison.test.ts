import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { expect, it } from 'vitest';

const page = readFileSync('docs/comparison.md', 'utf8');
const [, measured = ''] = /^## Measured$(.*?)^- /ms.exec(page) ?? [];
const rows = new Map(
  [...measured.matchAll(/^\| (.+?) \|(.*)\|$/gm)].map(([, name, cells = '']) => [
    name,
    cells.split('|').map((cell) => cell.trim()),
  ]),
);

/** The code that an application imports of each, in the order of the columns. */
const imports = [
  `export { decide, evolve, replay } from './src/index.ts'`,
  `export { DeciderCommandHandler, getInMemoryEventStore } from '@event-driven-io/emmett'`,
  `export { EventStore } from '@castore/core'`,
  `export { createActor, createMachine } from 'xstate'`,
];

function kilobytes(contents: string): number {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    external: ['node:*', 'fs', 'path', 'crypto', 'util', 'os', 'stream', 'events', 'child_process', 'async_hooks'],
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]?.contents ?? '').length / 1000;
}

it('the sizes of the comparison are those of the packages, within 10 %', () => {
  const shown = rows.get('kB of the core, minified, gzip')?.map(Number) ?? [];
  expect(shown).toHaveLength(4);
  expect(imports.map(kilobytes).filter((size, index) => Math.abs(size / (shown[index] ?? 0) - 1) > 0.1)).toEqual([]);
});

it('its other figures stand on the pages that the benchmarks write', () => {
  const pages = ['docs/performance.md', 'docs/store-conformance.md'].map((path) => readFileSync(path, 'utf8')).join();
  const figures = [...rows]
    .filter(([name]) => !name?.startsWith('kB'))
    .flatMap(([, cells]) => cells.filter((cell) => /^\d/.test(cell)));
  expect(figures.length).toBeGreaterThan(12);
  expect(figures.filter((figure) => !pages.includes(`| ${figure} |`))).toEqual([]);
});
