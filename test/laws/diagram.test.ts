import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { phases } from '../../src/visit/index.ts';

const drawn = [...readFileSync('README.md', 'utf8').matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
  ([, from = '', to = '', event]) => `${from.replaceAll('_', '-')} --> ${to.replaceAll('_', '-')}: ${event}`,
);

it('every arrow of the diagram in the README is one that visits take', () => {
  const taken = new Set<string>();
  for (const { asked, state } of fc.sample(walks(120), { numRuns: 2_500, seed: 5 })) {
    asked.forEach(({ before, accepted }, index) => {
      const after = asked[index + 1]?.before ?? state;
      if (accepted !== null) taken.add(`${before.phase} --> ${after.phase}: ${accepted.type}`);
    });
  }
  expect(drawn.length).toBeGreaterThan(10);
  expect(drawn.filter((arrow) => !taken.has(arrow))).toEqual([]);
  expect(phases.filter((phase) => !drawn.join().includes(phase))).toEqual([]);
});
