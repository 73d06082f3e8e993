import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { audit, dossier, missing } from '../../src/reading/index.ts';
import { visitTimeline } from '../../src/reading/timeline.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { replay, worked } from '../../src/visit/index.ts';
import {
  absence,
  annul,
  arrival,
  client,
  close,
  complete,
  correct,
  instruct,
  leave,
  objection,
  operator,
  pause,
  placeIn,
  plain,
  provider,
  resume,
} from '../scenarios/commands.ts';
import { working } from '../scenarios/moments.ts';

const finished = () => advance([], plain);
const reason = 'se marcó por error';
const late = 'se marcó tarde';
const named = { caseNumber: 'EXP-1', call: { at: minute(40) } };
const corrections = (events: readonly VisitEvent[]) =>
  audit(events).findings.filter(({ kind }) => kind === 'correction');
const verdict = (clause: ClauseId, events: readonly VisitEvent[]) => {
  const { payment, protocol } = dossier(events);
  return [...payment, ...protocol].find((one) => one.clause === clause);
};
const lags = (name: string, events: readonly VisitEvent[]) =>
  dossier(events)
    .measures.filter((measure) => measure.name === name)
    .map(({ index, value, flagged }) => [index, value / 60_000, flagged]);
const remarks = (events: readonly VisitEvent[], ...measures: readonly string[]) =>
  audit(events)
    .findings.filter(({ kind, facts }) => kind === 'measure' && measures.includes(String(facts.what ?? facts.measure)))
    .map(({ index, facts }) => [index, facts.what ?? facts.measure]);
const at = (events: readonly VisitEvent[], ...next: readonly VisitCommand[]) => advance(events, next);

