import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { readSheet, type SheetMapping } from '../../src/logs.ts';
import { collect } from './support.ts';

const text = readFileSync('examples/foreign-sheet/llamadas.csv', 'utf8');
const mapping: SheetMapping = JSON.parse(readFileSync('examples/foreign-sheet/mapping.json', 'utf8'));

afterEach(() => {
  vi.unstubAllGlobals();
});

it('a CSV is read without the Buffer of Node, as in a browser, to the same events', async () => {
  const expected = await collect(readSheet(text, mapping));
  expect(expected.filter(({ ok }) => ok).length).toBeGreaterThan(30);
  vi.stubGlobal('Buffer', undefined);
  expect(await collect(readSheet(text, mapping))).toEqual(expected);
});
