import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { phases } from '../../src/visit/index.ts';

const drawn = [...readFileSync('README.md', 'utf8').matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
  ([, from = '', to = '', event]) => `${from.replaceAll('_', '-')} --> ${to.replaceAll('_', '-')}: ${event}`,
);

it('every arrow of the diagram in the README is one that visits take', () => {
  expect(drawn.length).toBeGreaterThan(10);
  const untaken = new Set(drawn);
  for (let seed = 1; seed <= 50 && untaken.size > 0; seed++) {
    for (const { asked, state } of fc.sample(walks(120), { numRuns: 50, seed })) {
      asked.forEach(({ before, accepted }, index) => {
        const after = asked[index + 1]?.before ?? state;
        if (accepted !== null) untaken.delete(`${before.phase} --> ${after.phase}: ${accepted.type}`);
      });
    }
  }
  expect([...untaken]).toEqual([]);
  expect(phases.filter((phase) => !drawn.join().includes(phase))).toEqual([]);
});
