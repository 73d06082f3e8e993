/**
 * Fuzzes the built package, guided by coverage, and fails on a finding. Needs `npm run build`.
 *
 *   npx tsx scripts/fuzz-coverage.ts --seconds 300 --seed 1 --target command --target event
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { type Figures, figuresOf, findingIn } from './fuzz/libfuzzer.ts';
import { dictionary, targets, writeSeeds } from './fuzz/seeds.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string', multiple: true, default: targets.map(({ name }) => name) },
    dist: { type: 'string', default: fileURLToPath(new URL('../dist', import.meta.url)) },
  },
});

const dist = realpathSync(values.dist);
const folder = mkdtempSync(join(tmpdir(), 'auxilio-fuzz-'));
const bundle = join(folder, 'target.cjs');
const words = join(folder, 'dictionary');
const jazzer = fileURLToPath(import.meta.resolve('@jazzer.js/core/dist/cli.js'));

/** The targets in one CommonJS file, which requires the built package. */
async function bundleTargets(): Promise<void> {
  const source = new URL('./fuzz/target.ts', import.meta.url);
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: bundle,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    define: { 'import.meta.url': JSON.stringify(source.href) },
    plugins: [
      {
        name: 'built-package',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^auxilio(\/|$)/ }, ({ path }) => ({
            path: join(dist, `${path.split('/')[1] ?? 'index'}.cjs`),
            external: true,
          })),
      },
    ],
  });
}

type Run = Figures & { readonly exitCode: number | null; readonly output: string };

/** Runs a target for some seconds. */
async function fuzz({ name, isAsync, maxLength }: (typeof targets)[number], seconds: number): Promise<Run> {
  const corpus = join(folder, name);
  writeSeeds(name, corpus);
  const target = [bundle, corpus, '--fuzzEntryPoint', name, `--sync=${!isAsync}`];
  const instrumented = ['-i', `${dist}/`, '-i', 'node_modules/zod/'];
  const limits = [`-max_total_time=${seconds}`, `-max_len=${maxLength}`, '-timeout=10'];
  const inputs = [`-dict=${words}`, `-seed=${values.seed}`, `-artifact_prefix=${folder}/${name}-`];
  const options = [...limits, ...inputs, '-print_final_stats=1', '-use_value_profile=1'];
  const log = join(folder, `${name}.log`);
  const exitCode = await run([jazzer, ...target, ...instrumented, '--', ...options], log, seconds + 120);
  const output = readFileSync(log, 'utf8');
  return { ...figuresOf(output), exitCode, output };
}

/** Runs Node.js and returns its exit code. Output goes to a file, since libFuzzer loses output to a slow pipe. */
function run(args: readonly string[], log: string, seconds: number): Promise<number | null> {
  const descriptor = openSync(log, 'w');
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', descriptor, descriptor],
    timeout: seconds * 1000,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}

const FINDING = 77;

function report(name: string, seconds: number, run: Run): boolean {
  const { executions, edges, features, inputs, exitCode, output } = run;
  const isClean = exitCode === 0 && executions > 0 && edges > 0;
  const figures = [executions, seconds, edges, features, inputs].map((one) => one.toLocaleString('en').padStart(10));
  const failure = exitCode === FINDING ? 'one' : `unknown: exit code ${exitCode}`;
  console.log(`${name.padEnd(9)}${figures.join('')}  ${isClean ? 'none' : failure}`);
  if (!isClean) console.log(`\n${findingIn(output)}\nThe input, if there is one, and the log are in ${folder}\n`);
  return isClean;
}

await bundleTargets();
writeFileSync(words, dictionary());
const wanted = targets.filter(({ name }) => values.target.includes(name));
const seconds = Math.max(1, Math.floor(Number(values.seconds) / wanted.length));
console.log(`seed ${values.seed}, ${availableParallelism()} cores, Node ${process.version}, ${dist}`);
console.log(
  `target   ${['executions', 'seconds', 'edges', 'features', 'inputs'].map((word) => word.padStart(10)).join('')}  findings`,
);
let clean = 0;
for (const target of wanted) clean += Number(report(target.name, seconds, await fuzz(target, seconds)));
if (clean === wanted.length && clean > 0) rmSync(folder, { recursive: true });
else process.exitCode = 1;
