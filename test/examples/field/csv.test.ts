import { expect, it } from 'vitest';
import { csvOf } from '../../../examples/field/console/src/csv.ts';

it('is a sheet in which no text is a formula, after a semicolon neither, at which Excel of Costa Rica splits', () => {
  for (const text of ['=1', '+1', '-1', '@x', '\t=1', ' =1', '＝1']) expect(csvOf([[text]])).toBe(`"'${text}"\r\n`);
  const within = csvOf([['Ana;=1', 'Ana;"=HYPERLINK("x")', 'Ana; ＠x;+1']]);
  expect(within).not.toMatch(/;[\s"]*[=+\-@＝＋－＠]/);
  expect(csvOf([['Ana, "la"; doña', '4-5'], ['']])).toBe('"Ana, ""la""; doña","4-5"\r\n""\r\n');
});
