// Merges two writers by chance, as many times as asked, and checks every law of reconciling on each: `npx tsx scripts/merges.ts 100000 [seed]`.
import { reconcileLaws } from '../src/testing/reconcile-laws.ts';

const [runs = '2000', first = '1'] = process.argv.slice(2);
const laws = reconcileLaws();
const numRuns = Number(runs);
const seed = Number(first);
if (!Number.isSafeInteger(numRuns) || numRuns < 1 || !Number.isSafeInteger(seed))
  throw new RangeError('usage: merges.ts [MERGES] [SEED], whole numbers');

for (const { name, run } of laws) {
  const began = performance.now();
  run({ numRuns, seed });
  console.log(`${numRuns} merges, ${((performance.now() - began) / 1000).toFixed(1)} s: ${name}`);
}
