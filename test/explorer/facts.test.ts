import { describe, expect, it } from 'vitest';
import type { WaivableRule } from '../../src/messages/index.ts';
import { report } from '../../src/testing/explore/analysis.ts';
import { explore } from '../../src/testing/explore/explore.ts';
import { findPathTo } from '../../src/testing/explore/paths.ts';
import type { Exploration } from '../../src/testing/explore/result.ts';
import { takeable } from '../../src/testing/explore/samples.ts';
import type { Plan } from '../../src/testing/explore/search.ts';
import type { Found } from '../../src/testing/explore/search-graph.ts';
import { attestedFacts } from '../../src/visit/attestation.ts';
import { replay, waivableRules } from '../../src/visit/index.ts';
import { keyOf, plainActs, searched } from './support.ts';

function expectSound({ complete, stuck, cannotComplete, cannotEnd, broken, unauthorizedAccepted }: Exploration): void {
  expect(complete).toBe(true);
  expect([stuck.total, cannotEnd.total, cannotComplete.total]).toEqual([0, 0, 0]);
  expect(broken).toEqual([]);
  expect(unauthorizedAccepted).toEqual([]);
}

/** The states, of each so many one, that are not those into which the events of the path to them are folded. */
function misfolded(plan: Plan, found: Found, step: number): readonly object[] {
  const wrong: object[] = [];
  const key = new Uint32Array(plan.layout.words);
  for (let id = 0; id < found.states.count(); id += step) {
    const { events, steps } = findPathTo(id, found, plan.inputs, plan);
    found.states.read(id, key);
    const real = keyOf(replay(events), plan);
    if (real !== key.join()) wrong.push({ id, real, key: key.join(), steps });
  }
  return wrong;
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

  it('intervals: resumptions and interruptions are corrected where they stand, and nowhere else', async () => {
    const acts = [...plainActs, 'PauseWork', 'ResumeWork', 'AnnulAct', 'CorrectTime'] as const;
    const { plan, found } = await searched({ acts, facts: ['intervals'] });
    const exploration = report(found, plan, 300);
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
    const accepted = [...found.accepted.keys()].flatMap((index) => plan.inputs[index] ?? []);
    const corrected = accepted.filter(({ command }) => command === 'CorrectTime').map(({ variant }) => variant);
    expect(corrected).toEqual(expect.arrayContaining(['resumption', 'interruption']));
    expect(corrected.filter((variant) => variant.endsWith('beyond its interval'))).toEqual([
      'resumption, to a time beyond its interval', // an interval that runs has no end
    ]);
    expect(misfolded(plan, found, 7)).toEqual([]);
  });

  it('attestations: the client speaks of each fact where it stands, and of another time never', async () => {
    const acts = [...plainActs, 'ReportClientAbsence', 'GiveInstruction', 'CloseVisit', 'AttestFacts'] as const;
    const { plan, found } = await searched({ acts, facts: ['attestations', 'escalations'] });
    const exploration = report(found, plan, 300);
    expectSound(exploration);
    expect(exploration.neverFired.acts).toEqual([]);
    expect(exploration.neverFired.rules).not.toContain('facts-stand');
    const accepted = [...found.accepted.keys()].flatMap((index) => plan.inputs[index] ?? []);
    const said = accepted.filter(({ command }) => command === 'AttestFacts').map(({ variant }) => variant);
    expect([...said].sort()).toEqual([...attestedFacts, 'arrival, denied'].sort());
    expect(misfolded(plan, found, 97)).toEqual([]);
  });

  it('settlements: one act of each kind is taken in every state, and an end stays in reach', async () => {
    const ends = ['GiveInstruction', 'CloseVisit'] as const;
    const acts = [...plainActs, ...ends, 'PauseWork', 'ResumeWork', 'ReportDiscrepancy', 'SettleDiscrepancy'] as const;
    const { plan, found } = await searched({ acts, facts: ['settlements'] });
    const exploration = report(found, plan, 300);
    expectSound(exploration);
    expect(exploration.pathsChecked).toBeLessThan(300);
    const accepted = [...found.accepted.keys()].flatMap((index) => plan.inputs[index]?.variant ?? []);
    expect(accepted.filter((variant) => variant.startsWith('takes'))).toHaveLength(takeable.length);
    expect(misfolded(plan, found, 199)).toEqual([]);
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
