/**
 * Fuzzes the wire with bad lines, and the core with the accepted ones, and counts the results: nine of ten are mutated
 * valid messages, the others were never valid.
 *
 *   npx tsx scripts/fuzz.ts --lines 1000000 --seed 1
 */
import { parseArgs } from 'node:util';
import { badLines } from 'auxilio/testing';
import fc from 'fast-check';
import { mutant } from './fuzz/mutant.ts';
import { faultOf, type Outcome } from './fuzz/oracle.ts';
import { seeded } from './fuzz/source.ts';

const { values } = parseArgs({
  options: { lines: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.lines);
const seed = Number(values.seed);

function* lines(): Generator<string> {
  const source = seeded(seed);
  for (let batch = 0; ; batch += 1) {
    for (const line of fc.sample(badLines, { numRuns: 1_000, seed: seed + batch })) {
      yield line;
      for (let mutants = 0; mutants < 9; mutants += 1) yield mutant(source);
    }
  }
}

const outcomes: Record<Outcome, number> = { command: 0, event: 0, refused: 0 };
let done = 0;
for (const line of lines()) {
  if (done === wanted) break;
  const { outcome, fault } = faultOf(line);
  outcomes[outcome] += 1;
  done += 1;
  if (fault === undefined) continue;
  console.error(`${fault}\n${JSON.stringify(line)}`);
  process.exit(1);
}
const { command, event, refused } = outcomes;
console.log(
  `${done} lines from seed ${seed}: ${command} accepted as commands, ${event} as events, ${refused} refused, no fault`,
);
