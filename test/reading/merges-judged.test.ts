import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { makesUnclean } from '../../src/reading/judging/finding.ts';
import { logReader } from '../../src/reading/judging/reader.ts';
import { discrepancies, reconcile, settlement } from '../../src/reconciling/index.ts';
import { deliver } from '../../src/testing/laws/deliver.ts';
import { merges } from '../../src/testing/laws/merges.ts';
import { actors, minute } from '../../src/testing.ts';
import { type Policy, replay, unmetForPayment, worked } from '../../src/visit/index.ts';
import { disagreements, readingsOf } from '../support/agreement.ts';
import { runs } from '../support/runs.ts';

const merged = fc.sample(merges(), { numRuns: runs(120), seed: 11 }).map((merge) => ({
  before: merge.log,
  policy: merge.policy,
  events: deliver({ reconcile, settlement }, merge).log,
}));
const faults = (events: readonly VisitEvent[], policy: Policy | undefined) =>
  audit(events, policy === undefined ? {} : { policy }).findings.filter(makesUnclean);

/** A log whose open discrepancies are settled, each with all of its acts that were not taken, or with the first alone. */
function settled(events: readonly VisitEvent[], policy: Policy | undefined, most: number): VisitEvent[] {
  const log = [...events];
  for (const { discrepancyId, acts } of replay(log).discrepancies) {
    const taken = acts.flatMap((act, position) => (act.taken ? [] : position)).slice(0, most);
    const settling = { log, discrepancyId, taken, text: 'se conversó', at: minute(600), operator: actors.operator };
    const answer = settlement({ ...settling, commandId: `s-${discrepancyId}`, ...(policy && { policy }) });
    if (answer.ok) log.push(...answer.events);
  }
  return log;
}

describe('1.1-10 logs of two writers', () => {
  it('are as clean as the log that they went on from: whatever reconciling and settling write is judged so', () => {
    for (const { before, events, policy } of merged) {
      const known = faults(before, policy);
      expect(faults(events, policy)).toEqual(known);
      for (const most of [1, 99]) expect(faults(settled(events, policy, most), policy)).toEqual(known);
    }
  });
  it('are judged the same by the readers, also by one that keeps no entries', () => {
    for (const { events, policy } of merged) {
      const all = settled(events, policy, 2);
      expect(disagreements(readingsOf({ events: all, policy }))).toEqual([]);
      const reader = logReader(policy, 'findings');
      for (const event of all) reader.add(event);
      expect(reader.end().findings).toEqual(audit(all, policy === undefined ? {} : { policy }).findings);
    }
  });
  it('are previewed as the settlements make them', () => {
    let previews = 0;
    for (const { events, policy } of merged) {
      const options = policy === undefined ? {} : { policy };
      const { acts, none } = discrepancies(events, options);
      if (acts.length === 0 || !none.ok) continue;
      previews += 1;
      const state = replay(settled(events, policy, 0));
      expect(none).toEqual({ ok: true, state, worked: worked(state), unmet: unmetForPayment(state) });
      expect(dossier(settled(events, policy, 0), options)).toMatchObject({
        unmetForPayment: none.unmet,
        ...none.worked,
      });
    }
    expect(previews).toBeGreaterThan(runs(30));
  });
  it('hold settlements and deviations of taken acts, often', () => {
    const found = merged.flatMap(({ events, policy }) => {
      return audit(settled(events, policy, 99), policy === undefined ? {} : { policy }).findings;
    });
    expect(found.filter(({ kind }) => kind === 'correction').length).toBeGreaterThan(runs(20));
    expect(found.filter(({ facts }) => 'settledAt' in facts).length).toBeGreaterThan(runs(20));
  });
});
