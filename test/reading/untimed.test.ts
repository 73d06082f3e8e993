import { describe, expect, it } from 'vitest';
import type { EventType, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { visitTimeline } from '../../src/reading/timeline.ts';
import { reportHtml } from '../../src/report.ts';
import { advance, command, eventsAfter, fact, minute } from '../../src/testing.ts';
import { replay, worked } from '../../src/visit/index.ts';
import { annul, correct, otherProvider, plain } from '../scenarios/commands.ts';
import { working } from '../scenarios/moments.ts';

/** A log in which the only event of a type happened at a time that is no instant. */
const untimed = (log: readonly VisitEvent[], type: EventType, at = 'ayer') =>
  log.map((event) => (event.type === type ? ({ ...event, data: { ...event.data, at } } as VisitEvent) : event));

const completed = () => advance([], plain);
const indexOf = (log: readonly VisitEvent[], type: EventType) => log.findIndex((event) => event.type === type);
const kinds = (log: readonly VisitEvent[]) => audit(log).findings.map(({ index, kind, rule }) => [index, kind, rule]);

describe('0-02 an event whose `at` is no instant is unreadable: folded, neither judged nor measured', () => {
  it.each(['FarewellGiven', 'QualityTested', 'Completed', 'StartReported', 'ProviderArrived'] as const)(
    '%s',
    (type) => {
      const log = untimed(completed(), type);
      expect(kinds(log)).toEqual([[indexOf(log, type), 'unreadable', undefined]]);
      expect(audit(log).clean).toBe(false);
      expect(audit(log).state).toEqual(replay(log));
      expect(audit(log).state).not.toEqual(replay(log.filter((event) => event.type !== type)));
      expect(dossier(log).measures.filter(({ index }) => index === indexOf(log, type))).toEqual([]);
    },
  );

  it('is not judged: a start that every rule refuses is unreadable, no more', () => {
    const log = [...eventsAfter('RecordArrival'), fact('WorkStarted', { at: '2026-03-17T14:00:00Z' })];
    expect(kinds(log)).toEqual([[log.length - 1, 'unreadable', undefined]]);
    expect(audit(log).state.work.startedAt).toBe('2026-03-17T14:00:00Z');
  });

  it('proves no clause, though it stands', () => {
    const { payment } = dossier(untimed(completed(), 'StartReported'));
    expect(payment.find(({ clause }) => clause === '1.1-26')).toMatchObject({ status: 'missing', evidence: [] });
    const { protocol } = dossier(untimed(completed(), 'ServiceAssessed'));
    expect(protocol.find(({ clause }) => clause === '1.1-24')).toMatchObject({ status: 'missing', evidence: [] });
  });

  it('is no clock that is off, neither as the one nor as the other', () => {
    const log = untimed(completed(), 'AreaCleared', '9999');
    expect(audit(log).findings.map(({ kind }) => kind)).toEqual(['unreadable']);
  });

  it('of an unknown type, or of another visit: it changes nothing', () => {
    const log = completed();
    const other = { type: 'FarewellGiven', data: { ...log[1]?.data, visitId: 'visit-2', at: 'ayer' } } as VisitEvent;
    const unknown = { type: 'Danced', data: { ...log[1]?.data, at: 'ayer' } } as never;
    expect(kinds([...log, other, unknown])).toEqual([
      [log.length, 'unreadable', undefined],
      [log.length + 1, 'unknown-event', undefined],
    ]);
    expect(audit([...log, other]).state).toEqual(replay(log));
  });

  it.each(['ClientConformed', 'TransitIssueReported', 'WorkStarted'] as const)(
    '%s on 30 February, which `Date` reads: nothing is measured from it',
    (type) => {
      const delayed = eventsAfter('AssignVisit').concat(
        fact('TransitIssueReported', { at: minute(1), issue: 'delay' }),
      );
      const told = fact('ClientNotified', { at: minute(2), about: ['delay'], reached: true });
      const log = [...delayed, told, ...completed().slice(1)];
      const [call] = log.filter((event) => event.type === 'StartReported');
      log.splice(indexOf(log, 'WorkStarted') + 1, 0, call as VisitEvent);
      const taken = untimed(log, type, '2026-02-30T14:00:00.000Z');
      expect(JSON.stringify([dossier(taken).measures, audit(taken).findings])).not.toContain('02-30');
    },
  );

  it('with data that its effect cannot read changes nothing', () => {
    const log = [...eventsAfter('RecordArrival'), fact('ToolsShown', { at: 'ayer', tools: 7 })];
    expect(kinds(log)).toEqual([[log.length - 1, 'unreadable', undefined]]);
    expect(audit(log).state).toEqual(replay(eventsAfter('RecordArrival')));
  });

  it('an annulment of it: the fact does not stand, and proves nothing', () => {
    const log = eventsAfter('RecordArrival');
    const taken = untimed(advance(log, annul('ProviderArrived', log.at(-1)?.data.at as string)), 'ActAnnulled');
    const { protocol, phase } = dossier(taken);
    expect(phase).toBe('in-transit');
    expect(protocol.find(({ clause }) => clause === '1.1-01')?.status).toBe('missing');
  });

  it('is folded with the rest where a time was corrected', () => {
    const log = untimed(completed(), 'AreaCleared');
    const start = log[indexOf(log, 'WorkStarted')]?.data.at as string;
    const corrected = advance(log, correct('start', start, minute(17)));
    expect(kinds(corrected).filter(([, kind]) => kind !== 'measure')).toEqual([
      [indexOf(log, 'AreaCleared'), 'unreadable', undefined],
      [log.length, 'correction', undefined],
    ]);
  });

  it('the provider who was replaced at such a time is not late', () => {
    const told = advance(working(), command('GiveInstruction', { about: 'visit', decision: 'reassign', text: 'otro' }));
    const replaced = fact('ProviderReassigned', { at: 'ayer', provider: { id: otherProvider.id, name: 'Rosa' } });
    const log = [...told, replaced, fact('AreaCleared', { at: minute(40), moved: [] })];
    const judged = kinds(log).filter(([index, kind]) => index === log.length - 1 && kind !== 'measure');
    expect(judged).toEqual([
      [log.length - 1, 'violation', 'assigned-provider'],
      [log.length - 1, 'violation', 'arrived'],
      [log.length - 1, 'violation', 'not-away'],
    ]);
  });

  it.each(['WorkStarted', 'CompletionReported', 'Completed', 'VisitAssigned', 'PhotosSubmitted'] as const)(
    '%s: no duration is NaN, in the dossier, the timeline and the report',
    (type) => {
      const log = untimed(completed(), type);
      const { workedMs, measures, intervals } = dossier(log);
      expect(workedMs).toBeGreaterThanOrEqual(0);
      for (const { value } of measures) expect(value).toBeGreaterThanOrEqual(0);
      for (const { from, to } of intervals) expect(Date.parse(to)).toBeGreaterThanOrEqual(Date.parse(from));
      expect(visitTimeline(log).entries.at(indexOf(log, type))?.status).toBe('unreadable');
      expect(reportHtml([log])).not.toContain('NaN');
    },
  );
});

describe('1.3-02 worked time without a time that is no instant', () => {
  const at = (type: EventType) => completed()[indexOf(completed(), type)]?.data.at as string;

  it('is cut at the end of the visit where the completion call has none', () => {
    const { intervals } = worked(replay(untimed(completed(), 'CompletionReported')));
    expect(intervals).toEqual([{ from: at('WorkStarted'), to: at('Completed') }]);
  });
  it('an interval that begins or ends at none does not count', () => {
    expect(worked(replay(untimed(completed(), 'WorkStarted')))).toMatchObject({ workedMs: 0, running: false });
    const paused = [...working(), fact('Paused', { at: 'ayer', kind: 'break' })];
    expect(worked(replay(paused), minute(600))).toMatchObject({ workedMs: 0, running: false });
  });
});
