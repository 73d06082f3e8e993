import { describe, expect, it } from 'vitest';
import { clause } from '../../src/index.ts';
import { dossier } from '../../src/reading/index.ts';
import { visitAt } from '../../src/testing/visit-at.ts';
import { gateRules, generalRules, wellFormed } from '../../src/visit/gate-rules.ts';
import { acts } from '../../src/visit/table.ts';

const rules = [wellFormed, ...gateRules, ...generalRules, ...acts.flatMap(({ needs }) => needs)];

describe('2-00, 2.2-00 the heads of lists of duties', () => {
  it.each(['2-00', '2.2-00'] as const)('%s refuses nothing, and no act carries it out: those under it do', (id) => {
    expect(clause(id).level).toBe('A');
    expect(rules.filter(({ clauses }) => clauses.includes(id))).toEqual([]);
    expect(acts.filter(({ clauses }) => clauses.includes(id))).toEqual([]);
  });
});

describe('1.3-05 the completion call serves for payment, and the payer decides', () => {
  it('is payment evidence with a verdict for each clause, beside the conditions of payment', () => {
    const { payment, payable, unmetForPayment, ...rest } = dossier(visitAt('completed').events);
    expect(payable).toBe(unmetForPayment.length === 0);
    expect(payment.find((verdict) => verdict.clause === '1.3-02')).toMatchObject({ status: 'satisfied' });
    expect(payment.every(({ status }) => typeof status === 'string')).toBe(true);
    expect(Object.keys(rest).filter((key) => /pay/i.test(key))).toEqual([]);
  });
});
