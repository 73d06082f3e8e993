import { describe, expect, it } from 'vitest';
import type { AttestedFact, FactWord, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { reconcile, settlement } from '../../src/reconciling/index.ts';
import { advance, command, eventsAfter, fact, minute } from '../../src/testing.ts';
import {
  annul,
  askExtra,
  by,
  client,
  close,
  complete,
  correct,
  instruct,
  leave,
  operator,
  plain,
  provider,
  step,
} from '../scenarios/commands.ts';
import { finished, working } from '../scenarios/moments.ts';

const word = (named: AttestedFact, recorded: string, agrees = true): FactWord => ({ fact: named, recorded, agrees });
const attest = (at: number, ...facts: readonly FactWord[]): VisitCommand =>
  by(client, command('AttestFacts', { at: minute(at), facts }));
const said = (log: readonly VisitEvent[], at: number, ...facts: readonly FactWord[]) =>
  advance(log, attest(at, ...facts));
const timeOf = (log: readonly VisitEvent[], type: VisitEvent['type']) =>
  log.findLast((event) => event.type === type)?.data.at ?? '';
const on = (log: readonly VisitEvent[], named: AttestedFact) => dossier(log).facts.find((one) => one.fact === named);
const wordOn = (log: readonly VisitEvent[], named: AttestedFact) => on(log, named)?.word;
const verdictOf = (log: readonly VisitEvent[], clause: ClauseId) => {
  const { payment, protocol } = dossier(log);
  return [...payment, ...protocol].find((one) => one.clause === clause)?.status;
};

const completed = () => advance([], plain);
/** An act at another minute. */
const later = (made: VisitCommand, at: number) => ({ ...made, data: { ...made.data, at: minute(at) } }) as VisitCommand;
/** A visit whose tools were shown to a client who denies it. */
const denied = () => said(working(), 70, word('tools', timeOf(working(), 'ToolsShown'), false));

/** A log with an act that was refused as it reached the log later, and that the contact center took. */
function settledFrom(log: readonly VisitEvent[], refused: VisitCommand): VisitEvent[] {
  const told = { ...refused, metadata: { ...refused.metadata, commandId: 'c-9' } } as VisitCommand;
  const answer = reconcile({ log, basedOn: log.length, commands: [told] });
  if (!answer.ok) throw new Error(answer.error.code);
  const reported = [...log, ...answer.events];
  const settling = { discrepancyId: `d-${reported.length}`, taken: [0], text: 'Así fue', at: minute(90) };
  const settled = settlement({ log: reported, ...settling, operator, commandId: 's-1' });
  if (!settled.ok) throw new Error(JSON.stringify(settled.rejection));
  return [...reported, ...settled.events];
}

describe('§6 whose word a fact of the record is', () => {
  it('the provider’s, of every fact of a visit that they recorded alone, those that are the client’s acts among them', () => {
    const words = new Map(dossier(completed()).facts.map((one) => [one.fact, one.word]));
    expect(words.size).toBe(13);
    expect(new Set(words.values())).toEqual(new Set(['provider']));
    expect(completed()[on(completed(), 'conformity')?.index ?? -1]?.data).toMatchObject({
      by: { role: 'client' },
      recordedBy: provider,
    });
  });
  it('the contact center’s, of what it recorded for the provider', () => {
    const [assigned] = plain as [VisitCommand];
    expect(wordOn(advance([], [assigned, by(operator, step('RecordArrival'))]), 'arrival')).toBe('contact-center');
  });
  it('the client’s, of what they recorded, also once they said that they agree', () => {
    const own = advance(eventsAfter('TestQuality'), by(client, step('RecordConformity')));
    expect(wordOn(own, 'conformity')).toBe('client');
    expect(wordOn(said(own, 70, word('conformity', timeOf(own, 'ClientConformed'))), 'conformity')).toBe('client');
  });
  it('denied, of what they recorded and deny', () => {
    const own = advance(eventsAfter('TestQuality'), by(client, step('RecordConformity')));
    expect(wordOn(said(own, 70, word('conformity', timeOf(own, 'ClientConformed'), false)), 'conformity')).toBe(
      'denied',
    );
  });
  it('both, once the client agrees, and denied, once they do not: their last word holds', () => {
    const arrived = eventsAfter('RecordArrival');
    const at = timeOf(arrived, 'ProviderArrived');
    const agreed = said(arrived, 70, word('arrival', at));
    expect(on(agreed, 'arrival')).toEqual({
      ...{ fact: 'arrival', clause: '1.1-01', recorded: at },
      ...{ index: 1, word: 'both', said: 2 },
    });
    const recanted = said(agreed, 71, word('arrival', at, false));
    expect(on(recanted, 'arrival')).toMatchObject({ word: 'denied', said: 3 });
    expect(on(said(recanted, 72, word('arrival', at)), 'arrival')).toMatchObject({ word: 'both', said: 4 });
  });
  it('nobody’s but the recorder’s, of a word that a provider recorded for the client', () => {
    const facts = [word('start', timeOf(working(), 'WorkStarted'))];
    const log = [...working(), fact('FactsAttested', { at: minute(70), facts, recordedBy: provider }, client)];
    expect(on(log, 'start')).toMatchObject({ word: 'provider' });
  });
  it.each([
    ['provider', provider],
    ['client', client],
  ] as const)(
    'of an act of the client that a settlement took, the word of the %s who had reported it',
    (role, reporter) => {
      const taken = settledFrom(working(), by(reporter, later(step('RecordConformity'), 65)));
      expect(taken.at(-2)?.data).toMatchObject({ by: { role: 'client' }, recordedBy: operator });
      expect(on(taken, 'conformity')).toMatchObject({ recorded: minute(65), word: role, said: null });
    },
  );
  it('of a time that was corrected, that of whoever recorded the fact, until the client speaks of the new one', () => {
    const agreed = said(working(), 70, word('start', timeOf(working(), 'WorkStarted')));
    const moved = advance(agreed, correct('start', timeOf(working(), 'WorkStarted'), minute(17)));
    expect(on(moved, 'start')).toMatchObject({ recorded: minute(17), word: 'provider', said: null });
    expect(wordOn(said(moved, 71, word('start', minute(17))), 'start')).toBe('both');
  });
  it('is said of what stands alone', () => {
    const left = advance(finished(), leave);
    const facts = dossier(left).facts.map((one) => one.fact);
    expect(facts).toEqual(expect.arrayContaining(['identity', 'tools', 'start']));
    for (const undone of ['arrival', 'tests', 'conformity', 'handover', 'belongings'])
      expect(facts).not.toContain(undone);
  });
});

describe('§6 what the client denies', () => {
  it('stands at the head, with the client’s reason, and leaves the log clean', () => {
    const at = timeOf(completed(), 'QualityTested');
    const log = said(completed(), 70, { ...word('tests', at, false), what: 'No se probó' }, word('start', minute(16)));
    expect(dossier(log).denials).toEqual([
      {
        ...{ fact: 'tests', recorded: at, what: 'No se probó', at: minute(70) },
        ...{ index: log.length - 1, by: client, stands: true },
      },
    ]);
    const { clean, findings } = audit(log);
    expect(clean).toBe(true);
    expect(findings.filter(({ index, kind }) => index === log.length - 1 && kind === 'deviation')).toEqual([
      expect.objectContaining({ clause: '1.1-47', facts: { denied: 'tests', recorded: at, what: 'No se probó' } }),
    ]);
  });
  it('contradicts the clause of the fact', () => {
    expect(verdictOf(working(), '1.1-40')).toBe('satisfied');
    expect(verdictOf(denied(), '1.1-40')).toBe('contradicted');
  });
  it('of an end that is closed is a denial of 1.1-10', () => {
    const closed = advance(working(), [instruct('visit', 'cancel'), close]);
    const log = said(closed, 70, word('end', minute(44), false));
    const deviations = (of: readonly VisitEvent[]) =>
      dossier(of).deviations.flatMap(({ clause, facts }) => (facts.denied === 'end' ? clause : []));
    expect(deviations(log)).toEqual(['1.1-10']);
    expect(on(log, 'end')).toMatchObject({ clause: '1.1-10', word: 'denied' });
    expect(verdictOf(log, '1.1-10')).toBe('contradicted');
    expect(verdictOf(log, '1.3-02')).toBe(verdictOf(closed, '1.3-02'));
    const ended = completed();
    expect(deviations(said(ended, 70, word('end', timeOf(ended, 'Completed'), false)))).toEqual(['1.3-02']);
  });
  it('contradicts nothing once it was taken back, which discharges no debt', () => {
    const back = said(denied(), 71, word('tools', timeOf(working(), 'ToolsShown')));
    expect(verdictOf(back, '1.1-40')).toBe('satisfied');
    expect([dossier(back).denials, wordOn(back, 'tools')]).toEqual([[], 'both']);
    const owed = dossier(back).debts.filter(({ kind }) => kind === 'take-up-escalation');
    expect(owed).toEqual([expect.objectContaining({ since: minute(70), endedBy: null })]);
    expect(dossier(back).deviations.some(({ facts }) => facts.denied === 'tools')).toBe(true);
  });
  it('is not taken back by what a provider recorded for the client', () => {
    const facts = [word('tools', timeOf(working(), 'ToolsShown'))];
    const log = [...denied(), fact('FactsAttested', { at: minute(71), facts, recordedBy: provider }, client)];
    expect([verdictOf(log, '1.1-40'), wordOn(log, 'tools')]).toEqual(['contradicted', 'denied']);
    const index = denied().length - 1;
    expect([on(log, 'tools')?.said, dossier(log).denials[0]?.index]).toEqual([index, index]);
  });
  it.each(['weather', 'constructor'])(
    'is a deviation of 0-02 where it denies a fact that does not exist: %s',
    (name) => {
      const facts = [{ fact: name as AttestedFact, recorded: minute(1), agrees: false }];
      const log = [...working(), fact('FactsAttested', { at: minute(70), facts }, client)];
      expect(dossier(log).deviations).toContainEqual(
        expect.objectContaining({ clause: '0-02', facts: expect.objectContaining({ denied: name }) }),
      );
    },
  );
  it('contradicts anew once it is denied again', () => {
    const at = timeOf(working(), 'ToolsShown');
    const again = said(said(denied(), 71, word('tools', at)), 72, word('tools', at, false));
    expect(verdictOf(again, '1.1-40')).toBe('contradicted');
  });
  it('goes on where another fact, or another time, is taken back', () => {
    const shown = advance(denied(), later(step('ShowTools'), 71));
    const other = said(shown, 72, word('tools', minute(71)), word('start', timeOf(working(), 'WorkStarted')));
    expect(verdictOf(other, '1.1-40')).toBe('contradicted');
  });
  it('contradicts nothing once the fact was annulled', () => {
    const log = said(working(), 70, word('start', timeOf(working(), 'WorkStarted'), false));
    expect(verdictOf(log, '1.1-43')).toBe('contradicted');
    const annulled = advance(log, annul('WorkStarted', timeOf(working(), 'WorkStarted'), minute(71)));
    expect(verdictOf(annulled, '1.1-43')).not.toBe('contradicted');
    expect(dossier(annulled).denials).toEqual([expect.objectContaining({ fact: 'start', stands: false })]);
    const again = advance(annulled, later(step('StartWork'), 72));
    expect([verdictOf(again, '1.1-43'), wordOn(again, 'start')]).toEqual(['satisfied', 'provider']);
  });
  it('contradicts nothing once the fact was undone', () => {
    const tested = advance(working(), step('TestQuality'));
    const log = said(tested, 70, word('tests', timeOf(tested, 'QualityTested'), false));
    expect(verdictOf(log, '1.1-47')).toBe('contradicted');
    expect(verdictOf(advance(log, later(askExtra, 71)), '1.1-47')).not.toBe('contradicted');
  });
  it('contradicts nothing once its time was corrected; of the new one it has to be denied anew', () => {
    const log = said(working(), 70, word('start', timeOf(working(), 'WorkStarted'), false));
    const moved = advance(log, correct('start', timeOf(working(), 'WorkStarted'), minute(17)));
    expect(verdictOf(moved, '1.1-43')).toBe('satisfied');
    expect(verdictOf(said(moved, 71, word('start', minute(17), false)), '1.1-43')).toBe('contradicted');
  });
  it('goes on contradicting where another time was corrected, or the fact was recorded again', () => {
    const moved = advance(denied(), correct('start', timeOf(working(), 'WorkStarted'), minute(17)));
    expect(verdictOf(moved, '1.1-40')).toBe('contradicted');
    const shown = advance(denied(), later(step('ShowTools'), 71));
    expect([verdictOf(shown, '1.1-40'), wordOn(shown, 'tools')]).toEqual(['contradicted', 'provider']);
    expect(dossier(shown).denials).toEqual([expect.objectContaining({ fact: 'tools', stands: false })]);
  });
  it('is a denial alone where the client says it: a provider’s event of it counts for nothing', () => {
    const facts = [word('tools', timeOf(working(), 'ToolsShown'), false)];
    const log = [...working(), fact('FactsAttested', { at: minute(70), facts, recordedBy: provider }, client)];
    expect([dossier(log).denials, wordOn(log, 'tools')]).toEqual([[], 'provider']);
    expect([audit(log).clean, verdictOf(log, '1.1-40')]).toEqual([false, 'satisfied']);
  });
  it('of a completed visit that is payable leaves it payable: the payer decides', () => {
    const documented = advance(finished(), by(operator, command('DocumentStart', { at: minute(42) })));
    const paid = advance(documented, complete);
    const log = said(paid, 70, word('end', timeOf(paid, 'Completed'), false));
    expect([dossier(paid).payable, dossier(log).payable]).toEqual([true, true]);
  });
});
