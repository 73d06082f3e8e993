/**
 * Runs schedules of phones, a network and a server, as the test does with 300, and counts what they brought about. Ends at the first
 * schedule after which something is lost, doubled or invented, and prints it.
 *
 *   npx tsx scripts/replica-model.ts --schedules 10000 --seed 1
 *   npx tsx scripts/replica-model.ts --schedules 1000 --http     # the phones speak to the example application over HTTP
 *   npx tsx scripts/replica-model.ts --answers 5000              # something answers in the place of the server
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { answers, runAnswer } from '../test/replica/answering.ts';
import { overHttp } from '../test/replica/http-application.ts';
import { runSchedule, schedules } from '../test/replica/model.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    http: { type: 'boolean', default: false },
    answers: { type: 'string' },
  },
});
const [wanted, seed] = [Number(values.schedules), Number(values.seed)];

if (values.answers !== undefined) {
  const {
    failed: isWrong,
    counterexample: found,
    numRuns: runs,
  } = await fc.check(
    fc.asyncProperty(answers, async (answer) => {
      const wrong = await runAnswer(answer);
      if (wrong.length > 0) throw new Error(wrong.join('; '));
    }),
    { numRuns: Number(values.answers), seed },
  );
  if (isWrong) {
    const [answer] = found ?? [];
    console.error(JSON.stringify(answer), answer === undefined ? '' : await runAnswer(answer));
    process.exit(1);
  }
  console.log(`${runs} answers from seed ${seed}: nothing kept from the record that does not depend on them`);
  process.exit(0);
}

const planted = values.http ? { remote: overHttp } : {};
const total: Record<string, number> = {};
const { failed, counterexample, numRuns } = await fc.check(
  fc.asyncProperty(schedules, async (schedule) => {
    const { wrong, seen } = await runSchedule(schedule, planted);
    for (const [what, count] of Object.entries(seen)) total[what] = (total[what] ?? 0) + count;
    if (wrong.length > 0) throw new Error(wrong.join('; '));
  }),
  { numRuns: wanted, seed },
);
if (failed) {
  const [schedule] = counterexample ?? [];
  console.error(JSON.stringify(schedule), schedule === undefined ? '' : (await runSchedule(schedule, planted)).wrong);
  process.exit(1);
}
console.log(`${numRuns} schedules from seed ${seed}:`, total, 'nothing lost, doubled or invented');
process.exit(0);
