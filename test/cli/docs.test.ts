import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { auxilio } from './support.ts';

const pages = ['docs/cli.md', ...readdirSync('docs/es-CR').map((page) => `docs/es-CR/${page}`)];
const blocks = pages.flatMap((page) => [...readFileSync(page, 'utf8').matchAll(/^```console\n([\s\S]*?)^```/gm)]);
const runs = blocks.flatMap(([, block = '']) =>
  block
    .split(/^\$ auxilio /m)
    .filter(Boolean)
    .map((run) => {
      const end = run.indexOf('\n');
      return { command: run.slice(0, end), printed: run.slice(end + 1) };
    }),
);

it('the docs show some', () => {
  expect(runs.length).toBeGreaterThan(6);
});

it.each(runs)('auxilio $command prints what the docs say', ({ command, printed }) => {
  const { out } = auxilio(command.split(' '));
  const [beginning = '', end] = printed.split('[…]\n');
  expect(end === undefined ? out : out.slice(0, beginning.length)).toBe(beginning);
  if (end !== undefined) expect(out.slice(out.length - end.length)).toBe(end);
});
