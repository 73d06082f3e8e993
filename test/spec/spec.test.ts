import { beforeAll, describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import { generate } from './generate.ts';
import type { Trace } from './itf.ts';
import { describeDivergence, newTally, replayTrace, uncovered } from './replay.ts';
import { acts } from './translate.ts';

const walks = { seed: 1, traces: 120, steps: 60 };

const model =
  'an act or a rule that the protocol gained goes into test/spec/visit.qnt, its commands into test/spec/translate.ts';

type Attempt = Trace['steps'][number] & {
  /** True if the visit had ended. */
  readonly ended: boolean;
  /** By how many facts and times the list grew. */
  readonly gained: number;
};

/** Each attempt of the act, and what it made of the client's words. */
function attempts(act: CommandType, traces: readonly Trace[]): Attempt[] {
  const length = (step: Trace['steps'][number] | undefined) =>
    ((step?.visit.attestations ?? []) as readonly unknown[]).length;
  return traces.flatMap(({ steps }) =>
    steps.flatMap((step, index) => {
      const gained = length(step) - length(steps[index - 1]);
      const ended = ['completed', 'closed'].includes(step.phase);
      return step.command.act === act ? [{ ...step, ended, gained }] : [];
    }),
  );
}

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
    expect(acts, 'write the new number of acts here').toHaveLength(52);
    expect(uncovered(tally), `no walk accepts these: ${model}`).toEqual([]);
    expect(tally.ends.get('completed')).toBeGreaterThan(10);
    expect(tally.ends.get('closed')).toBeGreaterThan(0);
    expect(tally.accepted / tally.steps).toBeGreaterThan(0.3);
    expect(tally.accepted / tally.steps).toBeLessThan(0.9);
  });

  it('hears the client on every fact, early and late, and refuses him times that do not stand', () => {
    const heard = attempts('AttestFacts', traces);
    const accepted = heard.filter(({ verdict }) => verdict.length === 0);
    const refused = heard.filter(({ verdict }) => verdict.includes('0-02'));
    const words = accepted.flatMap(({ command }) => command.words);
    const of = (steps: typeof heard, role: string) => steps.filter(({ command }) => command.role === role);
    expect(new Set(words.map(({ fact }) => fact)).size, 'the facts of the protocol').toBe(14);
    expect(words.filter(({ agrees }) => agrees).length).toBeGreaterThan(50);
    expect(words.filter(({ agrees }) => !agrees).length).toBeGreaterThan(50);
    expect(of(refused, 'client').length).toBeGreaterThan(50);
    expect(accepted.filter(({ ended }) => ended).length).toBeGreaterThan(5);
    // A word on what he had spoken of before takes that one's place.
    expect(words.length).toBeGreaterThan(accepted.reduce((sum, { gained }) => sum + gained, 0));
    for (const role of ['provider', 'contact-center']) {
      expect(of(refused, role).length, role).toBeGreaterThan(5);
      expect(of(accepted, role), role).toEqual([]);
    }
    const settled = attempts('SettleDiscrepancy', traces);
    expect(settled.filter(({ gained }) => gained > 0).length, 'words that a settlement took').toBeGreaterThan(0);
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
    const strange = { fact: 'tools', recorded: 1, agrees: true, what: '', at: 1 };
    expect(
      spoil(({ visit }) => {
        const attestations = [...(visit.attestations as readonly unknown[]), strange];
        return { visit: { ...visit, assigned: true, attestations } };
      }),
    ).toEqual([]);
    expect(spoil(({ visit }) => ({ visit: { ...visit, assigned: true, arrived: !visit.arrived } }))).toEqual([]);
  });
});
