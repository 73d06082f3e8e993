import { expect, it } from 'vitest';
import { clauses } from '../../src/index.ts';
import { gateRules, generalRules, wellFormed } from '../../src/visit/gate-rules.ts';
import { acts } from '../../src/visit/table.ts';
import { clausesNamed } from './titles.ts';

const named = clausesNamed();
const rules = [wellFormed, ...gateRules, ...generalRules, ...acts.flatMap(({ needs }) => needs)];
const levels = { H: 'hard', D: 'debt', A: 'attestation', G: 'guidance' } as const;

const row = ({ id, level, actor, text }: (typeof clauses)[number]) => {
  const carried = acts.filter((act) => act.clauses.includes(id)).map(({ command }) => command);
  const citing = new Set(rules.filter((rule) => rule.clauses.includes(id)).map((rule) => `\`${rule.id}\``));
  const tests = [...named].filter(([, ids]) => ids.has(id)).map(([file]) => file.replace('.test.ts', ''));
  return `| ${[id, levels[level], actor, text.en, carried.join(', '), [...citing].join(', '), tests.join(', ')].join(' | ')} |`;
};

const matrix = `# Clauses, acts, rules, tests

Made from the table of \`src/visit\` and the titles of the tests by \`npm run reference\`; a test fails when it is stale.

Each clause of the source document, in our own words: the acts that carry it out, the rules that cite it, and the test
files that name it.

| clause | level | of | what it says | acts | rules | tests |
|---|---|---|---|---|---|---|
${clauses.map(row).join('\n')}
`;

it('the matrix of clauses is what the table and the tests say', async () => {
  await expect(matrix).toMatchFileSnapshot('../../docs/reference/clauses.md');
});

it.each(clauses.map(({ id }) => id))('%s is named by a test', (id) => {
  expect([...named.values()].some((ids) => ids.has(id))).toBe(true);
});
