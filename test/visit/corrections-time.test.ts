import { describe, expect, it } from 'vitest';
import type { CorrectableTime, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, fact, given, minute } from '../../src/testing.ts';
import { evolve } from '../../src/visit/index.ts';
import {
  annul,
  askExtra,
  byOperator,
  close,
  correct,
  instruct,
  operator,
  pause,
  plain,
  provider,
  resume,
} from '../scenarios/commands.ts';
import { finished, stateOf, working } from '../scenarios/moments.ts';

const cancel = instruct('visit', 'cancel');
const onArrival = () => eventsAfter('RecordArrival');
const completed = () => advance([], plain);
const closed = () => advance(working(), [cancel, close]);
const resumed = () => advance(working(), [pause, resume]);
const corrected = (past: readonly VisitEvent[], next: VisitCommand) =>
  given(past).when(next).accepts('TimeCorrected', byOperator);
const unlawful = ({ data }: VisitCommand) => fact('TimeCorrected', data, operator);

/** Each time that can be corrected, where it stands, and what it is. */
const standing: readonly (readonly [CorrectableTime, () => VisitEvent[], string])[] = [
  ['arrival', onArrival, minute(1)],
  ['start', working, minute(16)],
  ['resumption', resumed, minute(31)],
  ['interruption', resumed, minute(30)],
  ['completion-call', finished, minute(21)],
  ['end', completed, minute(23)],
  ['end', closed, minute(44)],
];

describe('1.1-10 a time that was recorded wrongly is corrected', () => {
  it.each(standing)('%s, by the contact center, and back again', (what, past, recorded) => {
    const state = corrected(past(), correct(what, recorded, minute(22)));
    expect(state).not.toEqual(stateOf(past()));
    const again = corrected(advance(past(), correct(what, recorded, minute(22))), correct(what, minute(22), recorded));
    expect(again).toEqual(stateOf(past()));
  });
  it.each(standing)('%s of another time is refused', (what, past) => {
    given(past())
      .when(correct(what, minute(59), minute(22)))
      .rejects({ rule: 'time-stands', clause: '1.1-10', facts: { what, recorded: minute(59) } });
  });
  it.each(standing)('%s is not for the provider', (what, past, recorded) => {
    const { data } = correct(what, recorded, minute(22));
    given(past())
      .when(command('CorrectTime', data as never, provider))
      .rejects(['role', '0-02']);
  });
  it.each(standing)('a TimeCorrected of %s that does not stand, or not then, changes nothing', (what, past) => {
    const before = stateOf(past());
    expect(evolve(before, unlawful(correct(what, minute(59), minute(22))))).toBe(before);
    const none = stateOf(eventsAfter('AssignVisit'));
    expect(evolve(none, unlawful(correct(what, minute(59), minute(22))))).toBe(none);
  });
  it.each(['arrival', 'start', 'resumption', 'interruption', 'completion-call', 'end'] as const)(
    '%s is refused where nothing of it happened',
    (what) => {
      given(eventsAfter('AssignVisit'))
        .when(correct(what, minute(0), minute(1)))
        .rejects(['time-stands', '1.1-10']);
    },
  );
  it('changes nothing for a time that no correction knows', () => {
    const before = stateOf(working());
    for (const what of ['farewell', 'constructor', '__proto__']) {
      expect(evolve(before, unlawful(correct(what as CorrectableTime, minute(16), minute(22))))).toBe(before);
    }
  });
});

