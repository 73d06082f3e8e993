import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The result of a recipe: what it was run with, the seconds that it took, and all that it printed. */
export type RecipeRun = Readonly<{
  name: string;
  versions: string;
  installS: number;
  testS: number;
  ok: boolean;
  output: string;
}>;

/** Packages that every recipe is written with. */
const tools = new Set(['auxilio', 'typescript', 'tsx', '@types/node']);
const LIMIT_MS = 300_000;

/** Installs a recipe with the packed package, as its package.json says, and runs its test. */
export async function runRecipe(folder: string, name: string, tarball: string): Promise<RecipeRun> {
  const described = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, packageManager = 'npm' } = described;
  const used = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([dependency]) => !tools.has(dependency) && !dependency.startsWith('@types/'),
  );
  const versions = used.map(([dependency, version]) => `${dependency} ${version}`).join(', ');
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  const [install, test] = packageManager.startsWith('pnpm@')
    ? [
        ['npx', '--yes', packageManager, 'add', '--prefer-offline', tarball],
        ['npx', packageManager, 'test'],
      ]
    : [
        ['npm', 'install', '--ignore-scripts', ...quiet, tarball],
        ['npm', 'test', '--silent'],
      ];
  const installed = await runCommand(folder, install);
  const tested = installed.ok ? await runCommand(folder, test) : { ok: false, output: '', seconds: 0 };
  return {
    ...{ name, versions, installS: installed.seconds, testS: tested.seconds, ok: tested.ok },
    output: installed.output + tested.output,
  };
}

/** Runs a command to its end, or for five minutes: then it and all that it started are ended, and it failed. */
function runCommand(folder: string, [command = '', ...args]: readonly string[]) {
  const began = performance.now();
  // A recipe is a project of its own: nothing of the npm that runs this script may reach it.
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_(?!config_)/.test(key)));
  return new Promise<Readonly<{ ok: boolean; output: string; seconds: number }>>((resolve) => {
    const child = spawn(command, args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = `$ ${command} ${args.join(' ')}\n`;
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const timer = setTimeout(() => {
      output += `\nended after ${LIMIT_MS / 1000} seconds`;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, LIMIT_MS);
    const end = (ok: boolean) => {
      clearTimeout(timer);
      resolve({ ok, output, seconds: (performance.now() - began) / 1000 });
    };
    child.once('error', (error) => {
      output += error.message;
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}
