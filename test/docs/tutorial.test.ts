/** Carries out the tutorial as it stands: writes its files and runs its commands, in order, where the packed package is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { installed } from '../package/packed.ts';

const pages = readdirSync('docs/tutorial')
  .filter((file) => /^\d/.test(file))
  .sort();

type Step =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'run'; readonly command: string; readonly printed: string };

/** The steps of a page: a block under a paragraph that begins with a name in bold is a file, a block of `sh` a run, with what it prints. */
function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  const blocks = page.matchAll(
    /(?:^\*\*`([^`]+)`\*\*(?:.+\n)*.*\n\n)?^```(\w+)\n([\s\S]*?)^```$(?:\n\n```text\n([\s\S]*?)^```$)?/gm,
  );
  for (const [, name, language, text = '', printed = ''] of blocks) {
    if (language === 'sh') steps.push({ kind: 'run', command: text, printed });
    else if (name !== undefined) steps.push({ kind: 'file', name, text });
    else throw new Error(`A block is neither a command nor a file:\n${text}`);
  }
  return steps;
}

const port = await new Promise<string>((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => done(typeof address === 'object' ? `${address?.port}` : ''));
  });
});
const withPort = (text: string) => text.replaceAll('3000', port);

const { folder } = installed('@hono', 'hono', 'tsx', 'typescript');
const bins = join(folder, 'node_modules', '.bin');
mkdirSync(bins);
for (const [name, path] of [
  ['auxilio', join(folder, 'node_modules/auxilio/dist/cli.js')],
  ['tsx', resolve('node_modules/tsx/dist/cli.mjs')],
  ['tsc', resolve('node_modules/typescript/bin/tsc')],
] as const) {
  symlinkSync(path, join(bins, name));
}

/** The folder that the first page makes; its packages are those of the folder around it. */
const project = join(folder, 'visits');
const installable = readdirSync(join(folder, 'node_modules'));
const env = { ...process.env, PATH: `${bins}:${process.env.PATH}`, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };

/** The commands of a block without those that install, whose packages must be here already, and those that go into the folder. */
function withoutInstalling(command: string): string {
  const lines = command.split('\n');
  const wanted = lines.flatMap((line) => (line.startsWith('npm install ') ? line.split(' ').slice(2) : []));
  const packages = wanted.filter((name) => !name.startsWith('-')).map((name) => name.replace(/(?<=.)[@/].*/, ''));
  const missing = packages.filter((name) => !installable.includes(name));
  expect(missing).toEqual([]);
  return lines.filter((line) => !/^(npm install|mkdir|cd) /.test(line)).join('\n');
}

const servers: ChildProcess[] = [];
afterAll(() => {
  for (const { pid } of servers) if (pid !== undefined) process.kill(-pid);
});

/** Starts what stays, in a process group of its own, and answers what it prints first. */
function start(command: string): Promise<string> {
  const child = spawn('sh', ['-c', command], { cwd: project, env, detached: true });
  servers.push(child);
  return new Promise((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => done(`${chunk}`));
    child.on('exit', () => fail(new Error(`${command} ended`)));
  });
}

function run(command: string): string {
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: project, env, encoding: 'utf8' });
  return stdout + stderr;
}

/** The lines that a page shows, up to the next that is left out. */
function expectPrinted(printed: string, shown: string) {
  if (!/^…$/m.test(shown)) return expect(printed).toBe(shown);
  const parts = shown.split(/^…\n/m).filter((part) => part !== '');
  const found = parts.map((part) => (printed.includes(part) ? part : `not printed:\n${part}\nbut:\n${printed}`));
  return expect(found).toEqual(parts);
}

describe('the tutorial', () => {
  mkdirSync(project);

  it.each(pages)('can be carried out: %s', async (page) => {
    const steps = stepsOf(withPort(readFileSync(join('docs/tutorial', page), 'utf8')));
    expect(steps.length).toBeGreaterThan(1);
    for (const step of steps) {
      if (step.kind === 'file') {
        mkdirSync(dirname(join(project, step.name)), { recursive: true });
        writeFileSync(join(project, step.name), step.text);
      } else {
        const command = withoutInstalling(step.command);
        const stays = command.startsWith('npx tsx server.ts');
        const printed = command.trim() === '' ? '' : stays ? await start(command) : run(command);
        if (!command.startsWith('npm ')) expectPrinted(printed, step.printed);
      }
    }
  });

  it('compiles in strict mode', () => {
    expect(run('npx tsc')).toBe('');
  });

  it('is listed, step by step, on its first page', () => {
    const index = readFileSync('docs/tutorial/index.md', 'utf8');
    expect([...index.matchAll(/\]\((\d[^)]*)\)/g)].map(([, page]) => page)).toEqual(pages);
  });
});