describe('1.1-10 a correction is a finding of its own and leaves a log clean', () => {
  it('an act that is annulled: what was first recorded, that nothing stands, who, when and why', () => {
    const events = at(eventsAfter('RecordArrival'), annul('ProviderArrived', minute(1)));
    const facts = { act: 'ProviderArrived', of: 1, first: minute(1), recorded: minute(1), now: null, by: operator };
    expect(audit(events).clean).toBe(true);
    expect(corrections(events)).toEqual([
      {
        index: 2,
        kind: 'correction',
        clause: '1.1-10',
        facts: { kind: 'annulled', ...facts, at: minute(60), reason, undone: [] },
      },
    ]);
    const [correction] = dossier(events).corrections;
    expect(correction).toEqual({ index: 2, kind: 'annulled', ...facts, at: minute(60), reason, undone: [] });
    expect(dossier(events).remarks).toEqual([]);
  });
  it('a time that is corrected twice: what was first recorded, what stood and what stands now', () => {
    const once = at(eventsAfter('RecordArrival'), correct('arrival', minute(1), minute(2)));
    const events = at(once, correct('arrival', minute(2), minute(3)));
    const both = { kind: 'time', what: 'arrival', of: 1, first: minute(1), by: operator, at: minute(61), reason: late };
    expect(dossier(events).corrections).toEqual([
      { index: 2, ...both, recorded: minute(1), now: minute(2) },
      { index: 3, ...both, recorded: minute(2), now: minute(3) },
    ]);
    expect(audit(events).clean).toBe(true);
  });
  it('of the arrival that stands, though an earlier one had that time', () => {
    const again = [leave, command('RecordArrival', { at: minute(1) })];
    const moved = at(eventsAfter('RecordArrival'), correct('arrival', minute(1), minute(2)));
    const events = at(at(moved, ...again), correct('arrival', minute(1), minute(40)));
    expect(dossier(events).corrections).toMatchObject([{ of: 1 }, { of: 4, first: minute(1), now: minute(40) }]);
  });
  it('of what is on record twice, by the event whose time stands: the first start and call, the last arrival', () => {
    const again = [fact('ProviderArrived', { at: minute(2) }), fact('WorkStarted', { at: minute(17) })];
    const [arrivedTwice] = [[...eventsAfter('RecordArrival'), again[0] as VisitEvent]];
    const startedTwice = [...working(), again[1] as VisitEvent];
    const calledTwice = at(eventsAfter('ReportCompletion'), command('ReportCompletion', { ...named, at: minute(40) }));
    const corrected = [
      at(arrivedTwice, correct('arrival', minute(2), minute(3))),
      at(startedTwice, correct('start', minute(16), minute(15))),
      at(calledTwice, correct('completion-call', minute(21), minute(20))),
    ];
    expect(corrected.map((events) => dossier(events).corrections.map(({ of }) => of))).toEqual([
      [2],
      [startedTwice.length - 2],
      [calledTwice.length - 2],
    ]);
  });
  it('1.1-10 an annulment undoes what the protocol says, and nothing else: an absence stays, and a call', () => {
    const undone = (events: readonly VisitEvent[]) => corrections(events).map(({ facts }) => facts.undone);
    const closed = (events: readonly VisitEvent[]) =>
      at(events, instruct('visit', 'cancel'), close, annul('VisitClosed', minute(44)));
    const absent = closed(at(eventsAfter('RecordArrival'), absence));
    expect([undone(absent), verdict('1.1-09', absent)?.evidence]).toEqual([[[]], [2]]);
    const called = closed(eventsBefore('CompleteVisit'));
    expect([undone(called), verdict('1.3-04', called)?.status]).toEqual([[[]], 'satisfied']);
    const back = at(eventsAfter('RecordArrival'), absence, command('RecordClientReturn', { at: minute(32) }));
    const left = at(back, annul('ProviderArrived', minute(1)));
    expect([undone(left), verdict('1.1-09', left)?.evidence]).toEqual([[[]], [2]]);
  });
  it.each([
    ['start', minute(16), 'WorkStarted'],
    ['interruption', minute(30), 'Paused'],
    ['resumption', minute(31), 'Resumed'],
  ] as const)('the %s of an interval, by the event that recorded it', (what, recorded, type) => {
    const meanwhile = command('ShowTools', { at: minute(29), tools: ['sierra'] });
    const events = at(working(), meanwhile, pause, resume, correct(what, recorded, recorded));
    expect(dossier(events).corrections).toMatchObject([{ what, of: placeIn(events, type), first: recorded }]);
  });
  it('1.3-02 the completion call and the end', () => {
    const events = at(
      finished(),
      correct('completion-call', minute(21), minute(20)),
      correct('end', minute(23), minute(30)),
    );
    expect(dossier(events).corrections).toMatchObject([
      { what: 'completion-call', of: placeIn(events, 'CompletionReported'), now: minute(20) },
      { what: 'end', of: placeIn(events, 'Completed'), now: minute(30) },
    ]);
    expect(audit(events).clean).toBe(true);
  });
  it('contradicts no clause', () => {
    const events = at(finished(), annul('Completed', minute(23)));
    expect(verdict('1.1-10', events)?.status).toBe('not-applicable');
  });
  it('of what does not stand is a violation, and no correction', () => {
    const annulled = fact('ActAnnulled', { at: minute(60), act: 'WorkStarted', recorded: minute(1), reason }, operator);
    const corrected = { at: minute(60), what: 'start', recorded: minute(1), corrected: minute(2), reason };
    const events = [...eventsAfter('RecordArrival'), annulled, fact('TimeCorrected', corrected, operator)];
    const { findings } = audit(events);
    expect(findings.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['violation', 'act-stands'],
      ['violation', 'start-alone'],
      ['violation', 'time-stands'],
    ]);
    const another = fact(
      'ActAnnulled',
      { at: minute(60), act: 'ProviderArrived', recorded: minute(9), reason },
      operator,
    );
    expect(audit([...eventsAfter('RecordArrival'), another]).findings).toMatchObject([{ rule: 'act-stands' }]);
  });
  it('that a rule refuses and that changes the state is both', () => {
    const own = fact('ActAnnulled', { at: minute(60), act: 'ProviderArrived', recorded: minute(1), reason }, provider);
    const { findings, state } = audit([...eventsAfter('RecordArrival'), own]);
    expect(state.arrival.arrivedAt).toBeNull();
    expect(findings.map(({ kind, rule }) => [kind, rule])).toEqual([
      ['violation', 'role'],
      ['correction', undefined],
    ]);
  });
});

