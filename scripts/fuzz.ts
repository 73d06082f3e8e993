/** Throws bad lines at the wire and counts what came of them. `npx tsx scripts/fuzz.ts --lines 1000000 --seed 1` */
import { parseArgs } from 'node:util';
import { badLines } from 'auxilio/testing';
import fc from 'fast-check';
import { faultOf, type Outcome } from './fuzz/judge.ts';

const { values } = parseArgs({
  options: { lines: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const lines = Number(values.lines);
const seed = Number(values.seed);

const outcomes: Record<Outcome, number> = { accepted: 0, refused: 0 };
const batch = 10_000;
for (let done = 0; done < lines; done += batch) {
  for (const line of fc.sample(badLines, { numRuns: Math.min(batch, lines - done), seed: seed + done })) {
    const { outcome, fault } = faultOf(line);
    outcomes[outcome] += 1;
    if (fault === undefined) continue;
    console.error(`${fault}\n${JSON.stringify(line)}`);
    process.exit(1);
  }
}
console.log(`${lines} lines from seed ${seed}: ${outcomes.accepted} accepted, ${outcomes.refused} refused, no fault`);
