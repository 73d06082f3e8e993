import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const rows = [...readFileSync('CONTRIBUTING.md', 'utf8').matchAll(/^\| (`docs\/.*) \| `npm run ([\w:]+)` \|$/gm)];
const named = new Map(
  rows.flatMap(([, pictures = '', script = '']) =>
    [...pictures.matchAll(/`([^`]+)`/g)].map(([, picture = '']) => [picture, script] as const),
  ),
);
const pictures = ['docs', 'site']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
  .filter((file) => /\.(?:svg|png|jpe?g|webp|gif)$/.test(file) && !/\/(?:dist|\.pages)\//.test(file));

it('each picture of the docs is made by a command that CONTRIBUTING names', () => {
  expect(pictures.length).toBeGreaterThan(5);
  expect(pictures.filter((picture) => !named.has(picture))).toEqual([]);
  expect([...named.keys()].filter((picture) => !pictures.includes(picture))).toEqual([]);
});

it('each of these commands is a script of the package', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect([...named.values()].filter((script) => scripts[script] === undefined)).toEqual([]);
});
