import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportChecker } from '../../src/reconciling/check-report.ts';
import { reconcile, settlement } from '../../src/reconciling/index.ts';
import { deliver } from '../../src/testing/laws/deliver.ts';
import { merges } from '../../src/testing/laws/merges.ts';
import { checkMerge, reconcileLaws } from '../../src/testing/laws/reconcile.ts';
import { candidateCommands, recorders } from '../../src/visit/act.ts';
import { decide, defaultPolicy, replay } from '../../src/visit/index.ts';
import { recordableActs } from '../../src/visit/recordable.ts';
import { runs } from '../support/runs.ts';

const own = { reconcile, settlement };

describe('the laws of reconciling', () => {
  it.each(reconcileLaws())('$name', ({ run }) => run({ numRuns: runs(100), seed: 20260317 }));
});

describe('every law of reconciling', () => {
  it('holds of hundreds of merges', () => {
    fc.assert(
      fc.property(merges(), (merge) => checkMerge(merge)),
      { numRuns: runs(2_000), seed: 7 },
    );
  });
});

describe('the merges that they run on', () => {
  const sample = fc.sample(merges(), { numRuns: runs(300), seed: 5 });
  const delivered = sample.map((merge) => ({ merge, ...deliver(own, merge) }));
  const acts = delivered.flatMap(({ log }) =>
    log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : [])),
  );

  it('are refused, accepted, twins and reused ids, lawful then or not, each often', () => {
    const count = {
      accepted: delivered.reduce((sum, { log, merge }) => sum + log.length - merge.log.length, 0),
      refused: acts.filter(({ violations }) => violations.length > 0).length,
      twins: acts.filter(({ twinOf }) => twinOf !== undefined).length,
      reused: acts.filter(({ violations }) => violations.some(({ rule }) => rule === 'id-reused')).length,
      lawfulThen: acts.filter(({ lawfulThen, twinOf }) => lawfulThen && twinOf === undefined).length,
      formerProvider: acts.filter(({ violations }) => violations.some(({ rule }) => rule === 'assigned-provider'))
        .length,
      again: delivered.filter(({ merge }) => merge.batches.length > 1).length,
    };
    expect(Object.entries(count).filter(([, times]) => times < 5)).toEqual([]);
  });

  it('judge no act that can be reported by the reports before it', () => {
    const roles = ['provider', 'client'] as const;
    for (const { log } of delivered) {
      const visit = replay(log);
      const debts = visit.debts.filter(({ kind }) => kind !== 'settle-discrepancy');
      const without = { ...visit, debts, discrepancies: [] };
      for (const act of recordableActs) {
        for (const role of roles.filter((one) => recorders[act.by].includes(one))) {
          for (const command of candidateCommands(act, visit, { role })) {
            expect(decide(command, visit)).toEqual(decide(command, without));
          }
        }
      }
    }
  });

  it('leave reports that are as reconciling makes them, when they are read again', () => {
    for (const { log, merge } of delivered) {
      const policy = merge.policy ?? defaultPolicy;
      const check = reportChecker(policy);
      for (const [index, event] of log.entries()) {
        if (event.type !== 'DiscrepancyReported') continue;
        expect(check(log.slice(0, index), event)).toEqual([]);
        expect(reportChecker(policy)(log.slice(0, index), event)).toEqual([]);
      }
    }
  });
});
