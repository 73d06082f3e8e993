/**
 * Runs the world of `test/world`: servers, phones, consoles and a network under seeds, with faults. Ends with 1 if a check failed, a
 * seed did not repeat, or a situation was not reached.
 *
 *   npm run world -- --seeds 1000 --from 1          # prints seeds a second, the situations, and failures as stories
 *   npm run world -- --seeds 1000 --repeat 4        # and runs each fourth twice, with `--twice` each, to compare what happened
 *   npm run world -- --seed 17                      # one seed: its story, made small if it fails
 *   npm run world -- --seeds 100000 --sum FILE      # goes on where the file ends, and adds to it
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  addSums,
  type CampaignSum,
  emptySum,
  listUnreached,
  runSeeds,
  type Setting,
  seedOptions,
  situationsIn,
} from '../test/world/campaign.ts';
import { runWorld } from '../test/world/run.ts';
import { shrink } from '../test/world/shrink.ts';
import { formatStory } from '../test/world/story.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    twice: { type: 'boolean', default: false },
    repeat: { type: 'string', default: '0' },
    whole: { type: 'boolean', default: false },
    on: { type: 'string', default: 'memory' },
    sum: { type: 'string' },
  },
});
const setting = values.on as Setting;

/** Prints the story of a seed; a failing one is made small first, unless it is wanted whole. */
async function printStory(seed: number): Promise<boolean> {
  const outcome = await runWorld(seedOptions(seed, setting));
  if (outcome.failures.length === 0 || values.whole) {
    console.log(formatStory(seed, outcome));
    return outcome.failures.length === 0;
  }
  const { outcome: small, runs, check } = await shrink(seedOptions(seed, setting), outcome);
  console.log(formatStory(seed, small));
  console.log(
    `\n“${check}” fails with ${small.decisions.size} of ${outcome.decisions.size} decisions, found in ${runs} runs.\n`,
  );
  return false;
}

if (values.seed !== undefined) process.exit((await printStory(Number(values.seed))) ? 0 : 1);

const repeating = values.twice ? 1 : Number(values.repeat);
/** The seeds after which a long run writes its file. */
const BLOCK = 500;
const [wanted, from] = [Number(values.seeds), Number(values.from)];
const isResumed = values.sum !== undefined && existsSync(values.sum);
const sum: CampaignSum = isResumed ? JSON.parse(readFileSync(values.sum ?? '', 'utf8')) : emptySum();
const [startedAt, before] = [performance.now(), sum.seeds];
while (sum.seeds < wanted) {
  const seeds = Math.min(BLOCK, wanted - sum.seeds);
  addSums(sum, await runSeeds({ from: from + sum.seeds, seeds, repeating, setting }));
  if (values.sum !== undefined) writeFileSync(values.sum, `${JSON.stringify(sum)}\n`);
  const perSecond = ((sum.seeds - before) / (performance.now() - startedAt)) * 1000;
  console.log(`${sum.seeds} seeds, ${sum.failed.length} failed, ${perSecond.toFixed(1)} a second`);
}

for (const situation of situationsIn(setting))
  console.log(`${String(sum.reached[situation] ?? 0).padStart(8)}  ${situation}`);
for (const seed of sum.unrepeatable) console.log(`Seed ${seed} does not repeat: its two runs differ`);
if (sum.failed.length > 0) console.log(`Failed: ${sum.failed.slice(0, 50).join(' ')}`);
const unreached = listUnreached(sum, setting);
if (unreached.length > 0) console.log(`No seed reached: ${unreached.join('; ')}`);
for (const seed of sum.failed.slice(0, 3)) await printStory(seed);
process.exit(sum.failed.length + sum.unrepeatable.length + unreached.length === 0 ? 0 : 1);
