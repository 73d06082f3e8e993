import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor, ReportedAct, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { isCommandOfEvent } from '../../src/reading/judging/reconstruct-command.ts';
import { misreportedFields } from '../../src/reconciling/check-report.ts';
import { reconcile, settlement } from '../../src/reconciling/index.ts';
import { type Merge, merges } from '../../src/testing/merges.ts';
import { checkMerge, deliver, reconcileLaws } from '../../src/testing/reconcile-laws.ts';
import { decide, defaultPolicy, replay } from '../../src/visit/index.ts';

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

/** Lists what a recorder knew when an act was reconciled, read from PROTOCOL §10 sentence by sentence. */
function knownBefore(log: readonly VisitEvent[], at: number, position: number): VisitEvent[] {
  const report = log[at];
  if (report?.type !== 'DiscrepancyReported') throw new Error('a report');
  const { by, basedOn, acts } = report.data;
  const isOwn = (actor: Actor) => actor.role === by.role && actor.id === by.id;
  const placed: { on: number; event: VisitEvent }[] = [];
  const place = (act: ReportedAct) =>
    placed.push({ on: act.on, event: { type: act.type, data: act.data } as VisitEvent });
  log.slice(0, at).forEach((event, index) => {
    if (event.type !== 'DiscrepancyReported' || !isOwn(event.data.by)) return;
    const seen = index < basedOn;
    const settled = log
      .slice(0, basedOn)
      .some((one) => one.type === 'DiscrepancySettled' && one.data.discrepancyId === event.data.discrepancyId);
    for (const act of event.data.acts) if (!seen || (!settled && act.twinOf === undefined)) place(act);
  });
  for (const act of acts.slice(0, position)) place(act);
  const known: VisitEvent[] = [];
  for (let index = 0; index <= Number(acts[position]?.on); index += 1) {
    known.push(...placed.filter(({ on }) => on === index).map(({ event }) => event));
    const event = index < Number(acts[position]?.on) ? log[index] : undefined;
    if (event !== undefined && (index < basedOn || isOwn(event.data.recordedBy ?? event.data.by))) known.push(event);
  }
  return known;
}

const sentCommand = (merge: Merge, act: ReportedAct): VisitCommand | undefined =>
  merge.commands.find((command) => isCommandOfEvent(command, act as VisitEvent));

describe('1.1-10 lawful then', () => {
  it('is what decide says on what the recorder knew, read anew for each act', () => {
    const check = (merge: Merge) => {
      const { log } = deliver(own, merge);
      log.forEach((event, at) => {
        if (event.type !== 'DiscrepancyReported') return;
        event.data.acts.forEach((act, position) => {
          const command = sentCommand(merge, act);
          if (command === undefined) throw new Error('a command that was sent');
          const known = replay(knownBefore(log, at, position));
          expect([position, decide(command, known, merge.policy).ok]).toEqual([position, act.lawfulThen]);
        });
      });
    };
    fc.assert(fc.property(merges(), check), { numRuns: 200, seed: 11 });
  });
});
