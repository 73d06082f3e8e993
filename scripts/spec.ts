import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { generate } from '../test/spec/generate.ts';
import { type Divergence, describeDivergence, newTally, replayTrace, uncovered } from '../test/spec/replay.ts';

/**
 * The long comparison of the two readings of the protocol: the model walks in batches, the library follows.
 *
 *   npx tsx scripts/spec.ts --traces 10000 --batch 500 --steps 60 --seed 1 --minutes 60
 */
const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '500' },
    steps: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
  },
});

const wanted = Number(values.traces);
const tally = newTally();
const divergences: Divergence[] = [];
const started = performance.now();
const minutes = () => (performance.now() - started) / 60_000;

/** Every answer that the model can give, as it is written there. */
function clausesOfTheModel(): string[] {
  const model = readFileSync(new URL('../test/spec/visit.qnt', import.meta.url), 'utf8');
  const rules = model.slice(model.indexOf('/// A rule:'), model.indexOf('// The walk ends here'));
  return [...new Set([...rules.matchAll(/"(\d\.\d-\d\d(?::[a-z-]+)?|0-02)"/g)].map(([, clause]) => clause ?? ''))];
}

for (let seed = Number(values.seed); tally.traces < wanted && minutes() < Number(values.minutes); seed += 1) {
  const traces = await generate({
    seed,
    traces: Math.min(Number(values.batch), wanted - tally.traces),
    steps: Number(values.steps),
  });
  for (const trace of traces) divergences.push(...[replayTrace(trace, tally)].filter((found) => found !== undefined));
  console.log(
    `seed ${seed}: ${tally.traces} traces, ${tally.steps} steps, ${divergences.length} divergences, ${minutes().toFixed(1)} min`,
  );
}

const table = (map: Map<string, number>) =>
  [...map]
    .sort(([, a], [, b]) => a - b)
    .map(([word, times]) => `${word} ${times}`)
    .join(' · ');

const silent = clausesOfTheModel().filter((clause) => !tally.clauses.has(clause));

console.log(`
machine      ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}
traces       ${tally.traces}
steps        ${tally.steps}
accepted     ${tally.accepted} (${((100 * tally.accepted) / tally.steps).toFixed(1)} %)
minutes      ${minutes().toFixed(1)}
ends         ${table(tally.ends)}
acts         ${tally.acts.size} accepted: ${table(tally.acts)}
refusals     ${tally.clauses.size} different: ${table(tally.clauses)}
never        acts ${uncovered(tally).join(', ') || 'none'}; refusals ${silent.join(', ') || 'none'}
divergences  ${divergences.length}`);

const shortest = [...divergences].sort((a, b) => a.before.length - b.before.length).slice(0, 10);
for (const divergence of shortest) console.log(`\n${describeDivergence(divergence)}`);
if (divergences.length > 0 || uncovered(tally).length > 0 || silent.length > 0) process.exitCode = 1;
