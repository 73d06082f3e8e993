import { describe, expect, it } from 'vitest';
import type { VisitEvent, WaivableRule } from '../../src/messages/index.ts';
import { audit, dossier, missing } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, fact, minute } from '../../src/testing.ts';
import { unmetForPayment, worked } from '../../src/visit/index.ts';
import { annul, complete, operator, plain, provider, stretch } from '../scenarios/commands.ts';
import { finished, lacking, stateOf } from '../scenarios/moments.ts';

const start = stretch('StartWork', 'StartWork')[0]?.data.at as string;
const annulment = (by = operator) =>
  fact('ActAnnulled', { at: minute(50), act: 'WorkStarted', recorded: start, reason: 'error' }, by);
const documented = fact('StartDocumented', { at: minute(45) }, operator);
const verdictOf = (log: readonly VisitEvent[], clause: string) => {
  const { payment, protocol } = dossier(log);
  return [...payment, ...protocol].find((one) => one.clause === clause)?.status;
};

describe('§6 payable asks for a start that stands', () => {
  /** A start that was annulled although all that follows it stands, and a completion all the same. */
  const unstarted = () => [...finished(), documented, annulment(), ...advance(finished(), complete).slice(-1)];
  /** A completed visit in which no start was recorded. */
  const never = () => [...lacking(advance([], plain), 'WorkStarted'), documented];

  it('a completed visit whose start was annulled, against the rules, is not payable', () => {
    const state = stateOf(unstarted());
    expect(state.phase).toBe('completed');
    expect(unmetForPayment(state)).toEqual(['started']);
    expect(worked(state).workedMs).toBe(0);
    expect(dossier(unstarted())).toMatchObject({ payable: false, unmetForPayment: ['started'] });
    expect(missing(state, { goal: 'payable' })).toEqual({ found: false, reason: 'ended' });
    expect(missing(state, { goal: 'completed' })).toEqual({ found: true, acts: [] });
    expect(verdictOf(unstarted(), '1.1-43')).toBe('contradicted');
  });
  it('nor is one that was completed without a start', () => {
    expect(unmetForPayment(stateOf(never()))).toEqual(['started']);
    expect(dossier(never()).payable).toBe(false);
  });
  it('a start that was annulled, and made again, stands', () => {
    const made = advance(eventsAfter('StartWork'), [annul('WorkStarted', start, minute(30)), ...stretch('StartWork')]);
    const again = [...made, documented];
    expect(dossier(again)).toMatchObject({ payable: true, unmetForPayment: [] });
    expect(audit(again).clean).toBe(true);
  });
  it('is said in order, after the completion', () => {
    expect(unmetForPayment(stateOf(eventsAfter('AssignVisit')))).toEqual([
      'completed',
      'started',
      'start-reported',
      'start-documented',
      'completion-reported',
    ]);
  });
  it('a start by a former provider, or after the end, does not stand', () => {
    const other = fact('WorkStarted', { at: minute(20) }, { role: 'provider', id: 'prov-9' });
    expect(dossier([...never().slice(0, 5), other, ...never().slice(5)]).unmetForPayment).toEqual(['started']);
    expect(dossier([...never(), fact('WorkStarted', { at: minute(44) })]).unmetForPayment).toEqual(['started']);
  });
  it('missing names it where it can still be made', () => {
    const ready = stateOf(eventsAfter('ReportStart'));
    const found = missing(ready, { goal: 'payable' });
    expect(found.found && found.acts).toContain('StartWork');
    const annulled = missing(stateOf(lacking(finished(), 'CompletionReported'), annulment(), documented), {
      goal: 'payable',
    });
    expect(annulled).toMatchObject({ found: true });
    expect(annulled.found && annulled.acts.slice(-3)).toEqual(['StartWork', 'ReportCompletion', 'CompleteVisit']);
  });
});

describe('§4 waivers: one that is not the contact center’s has no effect, for any reader', () => {
  const told = (by: typeof operator, waives: readonly WaivableRule[]) =>
    fact('InstructionGiven', { at: minute(9), about: 'visit', decision: 'proceed', text: 'siga', waives }, by);
  const untold = (by: typeof operator) => {
    const log = lacking(advance([], plain), 'ToolsShown');
    const place = log.findIndex(({ type }) => type === 'AreaCleared');
    return [...log.slice(0, place), told(by, ['tools-shown']), ...log.slice(place)];
  };

  it('the dossier says contradicted, not waived', () => {
    expect(verdictOf(untold(operator), '1.1-40')).toBe('waived');
    expect(verdictOf(untold(provider), '1.1-40')).toBe('contradicted');
    expect(dossier(untold(provider)).waivers).toEqual([]);
  });
  it('the audit finds the rule that the start broke, and the role', () => {
    const rules = audit(untold(provider)).findings.map(({ kind, rule }) => [kind, rule]);
    expect(rules).toContainEqual(['violation', 'role']);
    expect(rules).toContainEqual(['violation', 'tools-shown']);
    expect(rules.filter(([kind]) => kind === 'deviation')).toEqual([['deviation', undefined]]);
  });
  it('work that awaits materials goes on awaiting them, without a deviation', () => {
    const awaiting = advance(
      eventsAfter('StartWork'),
      command('RequestExtraMaterials', {
        at: minute(30),
        materials: [{ item: 'codo', quantity: 1 }],
      }),
    );
    const { state, findings } = audit([...awaiting, told(provider, ['materials-settled'])]);
    expect(state.materials.awaited).toBe(true);
    expect(findings.filter(({ kind }) => kind === 'deviation')).toEqual([]);
  });
});
