import { beforeAll, describe, expect, it } from 'vitest';
import { mutant } from '../../scripts/fuzz/mutant.ts';
import { faultOf, issueCodes, type Outcome } from '../../scripts/fuzz/oracle.ts';
import { seeded } from '../../scripts/fuzz/source.ts';
import { messageTypes } from '../../src/wire/schemas.ts';
import type { IssueCode } from '../../src/wire.ts';

/** The issue codes that only a value can cause, not a text. */
const ofValuesAlone: readonly string[] = ['not-json', 'cyclic', 'unreadable'] satisfies IssueCode[];

// `npm run fuzz` goes on with as many as it is asked for.
const count = 80_000;
const outcomes: Record<Outcome, number> = { command: 0, event: 0, refused: 0 };
const said = new Set<string>();
const faults: string[] = [];

beforeAll(() => {
  const source = seeded(42);
  for (let left = count; left > 0 && faults.length === 0; left -= 1) {
    const text = mutant(source);
    const judgement = faultOf(text);
    outcomes[judgement.outcome] += 1;
    for (const word of judgement.said) said.add(word);
    if (judgement.fault !== undefined) faults.push(`${judgement.fault}\n${JSON.stringify(text).slice(0, 4_000)}`);
  }
});

describe(`${count} valid messages with something changed`, () => {
  it('are answered without a fault', () => {
    expect(faults).toEqual([]);
  });

  it('are accepted often enough to reach the core', () => {
    expect(Math.min(outcomes.command, outcomes.event)).toBeGreaterThan(2_000);
  });

  it('are accepted of every type, and refused for every reason that a line can give', () => {
    const types = [...messageTypes.commands, ...messageTypes.events];
    const reasons = [...issueCodes].filter((code) => !ofValuesAlone.includes(code));
    expect([...said].toSorted()).toEqual([...types, ...reasons].toSorted());
  });
});
