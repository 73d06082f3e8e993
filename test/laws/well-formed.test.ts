import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCommand, anyEvent } from '../../src/testing/arbitraries/anything.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { commandTypes, decide, replay } from '../../src/visit/index.ts';
import { parseCommand } from '../../src/wire.ts';
import { runs } from '../support/runs.ts';

/** A state of a lawful log, or of unchecked events. */
const states = fc.oneof(
  walks().map(({ state, policy }) => ({ state, policy })),
  walks(25).map(({ state, policy }) => ({ state, policy })),
  fc.array(anyEvent, { maxLength: 30 }).map((events) => ({ state: replay(events), policy: undefined })),
);

describe('0-02 the rule well-formed', () => {
  it('refuses nothing that the parser accepts, in any state', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(states, fc.array(anyCommand, { minLength: 20, maxLength: 20 }), ({ state, policy }, commands) => {
        for (const command of commands) {
          const parsed = parseCommand(command);
          if (!parsed.ok) continue;
          seen.add(parsed.value.type);
          const decision = decide(parsed.value, state, policy);
          const rules = decision.ok ? [] : decision.rejection.violations.map(({ rule }) => rule);
          expect(rules, command.type).not.toContain('well-formed');
        }
      }),
      { numRuns: runs(200), seed: 22 },
    );
    expect([...seen].sort()).toEqual([...commandTypes].sort());
  });

  it('is the only answer to what the rules cannot read: decide throws on no command at all', () => {
    let malformed = 0;
    const odd = fc.record({
      type: fc.constantFrom<string>(...commandTypes, 'Dance'),
      data: fc.anything(),
      metadata: fc.anything(),
    });
    const nearly = fc.tuple(anyCommand, fc.nat(), fc.anything()).map(([command, index, value]) => {
      const keys = Object.keys(command.data);
      return { ...command, data: { ...command.data, [keys[index % keys.length] ?? 'at']: value } };
    });
    fc.assert(
      fc.property(states, fc.oneof(odd, nearly, fc.anything()), ({ state, policy }, command) => {
        const decision = decide(command as never, state, policy);
        const rules = decision.ok ? [] : decision.rejection.violations.map(({ rule }) => rule);
        if (!rules.includes('well-formed')) return;
        malformed += 1;
        expect(rules).toEqual(['well-formed']);
      }),
      { numRuns: runs(400), seed: 23 },
    );
    expect(malformed).toBeGreaterThan(runs(100));
  });
});
