/** Races of an erasure with other calls, in processes that crash: `npx tsx scripts/privacy/races.ts [RACES] [SEED]`. */
import { race } from '../../test/privacy/racing.ts';

const [races = 1000, first = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(races) || !Number.isSafeInteger(first))
  throw new RangeError('usage: races.ts [RACES] [SEED]');

const began = performance.now();
const counts = { races: 0, broken: 0, crashed: 0, erased: 0, rotated: 0, revived: 0, settled: 0 };
for (let seed = first; seed < first + races; seed += 1) {
  counts.races += 1;
  try {
    const { crashed, erased, rotated, revived, settle } = await race(seed);
    counts.crashed += Number(crashed);
    counts.erased += Number(erased);
    counts.rotated += Number(rotated);
    counts.revived += Number(revived);
    counts.settled += Number(settle !== null);
  } catch (error) {
    counts.broken += 1;
    if (counts.broken <= 20) console.log(seed, error instanceof Error ? error.message : error);
  }
}
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s: ${JSON.stringify(counts)}`);
if (counts.broken > 0) process.exitCode = 1;
