import { beforeAll, describe, expect, it } from 'vitest';
import { generate } from './generate.ts';
import type { Trace } from './itf.ts';
import { describeDivergence, newTally, replayTrace, uncovered } from './replay.ts';
import { acts } from './translate.ts';

const walks = { seed: 1, traces: 120, steps: 60 };

const model =
  'an act or a rule that the protocol gained goes into test/spec/visit.qnt, its commands into test/spec/translate.ts';

describe('the second reading of the protocol', () => {
  let traces: Trace[] = [];

  beforeAll(async () => {
    traces = await generate(walks);
  });

  it('walks as often and as far as it was told', () => {
    expect(traces).toHaveLength(walks.traces);
    for (const trace of traces) expect(trace.steps, trace.name).toHaveLength(walks.steps);
  });

  it('agrees with the library at every step', () => {
    const tally = newTally();
    const divergences = traces.flatMap((trace) => replayTrace(trace, tally) ?? []);
    expect(divergences.map(describeDivergence), model).toEqual([]);
  });

  it('sees every act accepted, every ending, and refusals as well', () => {
    const tally = newTally();
    for (const trace of traces) replayTrace(trace, tally);
    expect(acts, 'write the new number of acts here').toHaveLength(51);
    expect(uncovered(tally), `no walk accepts these: ${model}`).toEqual([]);
    expect(tally.ends.get('completed')).toBeGreaterThan(10);
    expect(tally.ends.get('closed')).toBeGreaterThan(0);
    expect(tally.accepted / tally.steps).toBeGreaterThan(0.3);
    expect(tally.accepted / tally.steps).toBeLessThan(0.9);
  });

  it('notices a verdict, a debt, a phase, a waiver or a fact that is not the other one', () => {
    const trace = traces.find(({ steps }) => steps.some(({ visit }) => visit.debts.length > 0)) as Trace;
    const spoil = (change: (step: Trace['steps'][number]) => object): string[] =>
      trace.steps.flatMap((step, index) => {
        const steps = trace.steps.with(index, { ...step, ...change(step) });
        const found = replayTrace({ ...trace, steps }, newTally());
        return found === undefined ? [`step ${index + 1} went unnoticed`] : [];
      });
    expect(spoil(({ verdict }) => ({ verdict: verdict.length === 0 ? ['1.1-01'] : verdict.slice(1) }))).toEqual([]);
    expect(spoil(({ visit }) => ({ visit: { ...visit, debts: [...visit.debts, 'notify-delay 1.2-99'] } }))).toEqual([]);
    expect(spoil(({ visit }) => ({ visit: { ...visit, waivers: [...visit.waivers, 'role'] } }))).toEqual([]);
    expect(spoil(() => ({ phase: 'nowhere' }))).toEqual([]);
    expect(spoil(({ visit }) => ({ visit: { ...visit, assigned: true, arrived: !visit.arrived } }))).toEqual([]);
  });
});
