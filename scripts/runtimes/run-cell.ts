/** Runs a program on a runtime. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Cell } from './plan.ts';

const LIMIT_MS = 300_000;
const programs = join(import.meta.dirname, 'programs');

/** A folder with the packed package installed, the program of the runtime, and the modules that one cell alone has. */
export type Place = Readonly<{ host: string; path: string; peers?: string | undefined }>;

/** Runs a cell; returns what its program reports, and throws what it printed if it failed. */
export async function runCell(cell: Cell, place: Place): Promise<string> {
  const { kind } = cell.runtime;
  if (kind === 'workerd') return runInWorkerd(cell, place);
  if (kind === 'chromium') return runInChromium(cell, place);
  return runInProcess(cell, place);
}

/** Writes a program as one file: one that imports the installed package, or contains it. */
async function writeProgram({ host }: Place, file: string, contents: string, options: BuildOptions): Promise<string> {
  const outfile = join(host, file);
  const nodePaths = [join(host, 'node_modules')];
  const stdin = { contents, resolveDir: programs };
  await build({
    ...{ bundle: true, format: 'esm', tsconfigRaw: {}, logLevel: 'silent', external: ['node:*'] },
    ...{ ...options, stdin, outfile, nodePaths },
  });
  return outfile;
}

const REPORT = 'REPORT ';

/** The report in what a program printed. */
function readReport(output: string): string {
  const line = output.split('\n').find((text) => text.includes(REPORT));
  if (line === undefined) throw new Error(`It ended without a report: ${output.slice(-3_000)}`);
  return line.slice(line.indexOf(REPORT) + REPORT.length);
}

const run = promisify(execFile);

async function runInProcess({ part, runtime, driver }: Cell, place: Place): Promise<string> {
  const options: BuildOptions = { packages: 'external', platform: 'node' };
  const program = (name: string, text: string) => writeProgram(place, `${name}.mjs`, text, options);
  const given = JSON.stringify({ driver });
  if (part === 'sqlite')
    await program('sqlite-task', `import { runTask } from './sqlite-task.ts'; await runTask(process.argv.slice(2));`);
  const file = await program(
    `${part}-${driver ?? 'alone'}`.replace(':', '-'),
    `import { check } from './${part}.ts'; console.log('${REPORT}' + (await check(${given})));`,
  );
  const first = runtime.kind === 'deno' ? ['run', '-A', file] : [file];
  const env = { ...process.env, NODE_PATH: place.peers ?? '', NODE_NO_WARNINGS: '1' };
  const { stdout } = await run(place.path, first, { cwd: place.host, env, timeout: LIMIT_MS });
  return readReport(stdout);
}

const inOneFile: BuildOptions = { platform: 'neutral', mainFields: ['module', 'main'], conditions: ['import'] };

/** Runs a program as a test of workerd, without the modules of Node and without `new Function`. */
async function runInWorkerd({ part }: Cell, place: Place): Promise<string> {
  const contents = `import { check } from './${part}.ts';
    export default { async test() { console.log('${REPORT}' + (await check({}))); } };`;
  await writeProgram(place, `${part}-worker.js`, contents, inOneFile);
  const config = join(place.host, `${part}.capnp`);
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .program)]);
const program :Workerd.Worker =
  (modules = [(name = "program", esModule = embed "${part}-worker.js")], compatibilityDate = "2026-11-01");
`,
  );
  const { stdout, stderr } = await run(place.path, ['test', config], { cwd: place.host, timeout: LIMIT_MS });
  return readReport(stdout + stderr);
}

/** Runs a program in a page whose policy allows its own script alone, and no `eval`. */
async function runInChromium({ part }: Cell, place: Place): Promise<string> {
  const contents = `import { check } from './${part}.ts';
    globalThis.report = check({}).then((text) => '${REPORT}' + text, (error) => String(error.stack));`;
  const file = await writeProgram(place, `${part}-page.js`, contents, { ...inOneFile, platform: 'browser' });
  const browser = await chromium.launch({ executablePath: place.path, args: ['--headless', '--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.route('https://auxilio.test/**', (route) =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ contentType: 'text/javascript', body: readFileSync(file) })
        : route.fulfill({
            contentType: 'text/html',
            headers: { 'content-security-policy': "default-src 'none'; script-src 'self'" },
            body: '<!doctype html><script type="module" src="/program.js"></script>',
          }),
    );
    await page.goto('https://auxilio.test/');
    const report = page.waitForFunction(() => Reflect.get(globalThis, 'report'), undefined, { timeout: LIMIT_MS });
    return readReport(String(await (await report).jsonValue()));
  } finally {
    await browser.close();
  }
}