describe('1.1-10 what a correction moves', () => {
  it('the arrival, and nothing else', () => {
    const before = stateOf(onArrival());
    const state = corrected(onArrival(), correct('arrival', minute(1), minute(5)));
    expect(state).toEqual({ ...before, arrival: { ...before.arrival, arrivedAt: minute(5) } });
  });
  it('the start, with the interval that begins there', () => {
    const before = stateOf(resumed());
    const state = corrected(resumed(), correct('start', minute(16), minute(14)));
    expect(state).toEqual({
      ...before,
      work: {
        ...before.work,
        startedAt: minute(14),
        intervals: [
          { from: minute(14), to: minute(30) },
          { from: minute(31), to: null },
        ],
      },
    });
  });
  it('the start alone, where no interval begins there', () => {
    const waiting = [...eventsAfter('ReportStart'), fact('Paused', { kind: 'second-visit', at: minute(15) })];
    const state = corrected(
      [...waiting, fact('WorkStarted', { at: minute(16) })],
      correct('start', minute(16), minute(17)),
    );
    expect(state.work).toMatchObject({ startedAt: minute(17), intervals: [] });
  });
  it('a resumption: the beginning of an interval that is not the start', () => {
    const state = corrected(resumed(), correct('resumption', minute(31), minute(33)));
    expect(state.work).toMatchObject({
      startedAt: minute(16),
      intervals: [
        { from: minute(16), to: minute(30) },
        { from: minute(33), to: null },
      ],
    });
    given(resumed())
      .when(correct('resumption', minute(16), minute(15)))
      .rejects(['time-stands', '1.1-10']);
  });
  it('an interruption: the end of an interval that is not the end of the visit', () => {
    const state = corrected(resumed(), correct('interruption', minute(30), minute(25)));
    expect(state.work.intervals[0]).toEqual({ from: minute(16), to: minute(25) });
    given(completed())
      .when(correct('interruption', minute(23), minute(22)))
      .rejects(['time-stands', '1.1-10']);
    given(closed())
      .when(correct('interruption', minute(44), minute(22)))
      .rejects(['time-stands', '1.1-10']);
  });
  it('an end that was annulled is an interruption', () => {
    const open = advance(completed(), annul('Completed', minute(23)));
    const state = corrected(open, correct('interruption', minute(23), minute(22)));
    expect(state.work.intervals).toEqual([
      { from: minute(16), to: minute(22) },
      { from: minute(60), to: null },
    ]);
    given(open)
      .when(correct('end', minute(23), minute(22)))
      .rejects(['time-stands', '1.1-10']);
    expect(corrected(open, correct('resumption', minute(60), minute(58))).work.intervals[1]?.from).toBe(minute(58));
  });
  it('an interruption by extra materials', () => {
    const awaiting = advance(working(), askExtra);
    const state = corrected(awaiting, correct('interruption', minute(35), minute(34)));
    expect(state.work.intervals).toEqual([{ from: minute(16), to: minute(34) }]);
  });
  it('1.3-02 the completion call, and the case that it named stays', () => {
    const state = corrected(completed(), correct('completion-call', minute(21), minute(22)));
    expect(state.closing).toMatchObject({ completionReportedAt: minute(22), caseNumberNamed: 'EXP-1' });
    expect(state.work).toEqual(stateOf(completed()).work);
  });
  it.each([
    ['completed', completed, minute(23), { completedAt: minute(22), closedAt: null }],
    ['closed', closed, minute(44), { completedAt: null, closedAt: minute(22) }],
  ] as const)('the end of a visit that was %s, with the interval that ends there', (_, past, recorded, closing) => {
    const state = corrected(past(), correct('end', recorded, minute(22)));
    expect(state.closing).toMatchObject(closing);
    expect(state.work.intervals).toEqual([{ from: minute(16), to: minute(22) }]);
  });
  it('the end alone, where the work had stopped before', () => {
    const state = corrected(advance(working(), [pause, cancel, close]), correct('end', minute(44), minute(40)));
    expect(state.closing.closedAt).toBe(minute(40));
    expect(state.work.intervals).toEqual([{ from: minute(16), to: minute(30) }]);
  });
  it('an end that was corrected is annulled by its corrected time', () => {
    const moved = advance(completed(), correct('end', minute(23), minute(22)));
    given(moved)
      .when(annul('Completed', minute(23)))
      .rejects(['act-stands', '1.1-10']);
    given(moved)
      .when(annul('Completed', minute(22)))
      .accepts('ActAnnulled', byOperator);
  });
});

