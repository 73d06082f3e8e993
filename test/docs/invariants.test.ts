import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as exported from '../../src/invariants.ts';

const folder = 'src/visit/invariants';
const source = readdirSync(folder)
  .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
  .join('\n');

/** The docstring before an export, on one line. */
function docstringOf(name: string): string {
  const before = source.slice(0, source.search(new RegExp(`^export (?:const|function) ${name}\\b`, 'm')));
  const [text = ''] = before.slice(before.lastIndexOf('/**')).split('*/');
  return text
    .replaceAll(/[\s*]+/g, ' ')
    .replace('/ ', '')
    .trim();
}

/** All but the two lists, of which each chapter has a part under the same name. */
const single = Object.entries(exported).filter(([name]) => name !== 'acts' && name !== 'invariants');

it.each(single)('%s says in its docstring what it states, and its clause', (name, value) => {
  const text = docstringOf(name);
  expect(text).toMatch(/^[A-Z]\S* .* @since 0\.\d+\.0$/);
  if (typeof value === 'object' && 'sentence' in value) {
    expect(text).toContain(`${value.sentence} Clause ${value.clause}. @since`);
  }
});