describe('an annulled fact proves nothing', () => {
  it('1.1-01 an arrival, corrected or not', () => {
    const moved = at(eventsAfter('RecordArrival'), correct('arrival', minute(1), minute(2)));
    expect(verdict('1.1-01', moved)).toMatchObject({ status: 'satisfied', evidence: [1] });
    const events = at(moved, annul('ProviderArrived', minute(2)));
    expect(verdict('1.1-01', events)).toMatchObject({ status: 'missing', evidence: [] });
    expect(dossier(events).measures).toEqual([]);
    expect(verdict('1.1-01', at(events, arrival))).toMatchObject({ status: 'satisfied', evidence: [4] });
  });
  it('1.1-01 the arrival that stands, and not an earlier one', () => {
    const back = at(eventsAfter('RecordArrival'), leave, arrival);
    expect(verdict('1.1-01', back)?.evidence).toEqual([1, 3]);
    expect(verdict('1.1-01', at(back, annul('ProviderArrived', minute(35))))?.evidence).toEqual([1]);
  });
  it('1.1-09, 1.1-10 an absence that was reported after it, and the question that it opened', () => {
    const absent = at(eventsAfter('RecordArrival'), absence);
    expect(verdict('1.1-09', absent)).toMatchObject({ status: 'satisfied', evidence: [2] });
    expect(verdict('1.1-10', absent)).toMatchObject({ status: 'missing', evidence: [2] });
    const events = at(absent, annul('ProviderArrived', minute(1)));
    expect(verdict('1.1-09', events)).toMatchObject({ status: 'not-applicable', evidence: [] });
    expect(verdict('1.1-10', events)).toMatchObject({ status: 'not-applicable', evidence: [] });
    expect(dossier(events).debts).toMatchObject([{ kind: 'give-instruction', endedBy: 3, lapsed: false }]);
    const answered = at(absent, instruct('client-absence', 'wait'), annul('ProviderArrived', minute(1)));
    expect(verdict('1.1-10', answered)).toMatchObject({ status: 'satisfied', evidence: [2, 3] });
  });
  it('1.1-09 an absence that was reported twice', () => {
    const twice = at(eventsAfter('RecordArrival'), absence, instruct('client-absence', 'wait'), absence);
    expect(verdict('1.1-09', twice)?.evidence).toEqual([2, 4]);
    const events = at(twice, annul('ProviderArrived', minute(1)));
    expect(dossier(events).corrections).toMatchObject([{ of: 1, undone: [2, 4] }]);
    expect(verdict('1.1-09', events)).toMatchObject({ status: 'not-applicable', evidence: [] });
    const { entries } = visitTimeline(events);
    expect(entries.map(({ status, revisedBy }) => [status, revisedBy])).toEqual([
      ['stands', null],
      ['annulled', 5],
      ['annulled', 5],
      ['stands', null],
      ['annulled', 5],
      ['stands', null],
    ]);
  });
  it('1.1-43, 1.1-26 a start, and its lag; the start call still stands', () => {
    const events = at(working(), annul('WorkStarted', minute(16)));
    expect(verdict('1.1-43', events)).toMatchObject({ status: 'missing', evidence: [] });
    expect(verdict('1.1-26', events)).toMatchObject({
      status: 'satisfied',
      evidence: [placeIn(events, 'StartReported')],
    });
    expect(lags('start-call', events)).toEqual([]);
    const again = at(events, command('StartWork', { at: minute(18) }));
    expect(lags('start-call', again)).toEqual([[again.length - 1, 3, false]]);
    expect(worked(replay(again), minute(20)).workedMs).toBe(2 * 60_000);
  });
  it('1.3-02 a completion, but no call that an objection had undone before', () => {
    const objected = at(eventsBefore('CompleteVisit'), command('RecordObjection', { at: minute(40), what: 'gotea' }));
    const completed = [...objected, fact('Completed', { at: minute(43) }, provider)];
    const events = at(completed, annul('Completed', minute(43)));
    expect(lags('completion-call', objected)).toHaveLength(1);
    expect(lags('completion-call', events)).toEqual(lags('completion-call', objected));
    const call = placeIn(events, 'CompletionReported');
    expect(visitTimeline(events).entries[call]).toMatchObject({ status: 'stands', revisedBy: null });
  });
  it('1.3-02, 1.3-04 a completion, and its completion call', () => {
    const slow = command('ReportCompletion', { at: minute(50), caseNumber: 'EXP-1', call: { at: minute(50) } });
    const twice = at(eventsBefore('CompleteVisit'), slow, complete);
    expect(verdict('1.3-02', twice)?.status).toBe('satisfied');
    const events = at(twice, annul('Completed', minute(43)));
    expect(verdict('1.3-02', events)).toMatchObject({ status: 'missing', evidence: [] });
    expect(verdict('1.3-04', events)).toMatchObject({ status: 'missing', evidence: [] });
    expect(lags('completion-call', events)).toEqual([]);
    expect(remarks(events, 'completion-call')).toEqual([]);
    expect(dossier(events)).toMatchObject({ outcome: null, payable: false, running: true });
    const again = at(events, slow, complete);
    expect(verdict('1.3-02', again)).toMatchObject({ status: 'late', evidence: [events.length] });
    expect(audit(again).clean).toBe(true);
  });
  it('1.3-02 a completion, also when the end of work that it left behind is corrected', () => {
    const annulled = at(finished(), annul('Completed', minute(23)));
    const events = at(annulled, correct('interruption', minute(23), minute(25)));
    expect(corrections(events)).toHaveLength(2);
    expect(verdict('1.3-02', events)).toMatchObject({ status: 'missing', evidence: [] });
    expect(verdict('1.3-02', events)).toEqual(verdict('1.3-02', annulled));
    const entryIn = (log: readonly VisitEvent[]) => visitTimeline(log).entries[plain.length - 1];
    expect(events[plain.length - 1]?.type).toBe('Completed');
    expect(entryIn(events)).toEqual(entryIn(annulled));
    const calledAgain = command('ReportCompletion', { ...named, at: minute(80), call: { at: minute(80) } });
    const tested = command('TestQuality', {
      at: minute(65),
      withClient: true,
      tests: [{ name: 'fuga', passed: true }],
    });
    const again = [objection, tested, command('RecordConformity', { at: minute(70) }), calledAgain];
    for (const log of [annulled, events]) {
      expect(lags('completion-call', at(log, ...again))).toMatchObject([[expect.any(Number), 10, false]]);
    }
  });
  it('1.3-02 a completion; what came after it, and changed nothing, still changes nothing', () => {
    const late = [...finished(), fact('ClientConformed', { at: minute(30) }, client)];
    const events = at(late, annul('Completed', minute(23)), command('ReportCompletion', { ...named, at: minute(40) }));
    expect(lags('completion-call', events)).toEqual([[events.length - 1, 22, false]]);
  });
  it('1.3-02 a completion call that names no case, which was made all the same', () => {
    const nameless = fact('CompletionReported', { at: minute(21), call: { at: minute(21) } });
    const events = [...eventsBefore('ReportCompletion'), nameless];
    expect([verdict('1.3-02', events)?.status, verdict('1.3-04', events)?.status]).toEqual([
      'satisfied',
      'contradicted',
    ]);
  });
  it('1.1-10 a closing: the visit was not in vain yet', () => {
    const closed = at(eventsAfter('RecordArrival'), instruct('visit', 'cancel'), close);
    expect(dossier(closed).attempts).toMatchObject([{ index: 1, end: 'closed' }]);
    const events = at(closed, annul('VisitClosed', minute(44)));
    expect(dossier(events)).toMatchObject({ outcome: null, attempts: [] });
  });
  it('1.1-01 an arrival: it was no visit in vain', () => {
    const events = at(eventsAfter('RecordArrival'), annul('ProviderArrived', minute(1)));
    expect(dossier(at(events, instruct('visit', 'cancel'), close)).attempts).toEqual([]);
  });
});

