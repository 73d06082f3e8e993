/**
 * Judges visits with tokens and as they are, and prints the differences: `npx tsx scripts/privacy/verdicts.ts [VISITS] [SEED] [--fold-all]`.
 * `--fold-all` is a control, whose tokens do not tell the cases of a text: its verdicts must differ.
 */
import { parseArgs } from 'node:util';
import { isToken } from '../../src/privacy/token.ts';
import { blank, compareTwins, judge, mapTexts, twinServices } from '../../test/privacy/twins.ts';
import { variedVisits } from '../../test/privacy/variants.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'fold-all': { type: 'boolean', default: false }, show: { type: 'boolean', default: false } },
});
const [visits = 2000, seed = 1] = positionals.map(Number);
if (!Number.isSafeInteger(visits) || !Number.isSafeInteger(seed))
  throw new RangeError('usage: verdicts.ts [VISITS] [SEED]');

const began = performance.now();
const counts = {
  visits: 0,
  damaged: 0,
  requests: 0,
  events: 0,
  reports: 0,
  settled: 0,
  findings: 0,
  differing: 0,
  folded: 0,
};
let twins = await twinServices();
for (const visit of variedVisits(visits, seed)) {
  // Each pair of services keeps its visits in memory.
  if (counts.visits % 200 === 0) twins = await twinServices();
  const { differences, log, verdicts } = await compareTwins(twins, visit);
  counts.visits += 1;
  counts.damaged += Number(visit.isDamaged);
  counts.requests += visit.requests.length;
  counts.events += log.length;
  counts.reports += log.filter(({ type }) => type === 'DiscrepancyReported').length;
  counts.settled += log.filter(({ type }) => type === 'DiscrepancySettled').length;
  counts.findings += (verdicts as { audit: { findings: unknown[] } }).audit.findings.length;
  if (differences.length > 0) {
    counts.differing += 1;
    if (values.show || counts.differing <= 3) console.log(visit.visitId, JSON.stringify(differences[0]).slice(0, 2000));
  }
  if (values['fold-all']) {
    const folded = judge(mapTexts(log, (text) => (isToken(text) ? text.toLowerCase() : text)));
    counts.folded += Number(JSON.stringify(blank(folded)) !== JSON.stringify(blank(verdicts)));
  }
  if (counts.visits % 1000 === 0) console.log(JSON.stringify(counts));
}
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(`Seed ${seed}, ${seconds} s: ${JSON.stringify(counts)}`);
if (values['fold-all'] ? counts.folded === 0 : counts.differing > 0) process.exitCode = 1;
