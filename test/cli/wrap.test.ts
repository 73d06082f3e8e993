import { expect, it } from 'vitest';
import { wrapLine } from '../../src/cli/console/text.ts';
import { auxilio, sheet } from './support.ts';

it('breaks a line between words, indents what follows, and counts no colours', () => {
  expect(wrapLine('  · uno dos tres cuatro', 14)).toEqual(['  · uno dos', '    tres', '    cuatro']);
  expect(wrapLine('corta', 14)).toEqual(['corta']);
  expect(wrapLine('\u001b[31muno dos\u001b[39m tres', 12)).toEqual(['\u001b[31muno dos\u001b[39m tres']);
  expect(wrapLine('unapalabralarguísima y', 10)).toEqual(['unapalabralarguísima', '  y']);
});

it.each(['es-CR', 'en'])('no line of an audit in %s is wider than 80 columns, but for one long word', (locale) => {
  const asked = ['audit', ...sheet, '--all', '--locale', locale];
  const { out } = auxilio(asked, { isTerminal: true, env: { NO_COLOR: '1' } });
  const wide = out.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => line.trim().includes(' '))).toEqual([]);
  expect(
    auxilio(asked)
      .out.split('\n')
      .some((line) => line.length > 80),
  ).toBe(true);
});

it.each(['es-CR', 'en'])('no line of a dossier in %s is wider than 80 columns, but for one long word', (locale) => {
  const { out } = auxilio(['dossier', ...sheet, '--locale', locale], { isTerminal: true, env: { NO_COLOR: '1' } });
  const wide = out.split('\n').filter((line) => line.length > 80);
  expect(wide.filter((line) => line.trim().includes(' '))).toEqual([]);
  expect(out.split('\n').length).toBeGreaterThan(100);
});