describe('1.1-10 the debts that lapsed at an end which is annulled', () => {
  const closed = () => at(eventsAfter('RecordArrival'), absence, instruct('visit', 'cancel'), close);
  it('run on from their first beginning, in one span', () => {
    const owed = { kind: 'give-instruction', since: minute(31), openedBy: 2 };
    expect(dossier(closed()).debts).toMatchObject([{ ...owed, endedBy: 4, lapsed: true }]);
    const events = at(closed(), annul('VisitClosed', minute(44)));
    expect(dossier(events).debts).toMatchObject([{ ...owed, until: null, endedBy: null, lapsed: false }]);
    const told = at(events, command('RecordClientReturn', { at: minute(70) }));
    expect(dossier(told).debts).toMatchObject([{ ...owed, until: minute(70), endedBy: 6, lapsed: false }]);
  });
  it('lapse again at the next end', () => {
    const events = at(closed(), annul('VisitClosed', minute(44)), instruct('visit', 'cancel'), close);
    expect(dossier(events).debts).toMatchObject([{ openedBy: 2, endedBy: 7, lapsed: true }]);
  });
  it('lapse at a completion, too, though a rule refuses it', () => {
    const absent = fact('ClientAbsenceReported', { at: minute(22), call: { at: minute(22) } });
    const { debts } = dossier([...eventsBefore('CompleteVisit'), absent, fact('Completed')]);
    expect(debts.filter(({ lapsed }) => lapsed).map(({ kind }) => kind)).toEqual(['give-instruction']);
  });
});

