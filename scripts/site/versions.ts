/** The docs of earlier releases, each built by its own release from a copy of its files, under its version. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type Release = { readonly ref: string; readonly version: string };

/** The releases of these git refs that have a site; an earlier one is left out. */
export function releasesOf(refs: readonly string[], project = '.'): readonly Release[] {
  const git = (...args: string[]) => execFileSync('git', ['-C', project, ...args], { encoding: 'utf8' });
  return refs
    .filter((ref) => git('ls-tree', ref, 'scripts/site.ts') !== '')
    .map((ref) => ({ ref, version: JSON.parse(git('show', `${ref}:package.json`)).version }));
}

/** Builds the docs of a release into the folder of its version, below those of the latest, to which each of its pages links. */
export function buildRelease({ ref, version }: Release, base: string, dist: string, project = '.'): void {
  const copy = mkdtempSync(join(tmpdir(), 'auxilio-site-'));
  try {
    const files = execFileSync('git', ['-C', project, 'archive', ref], { maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', copy], { input: files });
    if (existsSync(join(project, 'node_modules')))
      symlinkSync(resolve(project, 'node_modules'), join(copy, 'node_modules'));
    const args = ['run', '--silent', 'site', '--', '--base', `${base}${version}/`, '--latest', base];
    execFileSync('npm', args, { cwd: copy, stdio: 'inherit' });
    cpSync(join(copy, 'site/dist'), join(dist, version), { recursive: true });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
