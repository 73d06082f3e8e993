import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of a user who has installed the packed tarball and its dependencies, and nothing else. */
export type Installed = {
  readonly folder: string;
  readonly files: readonly string[];
  readonly sizeInKb: number;
  readonly tarball: string;
};

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Packs the package and installs it in a folder, with its peers and `others`; the folder is removed after the tests of the file. */
export function installed(...others: readonly string[]): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-user-'));
  made.push(folder);
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { encoding: 'utf8' }),
  );
  const tarball = join(folder, packed.filename);
  const own = join(folder, 'node_modules', 'auxilio');
  mkdirSync(own, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', own]);
  for (const dependency of [
    '@noble',
    'immer',
    'zod',
    'better-sqlite3',
    'bindings',
    'file-uri-to-path',
    'pg',
    'fast-check',
    'pure-rand',
    '@types',
    ...others,
  ]) {
    symlinkSync(resolve('node_modules', dependency), join(folder, 'node_modules', dependency));
  }
  return {
    folder,
    tarball,
    sizeInKb: packed.size / 1_000,
    files: packed.files.map(({ path }: { path: string }) => path),
  };
}

/** The output of a command in the user's folder; throws with the output if it fails. */
export function run(folder: string, command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}
