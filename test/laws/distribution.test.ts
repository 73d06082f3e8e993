import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { commandTypes, decide, ruleIds } from '../../src/visit/index.ts';

const walk = 'src/testing/arbitraries/walks.ts';

describe('the walks that the laws run on', () => {
  const sample = fc.sample(walks(), { numRuns: 1_500, seed: 7 });
  const asked = sample.flatMap(({ asked, policy }) => asked.map((one) => ({ ...one, policy })));

  it('fire every act', () => {
    const fired = new Set(asked.filter(({ accepted }) => accepted !== null).map(({ command }) => command.type));
    expect(
      commandTypes.filter((type) => !fired.has(type)),
      `no walk fires these: give each a witness in its act, or a whole turn in \`turns\` of ${walk}`,
    ).toEqual([]);
  });

  it('are refused by every rule but those for what the wire keeps out and for ids', () => {
    const refused = new Set<string>();
    for (const { command, before, policy } of asked) {
      const decision = decide(command, before, policy);
      if (!decision.ok) for (const { rule } of decision.rejection.violations) refused.add(rule);
    }
    expect(
      ruleIds.filter((rule) => !refused.has(rule)),
      `no walk is refused by what is here too much: add a turn that breaks the rule to \`turns\` of ${walk}`,
    ).toEqual(['well-formed', 'id-reused']);
  });

  it('accept at least 30 % of what is asked', () => {
    const share = asked.filter(({ accepted }) => accepted !== null).length / asked.length;
    expect(share, `too little is accepted: raise the weight of \`next\` in \`steps\` of ${walk}`).toBeGreaterThan(0.3);
  });

  it.each(['completed', 'closed', 'away'] as const)('reach %s in at least one of twenty', (phase) => {
    const reached = sample.filter(
      ({ asked, state }) => state.phase === phase || asked.some(({ before }) => before.phase === phase),
    );
    expect(
      reached.length / sample.length,
      `too few walks reach it: with an act more on the plain path, raise \`maxLength\` of ${walk} by some steps`,
    ).toBeGreaterThan(0.05);
  });
});
