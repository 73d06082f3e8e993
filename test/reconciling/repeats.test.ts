import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { settlement } from '../../src/reconciling/index.ts';
import { eventsAfter, fact, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  actsIn,
  byCenter,
  callAt,
  client,
  operator,
  outcomesOf,
  provider,
  reconciled,
  recorded,
  reportIn,
  sent,
} from './support.ts';

const onSite = () => eventsAfter('RecordArrival');
const shown = sent('c-1', 'ShowCredential', 60, {});
const called = sent('c-2', 'ReportClientAbsence', 61, { call: callAt(61) });
const back = sent('c-3', 'RecordClientReturn', 62, {});
const strange = sent('c-4', 'ResumeWork', 63, { kind: 'break' });
const all = [shown, called, back, strange];

describe('0-02 a command that is on record under its id, with the same content, is not recorded again', () => {
  it('answers an event with its place', () => {
    const { log } = reconciled(onSite(), 2, ...all);
    expect(reconciled(log, 2, called)).toMatchObject({
      events: [],
      outcomes: [{ outcome: 'repeated', first: { outcome: 'accepted', position: 4 } }],
    });
  });
  it('answers a reported act with the rules that refused it', () => {
    const { log } = reconciled(onSite(), 2, ...all);
    expect(reconciled(log, 2, strange)).toMatchObject({
      events: [],
      outcomes: [
        { outcome: 'repeated', first: { outcome: 'refused', violations: [{ rule: 'on-break', clause: '1.1-43' }] } },
      ],
    });
  });
  it('answers a twin with the event that tells the fact', () => {
    const before = recorded(onSite(), byCenter('n-1', 'ReportClientAbsence', 62, { call: callAt(62) }));
    const { log } = reconciled(before, 2, called);
    expect(reconciled(log, 2, called)).toMatchObject({
      events: [],
      outcomes: [{ outcome: 'repeated', first: { outcome: 'twin', twinOf: 3 } }],
    });
  });
  it('takes the answer that was lost: the same batch whole, in part, or split in two', () => {
    const { log } = reconciled(onSite(), 2, ...all);
    const again = (...commands: VisitCommand[]) => reconciled(log, 2, ...commands);
    expect(again(...all).events).toEqual([]);
    expect(outcomesOf(again(...all))).toEqual(['repeated', 'repeated', 'repeated', 'repeated']);
    expect(outcomesOf(again(called, strange))).toEqual(['repeated', 'repeated']);
    expect(again(shown).events.concat(again(called, back, strange).events)).toEqual([]);
  });
  it('takes a batch that arrives in two parts like one, but for the place of the report', () => {
    const whole = reconciled(onSite(), 2, ...all);
    const first = reconciled(onSite(), 2, ...all.slice(0, 2));
    const second = reconciled(first.log, 2, ...all.slice(2));
    expect(second.log).toEqual(whole.log);
  });
  it('goes on where only a part had arrived', () => {
    const { log } = reconciled(onSite(), 2, shown, called);
    expect(outcomesOf(reconciled(log, 2, ...all))).toEqual(['repeated', 'repeated', 'accepted', 'refused']);
  });
  it('counts repeats within one batch', () => {
    const { outcomes, log } = reconciled(onSite(), 2, shown, strange, shown, strange);
    expect(outcomes.slice(2)).toEqual([
      { outcome: 'repeated', first: { outcome: 'accepted', position: 3 } },
      { outcome: 'repeated', first: { outcome: 'refused', violations: [{ rule: 'on-break', clause: '1.1-43' }] } },
    ]);
    expect(reportIn(log).acts).toHaveLength(1);
  });
  it('leaves derived fields and metadata aside', () => {
    const log = recorded(
      eventsAfter('StartWork'),
      sent('c-1', 'TestQuality', 60, { withClient: true, tests: [{ name: 'a', passed: true }] }),
    );
    const again = sent('c-1', 'TestQuality', 60, { tests: [{ passed: true, name: 'a' }], withClient: true });
    const metadata = { ...again.metadata, device: 'teléfono 7' };
    expect(outcomesOf(reconciled(log, 5, { ...again, metadata } as VisitCommand))).toEqual(['repeated']);
  });
  it('answers an act of the client that the provider recorded', () => {
    const conformed = sent('c-1', 'RecordConformity', 90, {});
    expect(outcomesOf(reconciled(recorded(eventsAfter('TestQuality'), conformed), 2, conformed))).toEqual(['repeated']);
  });
});

