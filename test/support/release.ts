/** An earlier release of this library, built from the history of the repository. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Loads some entries of a release, in one module; peers and dependencies are those that are installed. */
export async function loadRelease<Exports>(version: string, entries: readonly string[]): Promise<Exports> {
  const outfile = resolve(`node_modules/.cache/releases/${version}-${entries.join('-')}.mjs`);
  if (!existsSync(outfile)) await buildRelease(version, entries, outfile);
  return (await import(pathToFileURL(outfile).href)) as Exports;
}

async function buildRelease(version: string, entries: readonly string[], outfile: string): Promise<void> {
  const git = (...args: string[]) => execFileSync('git', args, { maxBuffer: 2 ** 30 });
  const commit = git('log', '-1', '--format=%H', '--grep', `^Release ${version.replaceAll('.', '\\.')}$`).toString();
  if (commit === '') throw new Error(`The history of this checkout lacks release ${version}: fetch it whole`);
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-release-'));
  try {
    execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit.trim(), 'src', 'tsconfig.json') });
    const entry = join(folder, 'entry.ts');
    writeFileSync(entry, entries.map((name) => `export * from './src/${name}.ts';\n`).join(''));
    mkdirSync(resolve(outfile, '..'), { recursive: true });
    await build({
      ...{ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' },
      tsconfig: join(folder, 'tsconfig.json'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
