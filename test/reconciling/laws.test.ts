import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misreportedFields } from '../../src/reconciling/check-report.ts';
import { reconcile, settlement } from '../../src/reconciling/index.ts';
import { deliver } from '../../src/testing/deliver.ts';
import { merges } from '../../src/testing/merges.ts';
import { checkMerge, reconcileLaws } from '../../src/testing/reconcile-laws.ts';
import { defaultPolicy } from '../../src/visit/index.ts';

const own = { reconcile, settlement };

describe('the laws of reconciling', () => {
  it.each(reconcileLaws())('$name', ({ run }) => run({ numRuns: 100, seed: 20260317 }));
});

describe('every law of reconciling', () => {
  it('holds of 2,000 merges', () => {
    fc.assert(
      fc.property(merges(), (merge) => checkMerge(merge)),
      { numRuns: 2_000, seed: 7 },
    );
  });
});

describe('the merges that they run on', () => {
  const sample = fc.sample(merges(), { numRuns: 300, seed: 5 });
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

  it('leave reports that are as reconciling makes them, when they are read again', () => {
    for (const { log, merge } of delivered) {
      for (const [index, event] of log.entries()) {
        if (event.type !== 'DiscrepancyReported') continue;
        expect(misreportedFields(log.slice(0, index), event, merge.policy ?? defaultPolicy)).toEqual([]);
      }
    }
  });
});
