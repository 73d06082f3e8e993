/**
 * `npm run check`: types, lint, unused code and build, and beside them the tests of architecture and chapters. What a step
 * prints is shown when it ends; all steps run, and it ends with 1 if one failed.
 */
import { spawn } from 'node:child_process';

const lanes = [['chapters'], ['types', 'lint', 'unused', 'build']];

type Ended = { readonly step: string; readonly code: number; readonly seconds: number };

function ran(step: string): Promise<Ended> {
  const begun = performance.now();
  const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const seconds = Math.round((performance.now() - begun) / 1_000);
      process.stdout.write(`\n== ${step}: ${code === 0 ? 'passed' : 'failed'}, ${seconds} s\n`);
      process.stdout.write(Buffer.concat(printed));
      resolve({ step, code: code ?? 1, seconds });
    });
  });
}

async function lane(steps: readonly string[]): Promise<readonly Ended[]> {
  const ended: Ended[] = [];
  for (const step of steps) ended.push(await ran(step));
  return ended;
}

const failed = (await Promise.all(lanes.map(lane))).flat().filter(({ code }) => code !== 0);
console.log(failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.map(({ step }) => step).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
