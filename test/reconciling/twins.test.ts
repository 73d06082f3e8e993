import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { reconcile, settlement } from '../../src/reconciling/index.ts';
import { eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { Policy } from '../../src/visit/index.ts';
import {
  actsIn,
  byCenter,
  callAt,
  operator,
  outcomesOf,
  provider,
  reconciled,
  recorded,
  reportIn,
  sent,
} from './support.ts';

const before = () => eventsBefore('ReportStart');
const startAt = (commandId: string, minutes: number, call = callAt(minutes)) =>
  sent(commandId, 'ReportStart', minutes, { call });
const startFor = (commandId: string, minutes: number, call = callAt(minutes)) =>
  byCenter(commandId, 'ReportStart', minutes, { call });

/** The outcome of a start call of the provider at a minute, where the contact center had recorded one at another. */
const outcomeOf = (own: VisitCommand, ...told: VisitCommand[]) => {
  const seen = before();
  return outcomesOf(reconciled(recorded(seen, ...told), seen.length, own))[0];
};

describe('1.1-10 one fact that was told twice is a twin', () => {
  it('reports it with the event that tells the same, and owes nothing', () => {
    const seen = before();
    const { log, outcomes } = reconciled(recorded(seen, startFor('n-1', 62)), seen.length, startAt('c-1', 60));
    expect(outcomes).toEqual([{ outcome: 'twin', twinOf: seen.length + 1 }]);
    expect(actsIn(log)).toEqual([
      { type: 'StartReported', on: seen.length + 1, lawfulThen: true, violations: [], twinOf: seen.length + 1 },
    ]);
    expect(reportIn(log).acts[0]?.data).toEqual({ visitId: 'visit-1', at: minute(60), call: callAt(60), by: provider });
  });
  it('says of a twin, too, that it was not lawful then', () => {
    const absent = { call: callAt(61) };
    const seen = eventsAfter('AssignVisit');
    const log = recorded(
      seen,
      byCenter('n-1', 'RecordArrival', 60, {}),
      byCenter('n-2', 'ReportClientAbsence', 61, absent),
    );
    const report = reconciled(log, seen.length, sent('c-1', 'ReportClientAbsence', 61, absent));
    expect(actsIn(report.log)).toMatchObject([{ lawfulThen: false, twinOf: 3 }]);
  });
  it.each([
    [10, 'twin'],
    [-10, 'twin'],
    [11, 'accepted'],
    [-11, 'accepted'],
  ])('within ten minutes, inclusive: %i minutes are %s', (gap, outcome) => {
    expect(outcomeOf(startAt('c-1', 60), startFor('n-1', 60 + gap))).toBe(outcome);
  });
  it.each([
    ['calls that are near', 90, 62, 'twin'],
    ['calls that are just near', 90, 71, 'twin'],
    ['times that are near', 61, 90, 'twin'],
    ['neither', 90, 72, 'accepted'],
    ['a time that is near the other’s call', 75, 90, 'accepted'],
  ])('compares times with times and calls with calls: %s', (_, at, call, outcome) => {
    expect(outcomeOf(startAt('c-1', 60, callAt(61)), startFor('n-1', at, callAt(call)))).toBe(outcome);
  });
  it('compares notices with notices', () => {
    const seen = eventsAfter('StartWork');
    const leave = { kind: 'second-visit', notice: callAt(61) } as const;
    const log = recorded(seen, byCenter('n-1', 'PauseWork', 90, leave));
    expect(outcomesOf(reconciled(log, seen.length, sent('c-1', 'PauseWork', 40, leave)))).toEqual(['twin']);
    const other = { kind: 'second-visit', notice: callAt(30) } as const;
    expect(outcomesOf(reconciled(log, seen.length, sent('c-1', 'PauseWork', 40, other)))).toEqual(['refused']);
  });
  it('takes the minutes from the policy', () => {
    const seen = before();
    const log = recorded(seen, startFor('n-1', 61));
    const judge = (policy: Policy) =>
      reconcile({ log, basedOn: seen.length, commands: [startAt('c-1', 60)], policy }) as { outcomes?: object[] };
    expect(judge({ twinMinutes: 0 }).outcomes).toMatchObject([{ outcome: 'accepted' }]);
    expect(judge({ twinMinutes: 1 }).outcomes).toMatchObject([{ outcome: 'twin' }]);
    expect(judge({}).outcomes).toMatchObject([{ outcome: 'twin' }]);
  });
  it('takes the one with the least gap, else the first', () => {
    const seen = before();
    const log = recorded(seen, startFor('n-1', 65), startFor('n-2', 63), startFor('n-3', 57));
    expect(reconciled(log, seen.length, startAt('c-1', 60)).outcomes).toEqual([
      { outcome: 'twin', twinOf: seen.length + 2 },
    ]);
  });
  it('takes each event once: in a batch, and over batches', () => {
    const seen = before();
    const log = recorded(seen, startFor('n-1', 61));
    const commands = [startAt('c-1', 60), startAt('c-2', 60)];
    const whole = reconciled(log, seen.length, ...commands);
    expect(outcomesOf(whole)).toEqual(['twin', 'accepted']);
    const first = reconciled(log, seen.length, startAt('c-1', 60));
    expect(outcomesOf(reconciled(first.log, seen.length, startAt('c-2', 60)))).toEqual(['accepted']);
  });
  it('looks at what came after basedOn alone', () => {
    const log = recorded(before(), startFor('n-1', 61));
    expect(outcomesOf(reconciled(log, log.length, startAt('c-1', 60)))).toEqual(['accepted']);
    expect(outcomesOf(reconciled(log, log.length - 1, startAt('c-1', 60)))).toEqual(['twin']);
  });
  it('looks at what the contact center recorded alone', () => {
    const seen = before();
    const log = recorded(seen, startAt('c-0', 60));
    expect(outcomesOf(reconciled(log, seen.length, startAt('c-1', 60)))).toEqual(['accepted']);
  });
  it('looks at what was recorded for the same provider', () => {
    const irresolvable = { issue: 'breakdown', resolvable: false } as const;
    const seen = eventsAfter('AssignVisit');
    const log = recorded(
      seen,
      byCenter('n-1', 'GiveInstruction', 58, { about: 'visit', decision: 'reassign', text: 'otro' }),
      byCenter('n-2', 'ReassignProvider', 59, { provider: { id: 'prov-2', name: 'Luis' }, arriveBy: minute(90) }),
      byCenter('n-3', 'ReportTransitIssue', 60, irresolvable),
    );
    expect(outcomesOf(reconciled(log, seen.length, sent('c-1', 'ReportTransitIssue', 60, irresolvable)))).toEqual([
      'refused',
    ]);
  });
  it('takes no escalation for another', () => {
    const seen = before();
    const log = recorded(seen, byCenter('n-1', 'EscalateClientImpact', 60, { what: 'se mojó' }));
    const own = sent('c-1', 'EscalateClientImpact', 60, { what: 'se mojó' });
    expect(outcomesOf(reconciled(log, seen.length, own))).toEqual(['accepted']);
  });
  it('takes no act that is the provider’s alone', () => {
    const seen = eventsAfter('RecordArrival');
    const log = [...seen, fact('CredentialShown', { at: minute(60), recordedBy: operator })];
    expect(outcomesOf(reconciled(log, seen.length, sent('c-1', 'ShowCredential', 60, {})))).toEqual(['accepted']);
  });
});

describe('1.1-10 a twin says the same', () => {
  const photos = { photos: ['f-1', 'f-2'].map((photoId) => ({ photoId, sha256: 'a'.repeat(64), takenAt: minute(9) })) };
  const taken = () => recorded(eventsBefore('TakePhotos'), sent('c-0', 'TakePhotos', 9, photos));
  const transit = () => eventsAfter('AssignVisit');
  const outcome = (seen: VisitEvent[], told: VisitCommand, own: VisitCommand) =>
    outcomesOf(reconciled(recorded(seen, told), seen.length, own))[0];

  it.each<[string, object, object, string]>([
    ['the same list', { photoIds: ['f-1', 'f-2'] }, { photoIds: ['f-1', 'f-2'] }, 'twin'],
    ['another order', { photoIds: ['f-2', 'f-1'] }, { photoIds: ['f-1', 'f-2'] }, 'accepted'],
    ['fewer photographs', { photoIds: ['f-1'] }, { photoIds: ['f-1', 'f-2'] }, 'accepted'],
    [
      'another channel',
      { photoIds: ['f-1'], channel: 'email', appUnavailableReason: 'x' },
      { photoIds: ['f-1'] },
      'accepted',
    ],
  ])('photographs: %s', (_, told, own, expected) => {
    const channel = { channel: 'app' };
    const data = [told, own].map((one) => ({ ...channel, ...one })) as [never, never];
    const answer = outcome(
      taken(),
      byCenter('n-1', 'SubmitPhotos', 20, data[0]),
      sent('c-1', 'SubmitPhotos', 20, data[1]),
    );
    expect(answer).toBe(expected);
  });
  it.each<[string, object, object, string]>([
    ['the same', { issue: 'delay' }, { issue: 'delay', detail: 'tráfico' }, 'twin'],
    [
      'another issue',
      { issue: 'delay' },
      { issue: 'breakdown', resolvable: true, exceedsResponseTime: true },
      'accepted',
    ],
    ['more said by the center', { issue: 'delay', resolvable: true }, { issue: 'delay' }, 'twin'],
    ['more said by the provider', { issue: 'delay' }, { issue: 'delay', resolvable: true }, 'accepted'],
    [
      'otherwise resolvable',
      { issue: 'breakdown', resolvable: true, exceedsResponseTime: true },
      { issue: 'breakdown', resolvable: true, exceedsResponseTime: false },
      'accepted',
    ],
  ])('an issue on the way: %s', (_, told, own, expected) => {
    const [center, provider] = [told, own] as [never, never];
    expect(
      outcome(
        transit(),
        byCenter('n-1', 'ReportTransitIssue', 5, center),
        sent('c-1', 'ReportTransitIssue', 6, provider),
      ),
    ).toBe(expected);
  });
  it('a break is no second visit', () => {
    const seen = eventsAfter('StartWork');
    const told = byCenter('n-1', 'PauseWork', 60, { kind: 'break' });
    expect(outcome(seen, told, sent('c-1', 'PauseWork', 60, { kind: 'second-visit', notice: callAt(60) }))).toBe(
      'accepted',
    );
  });
  it('another case number is another call', () => {
    const seen = eventsBefore('ReportCompletion');
    const named = (caseNumber: string) => ({ caseNumber, call: callAt(60) });
    const told = byCenter('n-1', 'ReportCompletion', 60, named('EXP-1'));
    expect(outcome(seen, told, sent('c-1', 'ReportCompletion', 60, named('EXP-1')))).toBe('twin');
    expect(outcome(seen, told, sent('c-1', 'ReportCompletion', 60, named('EXP-2')))).toBe('refused');
  });
});

describe('1.1-10 what does not stand has no twin', () => {
  const annul = (commandId: string, act: 'ProviderArrived' | 'Completed', at: number) =>
    byCenter(commandId, 'AnnulAct', 80, { act, recorded: minute(at), reason: 'por error' });
  const arrivedFor = (commandId: string, at: number) => byCenter(commandId, 'RecordArrival', at, {});

  it('not an arrival that was annulled', () => {
    const seen = eventsAfter('AssignVisit');
    const log = recorded(seen, arrivedFor('n-1', 60), annul('n-2', 'ProviderArrived', 60));
    expect(outcomesOf(reconciled(log, 1, sent('c-1', 'RecordArrival', 60, {})))).toEqual(['accepted']);
  });
  it('not an arrival that was annulled under its corrected time', () => {
    const correct = byCenter('n-2', 'CorrectTime', 79, {
      what: 'arrival',
      recorded: minute(60),
      corrected: minute(50),
      reason: 'error',
    });
    const log = recorded(
      eventsAfter('AssignVisit'),
      arrivedFor('n-1', 60),
      correct,
      annul('n-3', 'ProviderArrived', 50),
    );
    expect(outcomesOf(reconciled(log, 1, sent('c-1', 'RecordArrival', 60, {})))).toEqual(['accepted']);
  });
  it('compares with the time as it was recorded, not as it was corrected', () => {
    const correct = byCenter('n-2', 'CorrectTime', 79, {
      what: 'arrival',
      recorded: minute(60),
      corrected: minute(30),
      reason: 'error',
    });
    const log = recorded(eventsAfter('AssignVisit'), arrivedFor('n-1', 60), correct);
    expect(outcomesOf(reconciled(log, 1, sent('c-1', 'RecordArrival', 61, {})))).toEqual(['twin']);
    expect(outcomesOf(reconciled(log, 1, sent('c-1', 'RecordArrival', 30, {})))).toEqual(['refused']);
  });
  it('but an arrival before a second visit, when a later one was annulled', () => {
    const leave = byCenter('n-2', 'PauseWork', 62, { kind: 'second-visit', notice: callAt(62) });
    const log = recorded(
      eventsAfter('AssignVisit'),
      arrivedFor('n-1', 60),
      leave,
      arrivedFor('n-3', 64),
      annul('n-4', 'ProviderArrived', 64),
    );
    expect(reconciled(log, 1, sent('c-1', 'RecordArrival', 63, {})).outcomes).toEqual([{ outcome: 'twin', twinOf: 2 }]);
  });
  it('not an absence that went with the arrival', () => {
    const absent = byCenter('n-2', 'ReportClientAbsence', 61, { call: callAt(61) });
    const own = [sent('c-1', 'RecordArrival', 90, {}), sent('c-2', 'ReportClientAbsence', 61, { call: callAt(61) })];
    const log = recorded(eventsAfter('AssignVisit'), arrivedFor('n-1', 60), absent);
    expect(outcomesOf(reconciled(log, 1, ...own))).toEqual(['refused', 'twin']);
    const undone = recorded(log, annul('n-3', 'ProviderArrived', 60));
    expect(outcomesOf(reconciled(undone, 1, ...own))).toEqual(['accepted', 'accepted']);
  });
  it('but an absence that had ended before', () => {
    const absent = byCenter('n-2', 'ReportClientAbsence', 61, { call: callAt(61) });
    const log = recorded(
      eventsAfter('AssignVisit'),
      arrivedFor('n-1', 60),
      absent,
      sent('c-0', 'RecordClientReturn', 65, {}),
      annul('n-3', 'ProviderArrived', 60),
    );
    const own = sent('c-2', 'ReportClientAbsence', 61, { call: callAt(61) });
    expect(outcomesOf(reconciled(log, 1, own))).toEqual(['twin']);
  });
  it('not a completion that was annulled, nor its completion calls', () => {
    const seen = eventsBefore('ReportCompletion');
    const call = { caseNumber: 'EXP-1', call: callAt(60) };
    const log = recorded(
      seen,
      byCenter('n-1', 'ReportCompletion', 60, call),
      byCenter('n-2', 'ReportCompletion', 61, call),
      byCenter('n-3', 'CompleteVisit', 62, {}),
    );
    const own = [sent('c-1', 'ReportCompletion', 60, call), sent('c-2', 'CompleteVisit', 62, {})];
    expect(outcomesOf(reconciled(log, seen.length, ...own))).toEqual(['twin', 'twin']);
    const undone = recorded(log, annul('n-4', 'Completed', 62));
    expect(outcomesOf(reconciled(undone, seen.length, ...own))).toEqual(['accepted', 'accepted']);
  });
  it('but what an annulment of nothing leaves', () => {
    const stale = fact('ActAnnulled', { act: 'ProviderArrived', recorded: minute(1), reason: 'x' }, operator);
    const log = [...recorded(eventsAfter('AssignVisit'), arrivedFor('n-1', 60)), stale];
    expect(outcomesOf(reconciled(log, 1, sent('c-1', 'RecordArrival', 60, {})))).toEqual(['twin']);
  });
  it('not what a settlement took', () => {
    const seen = eventsAfter('StartWork');
    const away = byCenter('n-1', 'PauseWork', 50, { kind: 'second-visit', notice: callAt(50) });
    const pause = (commandId: string, minutes: number) => sent(commandId, 'PauseWork', minutes, { kind: 'break' });
    const first = reconciled(recorded(seen, away), seen.length, pause('c-1', 70), pause('c-2', 95));
    expect(outcomesOf(first)).toEqual(['refused', 'refused']);
    const settled = settlement({
      log: first.log,
      discrepancyId: `d-${first.log.length}`,
      taken: [0, 1],
      text: 'las pausas fueron ciertas',
      at: minute(99),
      operator,
      commandId: 's-1',
    });
    const log = [...first.log, ...(settled.ok ? settled.events : [])];
    const again = [pause('c-3', 70), pause('c-4', 95)];
    expect(outcomesOf(reconciled(log, seen.length, ...again))).toEqual(['refused', 'refused']);
    // The same event, not brought by a settlement, is one that the contact center recorded.
    const told = fact('ClientNotified', { about: [], reached: true }, operator);
    const recordedFirst = [...log.slice(0, -1), told, ...log.slice(-1)];
    expect(outcomesOf(reconciled(recordedFirst, seen.length, ...again))).toEqual(['twin', 'twin']);
  });
  it('and what an event of an unknown type tells is no act', () => {
    const seen = before();
    const later = {
      type: 'FencePainted',
      data: { visitId: 'visit-1', at: minute(60), by: provider, recordedBy: operator },
    };
    const log = [...seen, later as never, ...recorded(seen, startFor('n-1', 61)).slice(seen.length)];
    expect(outcomesOf(reconciled(log, seen.length, startAt('c-1', 60)))).toEqual(['twin']);
  });
});
