import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, minute } from '../../src/testing.ts';
import { replay, type VisitState, worked } from '../../src/visit/index.ts';
import { call, instruct } from '../scenarios/commands.ts';

type Stretch = readonly [from: number, to: number | null];
type Ends = Partial<Record<'completionReportedAt' | 'completedAt' | 'closedAt', number>>;

/** A visit with these work intervals, by any clocks, and this end. */
function visitOf(stretches: readonly Stretch[], ends: Ends = {}): VisitState {
  const { work, closing, ...rest } = replay(eventsAfter('StartWork'));
  const intervals = stretches.map(([from, to]) => ({ from: minute(from), to: to === null ? null : minute(to) }));
  const ended = Object.fromEntries(Object.entries(ends).map(([end, at]) => [end, minute(at)]));
  return { ...rest, work: { ...work, intervals }, closing: { ...closing, ...ended } };
}

const told = (visit: VisitState, until?: number) => {
  const { intervals, workedMs, running } = worked(visit, until === undefined ? undefined : minute(until));
  expect(workedMs).toBe(intervals.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0));
  const minutes = (at: string) => (Date.parse(at) - Date.parse(minute(0))) / 60_000;
  return [intervals.map(({ from, to }) => [minutes(from), minutes(to)]), running];
};

describe('1.1-26, 1.3-02 worked time is the union of the stretches in which work was running', () => {
  it.each<[string, readonly Stretch[], readonly (readonly [number, number])[]]>([
    ['none', [], []],
    [
      'two, with a break between',
      [
        [16, 20],
        [30, 40],
      ],
      [
        [16, 20],
        [30, 40],
      ],
    ],
    [
      'two that touch',
      [
        [16, 20],
        [20, 30],
      ],
      [[16, 30]],
    ],
    [
      'two that overlap',
      [
        [16, 30],
        [25, 40],
      ],
      [[16, 40]],
    ],
    [
      'one within another',
      [
        [16, 40],
        [20, 30],
      ],
      [[16, 40]],
    ],
    [
      'three, the last of which touches none',
      [
        [16, 20],
        [18, 22],
        [30, 31],
      ],
      [
        [16, 22],
        [30, 31],
      ],
    ],
    [
      'two in the wrong order, by a clock that was off',
      [
        [60, 70],
        [20, 30],
      ],
      [
        [20, 30],
        [60, 70],
      ],
    ],
    [
      'two in the wrong order that overlap',
      [
        [25, 40],
        [16, 30],
      ],
      [[16, 40]],
    ],
    ['one that took no time', [[16, 16]], []],
    [
      'one that took none beside another',
      [
        [16, 16],
        [20, 30],
      ],
      [[20, 30]],
    ],
    ['one that ends before it begins', [[16, 10]], []],
  ])('%s', (_, stretches, union) => {
    expect(told(visitOf(stretches))).toEqual([union, false]);
  });
  it('is cut at the completion call that stands, else at the end of the visit', () => {
    expect(told(visitOf([[16, 30]], { completionReportedAt: 21, completedAt: 30 }))).toEqual([[[16, 21]], false]);
    expect(
      told(
        visitOf(
          [
            [16, 18],
            [19, 30],
            [40, 41],
          ],
          { completionReportedAt: 21 },
        ),
      ),
    ).toEqual([
      [
        [16, 18],
        [19, 21],
      ],
      false,
    ]);
    expect(told(visitOf([[16, 30]], { completedAt: 25 }))).toEqual([[[16, 25]], false]);
    expect(told(visitOf([[16, 30]], { closedAt: 26 }))).toEqual([[[16, 26]], false]);
    expect(told(visitOf([[16, 20]], { completionReportedAt: 21 }))).toEqual([[[16, 20]], false]);
  });
  it('is open while work runs, and counted up to the time that is given', () => {
    expect(
      told(
        visitOf([
          [16, 20],
          [30, null],
        ]),
      ),
    ).toEqual([[[16, 20]], true]);
    expect(
      told(
        visitOf([
          [16, 20],
          [30, null],
        ]),
        46,
      ),
    ).toEqual([
      [
        [16, 20],
        [30, 46],
      ],
      true,
    ]);
    expect(told(visitOf([[16, 20]]), 46)).toEqual([[[16, 20]], false]);
    expect(told(visitOf([]), 46)).toEqual([[], false]);
  });
  it('is no less up to a time before it runs again, and no more without one', () => {
    const again = visitOf([
      [16, 28],
      [30, null],
    ]);
    for (const until of [20, 30, undefined]) expect(told(again, until)).toEqual([[[16, 28]], true]);
  });
  it.each([
    ['with an offset', '2026-03-17T11:46:00-03:00', 46],
    ['without milliseconds', '2026-03-17T14:46:00Z', 46],
    ['with an offset, before it runs', '2026-03-17T19:46:00+09:00', null],
    ['a word', 'ayer', null],
    ['a word with a year in it', 'Visita 2030', null],
    ['a time of no zone', '2026-03-17T18:00:00', null],
    ['beyond the years that an instant can tell', '+012026-03-17T14:46:00.000Z', null],
    ['nothing', '', null],
  ])('counts up to that moment, and not at all to what is none: %s', (_, until, end) => {
    const visit = visitOf([[16, null]]);
    expect(worked(visit, until)).toEqual(worked(visit, end === null ? undefined : minute(end)));
    expect(worked(visit, until).workedMs).toBe(end === null ? 0 : (end - 16) * 60_000);
  });
  it('counts up to the last moment that an instant can tell', () => {
    expect(worked(visitOf([[16, null]]), '9999-12-31T20:59:59.999-03:00').intervals).toEqual([
      { from: minute(16), to: '9999-12-31T23:59:59.999Z' },
    ]);
  });
  it('runs no more once the completion call was made, or the visit has ended', () => {
    for (const end of ['completionReportedAt', 'completedAt', 'closedAt'] as const) {
      expect(told(visitOf([[16, null]], { [end]: 21 }), 46)).toEqual([[[16, 21]], false]);
    }
  });
  it('1.1-48, 1.1-49 leaves out breaks, waits and time away', () => {
    const events = advance(eventsAfter('StartWork'), [
      command('PauseWork', { at: minute(20), kind: 'break' }),
      command('ResumeWork', { at: minute(30), kind: 'break' }),
      command('RequestExtraMaterials', { at: minute(40), materials: [{ item: 'codo', quantity: 1 }] }),
      command('SupplyMaterials', { at: minute(49), suppliedBy: 'client' }),
      command('AcceptMaterials', { at: minute(50) }),
      command('PauseWork', { at: minute(60), kind: 'second-visit', notice: call }),
      command('RecordArrival', { at: minute(100) }),
      command('ResumeWork', { at: minute(110), kind: 'second-visit', notice: call }),
    ]);
    expect(told(replay(events), 120)).toEqual([
      [
        [16, 20],
        [30, 40],
        [50, 60],
        [110, 120],
      ],
      true,
    ]);
    const closed = advance(events, [instruct('visit', 'cancel'), command('CloseVisit', { at: minute(115) })]);
    expect(told(replay(closed))).toEqual([
      [
        [16, 20],
        [30, 40],
        [50, 60],
        [110, 115],
      ],
      false,
    ]);
  });
  it('1.1-43 an interval that ends before it begins takes its span away: a break that reached the log late', () => {
    const late = [
      [16, 60],
      [70, 20],
      [30, 100],
    ] as const;
    const between = [
      [16, 20],
      [30, 60],
      [70, 100],
    ];
    expect(told(visitOf(late))).toEqual([between, false]);
    const events = advance(eventsAfter('StartWork'), [
      command('PauseWork', { at: minute(60), kind: 'break' }),
      command('ResumeWork', { at: minute(70), kind: 'break' }),
      command('PauseWork', { at: minute(20), kind: 'break' }),
      command('ResumeWork', { at: minute(30), kind: 'break' }),
    ]);
    expect(told(replay(events), 100)).toEqual([between, true]);
    expect(told(visitOf(late, { completionReportedAt: 50 }))).toEqual([
      [
        [16, 20],
        [30, 50],
      ],
      false,
    ]);
  });
  it('a backward interval alone, or beyond the cut, is nothing; where two run forward, one is left', () => {
    expect(told(visitOf([[40, 30]]))).toEqual([[], false]);
    expect(
      told(
        visitOf(
          [
            [16, 30],
            [50, 40],
          ],
          { completedAt: 35 },
        ),
      ),
    ).toEqual([[[16, 30]], false]);
    expect(
      told(
        visitOf([
          [16, 30],
          [16, 30],
          [30, 16],
        ]),
      ),
    ).toEqual([[[16, 30]], false]);
    expect(told(visitOf([[40, null]]), 30)).toEqual([[], true]);
  });
});
