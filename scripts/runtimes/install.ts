/** Installs the packed package as a host has it, and the runtimes, into a folder that is kept. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Runtime } from './plan.ts';

const cache = resolve('node_modules/.cache/runtimes');

const folderName = (name: string) => name.replaceAll(/\W+/g, '-').toLowerCase();

/** A runtime that was installed: its program and its version. */
export type InstalledRuntime = Readonly<{ path: string; version: string }>;

const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts', '--loglevel', 'error'];

/** Installs packages into a folder of the cache, unless they are there already. */
function installInto(folder: string, packages: readonly string[], isThere: () => boolean): void {
  if (isThere()) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync('npm', ['install', ...quiet, ...packages], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  if (!isThere()) throw new Error(`${packages.join(', ')} was installed, but ${folder} lacks its program`);
}

/** Installs a runtime once. Throws where it cannot be had or does not start. */
export function installRuntime({ name, kind, package: wanted, program }: Runtime): InstalledRuntime {
  if (kind === 'chromium') {
    const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
    return { path, version: readVersion(path) };
  }
  if (wanted === undefined || program === undefined) return { path: process.execPath, version: process.versions.node };
  const folder = join(cache, folderName(name));
  const path = join(folder, 'node_modules', program);
  installInto(folder, [wanted], () => existsSync(path));
  return { path, version: readVersion(path) };
}

/** The first number with dots, or date, of what a program says of its version. */
function readVersion(path: string): string {
  const said = execFileSync(path, ['--version'], { encoding: 'utf8' });
  const [version] = /\d+(?:\.\d+)+|\d{4}-\d\d-\d\d/.exec(said) ?? [];
  if (version === undefined) throw new Error(`${path} says no version: ${said}`);
  return version;
}

const dependencies = ['immer', 'zod', '@noble/hashes', 'fast-check', 'pure-rand', '@electric-sql/pglite'];

/** Packs the package and installs it in a new folder outside the project, with what it depends on and without better-sqlite3. */
export function installPackage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-host-'));
  const own = join(folder, 'node_modules', 'auxilio');
  mkdirSync(own, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
  });
  const [{ filename }] = JSON.parse(packed);
  execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', own]);
  for (const name of dependencies) {
    cpSync(resolve('node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
  const described = {
    type: 'module',
    dependencies: Object.fromEntries(['auxilio', ...dependencies].map((name) => [name, '*'])),
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(described));
  return folder;
}

/**
 * Installs better-sqlite3 for a runtime, and returns its version and the folder of its modules: that of the project on Node 20, for
 * which its binary was made; else 13, whose package has binaries for every later Node.
 */
export function installBetterSqlite({ name, version }: Readonly<{ name: string; version: string }>) {
  if (Number.parseInt(version, 10) < 22) return describeBetterSqlite(resolve('node_modules'));
  const home = join(cache, folderName(name), 'better-sqlite3');
  installInto(home, ['better-sqlite3@13'], () => existsSync(join(home, 'node_modules/better-sqlite3')));
  return describeBetterSqlite(join(home, 'node_modules'));
}

function describeBetterSqlite(folder: string) {
  const { version } = JSON.parse(readFileSync(join(folder, 'better-sqlite3/package.json'), 'utf8'));
  return { folder, version: String(version) };
}