describe('0-02 the id of other content is refused by id-reused, and reported', () => {
  const other = (command: VisitCommand, commandId: string) =>
    ({ ...command, metadata: { ...command.metadata, commandId } }) as VisitCommand;
  const reused = { rule: 'id-reused', clause: '0-02', facts: { commandId: 'c-1' } };

  it.each<[string, VisitCommand]>([
    ['another type', other(called, 'c-1')],
    ['other data', sent('c-1', 'ShowCredential', 61, {})],
    ['more data', sent('c-1', 'ShowCredential', 60, { credentialId: 'C-7' })],
  ])('refuses %s', (_, command) => {
    const { log } = reconciled(onSite(), 2, shown);
    const next = reconciled(log, 2, command);
    expect(next.outcomes).toEqual([{ outcome: 'refused', violations: [reused] }]);
    expect(actsIn(next.log)).toMatchObject([{ on: 3, violations: ['0-02 id-reused'], lawfulThen: true }]);
  });
  it('refuses the id of another recorder', () => {
    const log = recorded(onSite(), byCenter('c-1', 'NotifyClient', 50, { about: ['delay'], reached: true }));
    expect(reconciled(log, 2, shown).outcomes).toEqual([{ outcome: 'refused', violations: [reused] }]);
    const k = sent('c-1', 'RecordConformity', 90, {}, client);
    const tested = recorded(eventsAfter('TestQuality'), sent('c-1', 'RecordConformity', 90, {}));
    expect(reconciled(tested, 2, k).outcomes).toEqual([{ outcome: 'refused', violations: [reused] }]);
  });
  it('refuses the id of a reported act', () => {
    const { log } = reconciled(onSite(), 2, strange);
    expect(outcomesOf(reconciled(log, 2, other(shown, 'c-4')))).toEqual(['refused']);
  });
  it('refuses it though a reported act under another id has the same content', () => {
    const { log } = reconciled(onSite(), 2, shown, strange);
    expect(outcomesOf(reconciled(log, 2, other(strange, 'c-1')))).toEqual(['refused']);
  });
  it('refuses it within one batch', () => {
    expect(outcomesOf(reconciled(onSite(), 2, shown, other(called, 'c-1')))).toEqual(['accepted', 'refused']);
    expect(outcomesOf(reconciled(onSite(), 2, strange, other(called, 'c-4')))).toEqual(['refused', 'refused']);
  });
  it('reports it once: the same again is a repeat', () => {
    const first = reconciled(onSite(), 2, shown, other(called, 'c-1'));
    const again = reconciled(first.log, 2, shown, other(called, 'c-1'), other(called, 'c-1'));
    expect(again.events).toEqual([]);
    expect(again.outcomes.slice(1)).toEqual(
      Array.from({ length: 2 }, () => ({
        outcome: 'repeated',
        first: { outcome: 'refused', violations: [{ rule: 'id-reused', clause: '0-02' }] },
      })),
    );
  });
  it('refuses the id of a fact that somebody else put on record', () => {
    const metadata = { commandId: 'c-1', recorder: operator };
    const log = [...onSite(), fact('CredentialShown', { at: minute(60) }, provider, metadata)];
    expect(outcomesOf(reconciled(log, 2, shown))).toEqual(['refused']);
    const own = [
      ...onSite(),
      fact('CredentialShown', { at: minute(60) }, provider, { ...metadata, recorder: provider }),
    ];
    expect(outcomesOf(reconciled(own, 2, shown))).toEqual(['repeated']);
  });
  it('refuses the id of a settlement, and repeats the act that it took', () => {
    const { log } = reconciled(onSite(), 2, strange);
    const settled = settlement({
      log,
      discrepancyId: 'd-3',
      taken: [0],
      text: 'sí',
      at: minute(70),
      operator,
      commandId: 's-1',
    });
    const after = [...log, ...(settled.ok ? settled.events : [])];
    expect(replay(after).debts).toEqual([]);
    expect(outcomesOf(reconciled(after, 2, strange, other(shown, 's-1')))).toEqual(['repeated', 'refused']);
  });
});
