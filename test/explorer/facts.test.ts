import { describe, expect, it } from 'vitest';
import type { WaivableRule } from '../../src/messages/index.ts';
import { type Exploration, explore } from '../../src/testing/explore/index.ts';
import { waivableRules } from '../../src/visit/index.ts';
import { plainActs } from './support.ts';

function expectSound({ complete, stuck, cannotComplete, cannotEnd, broken, unauthorizedAccepted }: Exploration): void {
  expect(complete).toBe(true);
  expect([stuck.total, cannotEnd.total, cannotComplete.total]).toEqual([0, 0, 0]);
  expect(broken).toEqual([]);
  expect(unauthorizedAccepted).toEqual([]);
}

describe('what the default leaves out, on top of the plain visit', () => {
  it('receipts: the acts about them fire, and their rules', async () => {
    const exploration = await explore({
      acts: [
        ...plainActs,
        'ReportTransitIssue',
        'AcknowledgeTransitIssue',
        'NotifyClient',
        'ReassignProvider',
        'DocumentPhotos',
        'DocumentStart',
      ],
      facts: ['receipts'],
      paths: 500,
    });
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
    expect(exploration.neverFired.rules).not.toContain('issue-reported');
    expect(exploration.neverFired.rules).not.toContain('photos-to-document');
    expect(exploration.neverFired.rules).not.toContain('start-undocumented');
  });

  it('escalations: taken up by an instruction about them', async () => {
    const exploration = await explore({
      acts: [...plainActs, 'GiveInstruction', 'EscalateClientImpact', 'CloseVisit'],
      facts: ['escalations'],
      paths: 500,
    });
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
  });

  it('required shots: the work does not start without them', async () => {
    const exploration = await explore({ acts: [...plainActs, 'AmendAssignment'], facts: ['shots'], paths: 500 });
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
  });

  it('discrepancies: reported and settled in every state, with ends that are annulled', async () => {
    const exploration = await explore({
      acts: [...plainActs, 'GiveInstruction', 'CloseVisit', 'AnnulAct', 'ReportDiscrepancy', 'SettleDiscrepancy'],
      facts: ['discrepancies'],
      paths: 500,
    });
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
    const own = ['discrepancy-new', 'discrepancy-reported', 'acts-untaken', 'acts-not-ended', 'reporter-assigned'];
    expect(exploration.neverFired.rules.filter((rule) => own.includes(rule))).toEqual([]);
  });

  it('debts that no rule looks at: more states, the same answers', async () => {
    const acts = [...plainActs, 'RejectIdentity', 'GiveInstruction', 'CloseVisit'] as const;
    const without = await explore({ acts, paths: 200 });
    const beside = await explore({ acts, facts: ['debts'], paths: 200 });
    expectSound(beside);
    expect(beside.states).toBeGreaterThan(without.states);
    expect(beside.neverFired).toEqual(without.neverFired);
  });
});

/** The waivable rules that want the client to be there. */
const aboutPresence: readonly WaivableRule[] = ['client-here', 'client-present'];

// `npm run explore -- --waivers` tries each with every act.
describe('each waiver alone, on top of the plain visit; with absences those about presence', () => {
  it.each(waivableRules)('%s', async (rule) => {
    const absences = aboutPresence.includes(rule) ? (['ReportClientAbsence'] as const) : [];
    const acts = [...plainActs, 'GiveInstruction', ...absences, 'CloseVisit'] as const;
    const exploration = await explore({ acts, waivers: [rule], paths: 300 });
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
    expect(exploration.neverFired.rules).not.toContain(rule);
  });
});
