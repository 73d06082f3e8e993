// Merges two writers by chance and checks every law of reconciling on each merge: `npx tsx scripts/merges.ts 100000 [SEED]`.
import fc from 'fast-check';
import { merges } from '../src/testing/laws/merges.ts';
import { checkMerge } from '../src/testing/laws/reconcile.ts';

const [runs = '2000', first = '1'] = process.argv.slice(2);
const [numRuns, seed] = [Number(runs), Number(first)];
if (!Number.isSafeInteger(numRuns) || numRuns < 1 || !Number.isSafeInteger(seed))
  throw new RangeError('usage: merges.ts [MERGES] [SEED], whole numbers');

const began = performance.now();
fc.assert(
  fc.property(merges(), (merge) => checkMerge(merge)),
  { numRuns, seed },
);
console.log(
  `${numRuns} merges of seed ${seed}: every law holds (${((performance.now() - began) / 1000).toFixed(0)} s)`,
);
