/**
 * Puts answers in the place of the server's, as the test does with 16. Ends at the first that keeps something from the record which does
 * not depend on it, and prints it.
 *
 *   npx tsx scripts/replica-answers.ts --answers 5000 --seed 1
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { answers, runAnswer } from '../test/replica/answering.ts';

const { values } = parseArgs({
  options: { answers: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const [wanted, seed] = [Number(values.answers), Number(values.seed)];

const { failed, counterexample, numRuns } = await fc.check(
  fc.asyncProperty(answers, async (answer) => {
    const wrong = await runAnswer(answer);
    if (wrong.length > 0) throw new Error(wrong.join('; '));
  }),
  { numRuns: wanted, seed },
);
if (failed) {
  const [answer] = counterexample ?? [];
  console.error(JSON.stringify(answer), answer === undefined ? '' : await runAnswer(answer));
  process.exit(1);
}
console.log(`${numRuns} answers from seed ${seed}: nothing kept from the record that does not depend on them`);
process.exit(0);
