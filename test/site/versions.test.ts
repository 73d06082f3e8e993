import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildRelease, releasesOf } from '../../scripts/site/versions.ts';

const project = mkdtempSync(join(tmpdir(), 'releases-'));
const git = (...args: string[]) =>
  execFileSync('git', ['-C', project, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args]);

/** A release of a made-up project, whose site is one page with the arguments that it was built with. */
function release(version: string, files: Readonly<Record<string, string>>): void {
  const manifest = { version, scripts: { site: 'node site.cjs' } };
  const script = `require('fs').mkdirSync('site/dist', { recursive: true });
    require('fs').writeFileSync('site/dist/index.html', JSON.stringify(process.argv.slice(2)));`;
  mkdirSync(join(project, 'scripts'), { recursive: true });
  for (const [name, text] of Object.entries({
    'package.json': JSON.stringify(manifest),
    'site.cjs': script,
    ...files,
  })) {
    writeFileSync(join(project, name), text);
  }
  git('add', '-A');
  git('commit', '-qm', version);
  git('tag', `v${version}`);
}

beforeAll(() => {
  git('init', '-q');
  release('1.0.0', {});
  release('1.1.0', { 'scripts/site.ts': '' });
  release('1.2.0', {});
});
afterAll(() => rmSync(project, { recursive: true }));

it('a release without a site is left out', () => {
  expect(releasesOf(['v1.0.0', 'v1.1.0'], project)).toEqual([{ ref: 'v1.1.0', version: '1.1.0' }]);
});

it('an earlier release is built from its own files under its version, with the address of the latest', () => {
  const dist = join(project, 'dist');
  for (const one of releasesOf(['v1.1.0'], project)) buildRelease(one, '/docs/', dist, project);
  const built = JSON.parse(readFileSync(join(dist, '1.1.0', 'index.html'), 'utf8'));
  expect(built).toEqual(['--base', '/docs/1.1.0/', '--latest', '/docs/']);
  expect(existsSync(join(project, 'site'))).toBe(false);
});
