/**
 * Runs the tests again and again beside busy loops, to find those that fail once in many runs: `npm run soak` runs the projects
 * stores and service twenty times, then all tests three times. Each run is noted in a file; a soak that was
 * interrupted goes on from there. `--fresh` forgets it. Ends with 1 as soon as a run fails.
 */
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    state: { type: 'string', default: join(tmpdir(), 'auxilio-soak.txt') },
    times: { type: 'string', default: '20' },
    whole: { type: 'string', default: '3' },
    busy: { type: 'string', default: '2' },
  },
});

const plans = [
  {
    name: 'stores, service',
    times: Number(values.times),
    args: ['--project', 'stores', '--project', 'service'],
  },
  { name: 'all tests', times: Number(values.whole), args: [] },
];

if (values.fresh) rmSync(values.state, { force: true });
const noted = existsSync(values.state) ? readFileSync(values.state, 'utf8').split('\n') : [];
const loops = Array.from({ length: Number(values.busy) }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
);
process.once('exit', () => {
  for (const loop of loops) loop.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

for (const { name, times, args } of plans) {
  for (let run = noted.filter((line) => line.startsWith(`passed ${name}:`)).length + 1; run <= times; run++) {
    const start = performance.now();
    const { status } = spawnSync('npx', ['vitest', 'run', ...args, '--reporter=dot'], { stdio: 'inherit' });
    const verdict = `${status === 0 ? 'passed' : 'failed'} ${name}: run ${run} of ${times}, ${Math.round((performance.now() - start) / 1000)} s`;
    appendFileSync(values.state, `${verdict}\n`);
    console.log(verdict);
    if (status !== 0) process.exit(1);
  }
}