describe('1.1-10 of several intervals that begin or end at the same instant it is the last', () => {
  const at30 = (kind: 'Paused' | 'Resumed') => fact(kind, { at: minute(30), kind: 'break' });
  const twice = () => [...working(), at30('Paused'), at30('Resumed'), at30('Paused'), at30('Resumed')];

  it('of two beginnings', () => {
    const state = corrected(twice(), correct('resumption', minute(30), minute(33)));
    expect(state.work.intervals).toEqual([
      { from: minute(16), to: minute(30) },
      { from: minute(30), to: minute(30) },
      { from: minute(33), to: null },
    ]);
  });
  it('of two ends', () => {
    const state = corrected(twice(), correct('interruption', minute(30), minute(33)));
    expect(state.work.intervals).toEqual([
      { from: minute(16), to: minute(30) },
      { from: minute(30), to: minute(33) },
      { from: minute(30), to: null },
    ]);
  });
  it('of one that begins at the start and another', () => {
    const again = [
      fact('Paused', { at: minute(16), kind: 'break' }),
      fact('Resumed', { at: minute(16), kind: 'break' }),
    ];
    const state = corrected([...working(), ...again], correct('start', minute(16), minute(18)));
    expect(state.work).toMatchObject({
      startedAt: minute(18),
      intervals: [
        { from: minute(16), to: minute(16) },
        { from: minute(18), to: null },
      ],
    });
  });
  it('of one that ends at the end of the visit and another', () => {
    const past = [...finished(), at30('Paused'), at30('Resumed'), fact('Completed', { at: minute(30) })];
    const state = corrected(past, correct('end', minute(30), minute(34)));
    expect(state.work.intervals).toEqual([
      { from: minute(16), to: minute(30) },
      { from: minute(30), to: minute(34) },
    ]);
  });
});

describe('1.1-10 an interval of work does not end before it begins', () => {
  const backwards = (what: CorrectableTime, time: string) => ({
    rule: 'interval-forward' as const,
    clause: '1.1-10' as const,
    facts: { what, corrected: time },
  });

  it.each([
    ['start', resumed, minute(16), minute(31)],
    ['interruption', resumed, minute(30), minute(15)],
    ['end', completed, minute(23), minute(15)],
  ] as const)('%s beyond the other end is refused', (what, past, recorded, time) => {
    given(past())
      .when(correct(what, recorded, time))
      .rejects(backwards(what, time));
  });
  it('a resumption after its end is refused, and at its end is accepted', () => {
    const stopped = advance(resumed(), command('PauseWork', { at: minute(40), kind: 'break' }));
    given(stopped)
      .when(correct('resumption', minute(31), minute(41)))
      .rejects(backwards('resumption', minute(41)));
    corrected(stopped, correct('resumption', minute(31), minute(40)));
  });
  it('an interval that is open may begin at any time', () => {
    corrected(working(), correct('start', minute(16), minute(59)));
  });
  it('one that ran backwards before may stay so', () => {
    const late = [...working(), fact('Paused', { at: minute(10), kind: 'break' })];
    const state = corrected(late, correct('interruption', minute(10), minute(12)));
    expect(state.work.intervals).toEqual([{ from: minute(16), to: minute(12) }]);
  });
  it('asks nothing of a time that no interval begins or ends', () => {
    corrected(completed(), correct('arrival', minute(1), minute(59)));
    corrected(completed(), correct('completion-call', minute(21), minute(59)));
    corrected(advance(working(), [pause, cancel, close]), correct('end', minute(44), minute(1)));
  });
  it('an unlawful one is folded as it says', () => {
    const state = evolve(stateOf(resumed()), unlawful(correct('interruption', minute(30), minute(15))));
    expect(state.work.intervals[0]).toEqual({ from: minute(16), to: minute(15) });
  });
});