describe('an act whose time was corrected is measured by the corrected one', () => {
  const arrivedAt = (minutes: number) =>
    at(eventsAfter('AssignVisit'), command('RecordArrival', { at: minute(minutes) }));
  it('1.1-01, 2.2-09 an arrival against the latest, and the lateness that was not reported', () => {
    const tardy = arrivedAt(70);
    expect(lags('arrival', tardy)).toEqual([[1, 10, true]]);
    expect(verdict('1.1-01', tardy)?.status).toBe('late');
    const early = at(tardy, correct('arrival', minute(70), minute(55)));
    expect(lags('arrival', early)).toEqual([[1, 0, false]]);
    expect(verdict('1.1-01', early)?.status).toBe('satisfied');
    expect(remarks(early, 'arrival', 'unreported-lateness')).toEqual([]);
    const later = at(early, correct('arrival', minute(55), minute(65)));
    expect(lags('arrival', later)).toEqual([[1, 5, true]]);
    expect(remarks(later, 'arrival', 'unreported-lateness')).toEqual([
      [1, 'arrival'],
      [1, 'unreported-lateness'],
    ]);
  });
  it('2.2-09 an arrival that had been announced as late', () => {
    const delay = command('ReportTransitIssue', { at: minute(1), issue: 'delay' });
    const events = at(eventsAfter('AssignVisit'), delay, command('RecordArrival', { at: minute(50) }));
    const later = at(events, correct('arrival', minute(50), minute(65)));
    expect(remarks(later, 'arrival', 'unreported-lateness')).toEqual([[2, 'arrival']]);
  });
  it('by every clock: an act that seemed to come before the assignment, or before the one before it', () => {
    const assigned = eventsAfter('AssignVisit').map((event) => ({ ...event, data: { ...event.data, at: minute(4) } }));
    const events = at(assigned as VisitEvent[], command('RecordArrival', { at: minute(3) }));
    expect(remarks(events, 'assignment')).toEqual([[1, 'assignment']]);
    expect(remarks(at(events, correct('arrival', minute(3), minute(5))), 'assignment')).toEqual([]);
    const shown = at(arrivedAt(10), command('ShowCredential', { at: minute(11) }));
    const later = at(shown, correct('arrival', minute(10), minute(12)));
    expect(remarks(later, 'same-recorder')).toEqual([[2, 'same-recorder']]);
    expect(remarks(at(later, correct('arrival', minute(12), minute(9))), 'same-recorder')).toEqual([]);
  });
  it('an act that was annulled by no clock', () => {
    const shown = at(arrivedAt(70), annul('ProviderArrived', minute(70), minute(71)));
    const again = at(shown, command('RecordArrival', { at: minute(50) }));
    expect(remarks(at(arrivedAt(70)), 'arrival')).toEqual([[1, 'arrival']]);
    expect(remarks(again, 'arrival', 'same-recorder')).toEqual([]);
  });
  it('1.1-26 a start against its call, and a call that came after it', () => {
    const events = at(working(), correct('start', minute(16), minute(50)));
    const started = placeIn(events, 'WorkStarted');
    expect(lags('start-call', events)).toEqual([[started, 35, true]]);
    const before = at(working(), correct('start', minute(16), minute(14)));
    expect(remarks(before, 'start-call')).toEqual([[started, 'start-call']]);
    const call = command('ReportStart', { at: minute(20), call: { at: minute(20) } });
    expect(remarks(at(working(), call), 'start-call')).toEqual([[started + 1, 'start-call']]);
    expect(remarks(at(working(), call, correct('start', minute(16), minute(21))), 'start-call')).toEqual([]);
    expect(remarks(at(working(), call, annul('WorkStarted', minute(16))), 'start-call')).toEqual([]);
  });
  it('1.3-02 a completion call, with its own time', () => {
    const events = at(eventsBefore('CompleteVisit'), correct('completion-call', minute(21), minute(60)));
    expect(lags('completion-call', events)).toEqual([[placeIn(events, 'CompletionReported'), 42, true]]);
    expect(verdict('1.3-02', events)?.status).toBe('late');
    expect(audit(events).clean).toBe(true);
  });
  it('1.1-48, 1.1-49 a leaving and a re-entry against their notices', () => {
    const left = command('PauseWork', { at: minute(30), kind: 'second-visit', notice: { at: minute(34) } });
    const back = [
      command('RecordArrival', { at: minute(90) }),
      command('ResumeWork', { at: minute(91), kind: 'second-visit', notice: { at: minute(95) } }),
    ];
    const events = at(working(), left, ...back);
    const [paused, resumed] = [placeIn(events, 'Paused'), placeIn(events, 'Resumed')];
    expect([...lags('exit-notice', events), ...lags('reentry-notice', events)]).toEqual([
      [paused, 4, false],
      [resumed, 4, false],
    ]);
    const moved = at(
      events,
      correct('interruption', minute(30), minute(18)),
      correct('resumption', minute(91), minute(79)),
    );
    expect([...lags('exit-notice', moved), ...lags('reentry-notice', moved)]).toEqual([
      [paused, 16, true],
      [resumed, 16, true],
    ]);
    expect(worked(replay(moved), minute(80)).workedMs).toBe(3 * 60_000);
    expect(audit(moved).clean).toBe(true);
  });
  it('the time of a visit in vain', () => {
    const closed = at(eventsAfter('RecordArrival'), instruct('visit', 'cancel'), close);
    const moved = [correct('arrival', minute(1), minute(2)), correct('end', minute(44), minute(45))];
    expect(dossier(at(closed, ...moved)).attempts).toMatchObject([{ arrivedAt: minute(2), endedAt: minute(45) }]);
  });
});

