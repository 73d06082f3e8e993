/** Many seeds, in as many processes as there are processors, and what they found and reached. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createPostgresDatabase } from './postgres/database.ts';
import { clusterSituations } from './postgres/situations.ts';
import type { RunOptions } from './run.ts';
import { allSituations, type Situation, situations } from './situations.ts';

/** Outcome of one seed, as a worker reports it. */
export type SeedReport = Readonly<{
  seed: number;
  failed: readonly string[];
  reached: readonly Situation[];
  isRepeatable: boolean;
}>;

export type CampaignOptions = Readonly<{
  from: number;
  seeds: number;
  /** Runs each seed whose number this divides twice, and compares the hashes of all that happened; none for 0. */
  repeating: number;
  setting: Setting;
  onSeed?: (report: SeedReport) => void;
}>;

/** In what the servers keep their data. */
export type Setting = 'memory' | 'postgres';
export type WorkerTask = Pick<CampaignOptions, 'from' | 'repeating' | 'setting'> &
  Readonly<{ until: number; step: number }>;

export type CampaignSum = {
  seeds: number;
  failed: number[];
  unrepeatable: number[];
  reached: Partial<Record<Situation, number>>;
};

export const emptySum = (): CampaignSum => ({ seeds: 0, failed: [], unrepeatable: [], reached: {} });

/** Adds what one block of seeds came to. */
export function addSums(sum: CampaignSum, block: CampaignSum): void {
  sum.seeds += block.seeds;
  sum.failed.push(...block.failed);
  sum.unrepeatable.push(...block.unrepeatable);
  for (const situation of allSituations) {
    const count = (sum.reached[situation] ?? 0) + (block.reached[situation] ?? 0);
    if (count > 0) sum.reached[situation] = count;
  }
}

function addTo(sum: CampaignSum, { seed, failed, reached, isRepeatable }: SeedReport): void {
  sum.seeds += 1;
  if (failed.length > 0) sum.failed.push(seed);
  if (!isRepeatable) sum.unrepeatable.push(seed);
  for (const situation of reached) sum.reached[situation] = (sum.reached[situation] ?? 0) + 1;
}

/** The situations that no seed has reached: with any, a run says less than it seems to. */
export const listUnreached = ({ reached }: CampaignSum, setting: Setting): readonly Situation[] =>
  situationsIn(setting).filter((situation) => reached[situation] === undefined);

/** The situations of stores in memory: a cluster is not restored from older backups, and its own witness sees its conflicts and doubts. */
const inMemory: readonly Situation[] = [
  'an append in doubt that was not written',
  'an append in doubt that was written',
  'two servers append to one visit at once',
  'two servers move one checkpoint at once',
  'a server restored from an older backup',
  'acts that a restored server lacks come back from a phone',
  'a phone killed after it fetched the log of a restored server',
  'a phone whose log is not the server’s any more',
];

/** The situations that a run in a setting must reach. */
export const situationsIn = (setting: Setting): readonly Situation[] =>
  setting === 'memory' ? situations : [...situations.filter((one) => !inMemory.includes(one)), ...clusterSituations];

export async function runSeeds({ from, seeds, repeating, setting, onSeed }: CampaignOptions): Promise<CampaignSum> {
  const sum = emptySum();
  const step = Math.min(availableParallelism(), seeds);
  const workers = Array.from({ length: step }, (_, n) =>
    runWorker({ from: from + n, until: from + seeds, step, repeating, setting }, (report) => {
      addTo(sum, report);
      onSeed?.(report);
    }),
  );
  await Promise.all(workers);
  return sum;
}

/** Runs every `step`th seed in a process of its own. */
function runWorker(task: WorkerTask, onSeed: (report: SeedReport) => void): Promise<void> {
  const child = fork(new URL('./worker.ts', import.meta.url), [JSON.stringify(task)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (report) => onSeed(report as SeedReport));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`A worker of the world ended with ${code}`)),
    );
  });
}

/** The options of one seed in a setting. */
export const seedOptions = (seed: number, setting: Setting): RunOptions => ({
  seed,
  ...(setting === 'postgres' && { database: createPostgresDatabase() }),
});
