/** A process that runs seeds of the world, and reports each. */
import { type SeedReport, seedOptions, type WorkerTask } from './campaign.ts';
import { runWorld } from './run.ts';

const { from, until, step, repeating, setting }: WorkerTask = JSON.parse(process.argv[2] ?? '{}');

for (let seed = from; seed < until; seed += step) {
  const { failures, reached, hash } = await runWorld(seedOptions(seed, setting));
  const again = repeating > 0 && seed % repeating === 0 ? await runWorld(seedOptions(seed, setting)) : { hash };
  const failed = failures.map(({ check }) => check);
  const report: SeedReport = { seed, failed, reached: [...reached], isRepeatable: again.hash === hash };
  process.send?.(report);
}
process.disconnect?.();
