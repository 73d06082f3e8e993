import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clause, clauses } from '../../src/index.ts';
import { isClauseId } from '../../src/protocol/index.ts';
import { gateRules, generalRules, wellFormed } from '../../src/visit/gate-rules.ts';
import { ruleIds, waivableRules } from '../../src/visit/index.ts';
import { acts, commandTypes } from '../../src/visit/table.ts';
import { parseCommand } from '../../src/wire.ts';

const rules = [wellFormed, ...gateRules, ...generalRules, ...acts.flatMap(({ needs }) => needs)];
const cited = new Set<string>(rules.flatMap((rule) => [...rule.clauses]));
const hard = clauses.filter(({ level }) => level === 'H').map(({ id }) => id);
const debts = clauses.filter(({ level }) => level === 'D').map(({ id }) => id);

const exceptions = readFileSync('docs/exceptions.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^\| ([0-9A-Z.-]+) \|/.exec(line)?.[1] ?? [])
  .filter(isClauseId);

describe('the rules of the table', () => {
  it('cite clauses that exist', () => {
    expect([...cited].filter((id) => !isClauseId(id))).toEqual([]);
  });

  it('have the ids of the public list, in the order in which they are first asked for; last, that of reconciling', () => {
    expect([...new Set(rules.map(({ id }) => id))]).toEqual(ruleIds.slice(0, -1));
    expect(ruleIds.at(-1)).toBe('id-reused');
  });

  it('are waivable exactly where PROTOCOL §4 says so', () => {
    const waivable = new Set(rules.filter((rule) => rule.waivable).map(({ id }) => id));
    expect([...waivable].sort()).toEqual([...waivableRules].sort());
  });

  it('name as remedies acts that exist', () => {
    expect(rules.flatMap(({ remedy }) => remedy).filter((type) => !commandTypes.includes(type))).toEqual([]);
  });
});

describe('every hard clause', () => {
  it('is enforced by a rule, or stands in docs/exceptions.md, and not in both', () => {
    expect(hard.filter((id) => !cited.has(id))).toEqual(exceptions);
  });

  it('that the schema enforces is refused by the parser (1.1-28)', () => {
    const data = { visitId: 'v-1', at: '2026-03-17T14:00:00.000Z', materials: [] };
    const metadata = { actor: { role: 'provider', id: 'p-1' } };
    const whole = { type: 'ExplainWork', data: { ...data, method: 'cambiar el tubo' }, metadata };
    expect(parseCommand(whole).ok).toBe(true);
    expect(parseCommand({ type: 'ExplainWork', data, metadata }).ok).toBe(false);
    expect(clause('1.1-28').level).toBe('H');
  });
});

describe('the chapter tests', () => {
  const titles = readdirSync('test/visit', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => [
      ...readFileSync(`test/visit/${file}`, 'utf8').matchAll(/\b(?:describe|it)\b[^'"`]*(['"`])(.*?)\1/g),
    ])
    .map((match) => match[2] ?? '');

  it.each([...hard, ...debts].filter((id) => !exceptions.includes(id)))('name %s', (id) => {
    expect(titles.some((title) => title.split(/[\s,:;()]+/).includes(id))).toBe(true);
  });
});
