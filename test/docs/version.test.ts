import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

it('the version is the same in package.json, the lockfile and the changelog', () => {
  expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  expect(/^## (.+)$/m.exec(readFileSync('CHANGELOG.md', 'utf8'))?.[1]).toBe(version);
});

it('nothing is documented as newer than the version, unless a changeset raises it', () => {
  const pending = readdirSync('.changeset').some((file) => file.endsWith('.md') && file !== 'README.md');
  const [, minor = 0] = version.split('.').map(Number);
  const newest = pending ? minor + 1 : minor;
  const documented = ['src', 'docs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|md)$/.test(file))
      .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/since 0\.(\d+)\.0/g)])
      .map(([, since]) => Number(since)),
  );
  expect(documented.length).toBeGreaterThan(100);
  expect(Math.max(...documented)).toBeLessThanOrEqual(newest);
});