describe('worked time, when what was recorded comes late', () => {
  it('1.1-26 does not count a break that reaches the log after another', () => {
    const rest = (kind: 'PauseWork' | 'ResumeWork', minutes: number) =>
      command(kind, { at: minute(minutes), kind: 'break' });
    const breaks = [rest('PauseWork', 40), rest('ResumeWork', 45), rest('PauseWork', 20), rest('ResumeWork', 25)];
    const { workedMs, intervals } = worked(replay(at(working(), ...breaks)), minute(60));
    expect(intervals).toEqual([
      { from: minute(16), to: minute(20) },
      { from: minute(25), to: minute(40) },
      { from: minute(45), to: minute(60) },
    ]);
    expect(workedMs).toBe((4 + 15 + 15) * 60_000);
  });
});

describe('missing', () => {
  it('proposes no correction, whatever would help', () => {
    const closed = at(eventsAfter('RecordArrival'), instruct('visit', 'cancel'), close);
    expect(missing(replay(closed))).toEqual({ found: false, reason: 'ended' });
    for (const events of [working(), eventsAfter('AssignVisit'), finished()]) {
      const found = missing(replay(events), { goal: 'payable' });
      expect(found.found && found.acts.filter((act) => /^(AnnulAct|CorrectTime|.*Discrepancy)$/.test(act))).toEqual([]);
    }
  });
});
