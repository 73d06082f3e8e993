import { describe, expect, it } from 'vitest';
import type { EventMetadata, EventType, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { advance, fact, minute } from '../../src/testing.ts';
import { type Policy, replay } from '../../src/visit/index.ts';
import { operator, otherProvider, placeIn, plain } from '../scenarios/commands.ts';

const metadata = (index: number): EventMetadata => ({ eventId: `e-${index}`, commandId: `c-${index}` });
const stored = advance([], plain).map((event, index): VisitEvent => ({ ...event, metadata: metadata(index) }));
const at = (index: number) => stored[index] as VisitEvent;
const before = (type: EventType) => stored.slice(0, placeIn(stored, type));
const found = (events: readonly VisitEvent[]) =>
  audit(events)
    .findings.filter(({ kind }) => kind !== 'measure')
    .map(({ index, kind, facts }) => [index, kind, facts]);

describe('0-02 an event that stands twice in a log', () => {
  it('is a remark, and neither judged nor folded again', () => {
    for (const index of stored.keys()) {
      const events = [...stored, at(index)];
      const { clean, state, findings } = audit(events);
      expect(clean).toBe(true);
      expect(findings.filter(({ kind }) => kind === 'repeated')).toEqual([
        { index: stored.length, kind: 'repeated', facts: { eventId: `e-${index}`, first: index } },
      ]);
      expect(state).toEqual(replay(stored));
      const { remarks, ...once } = dossier(events);
      const { remarks: none, ...whole } = dossier(stored);
      expect(once).toEqual(whole);
      expect(remarks).toHaveLength(none.length + 1);
    }
  });
  it('is so right away, whatever the order of its keys and what a store added to its metadata', () => {
    const { type, data } = at(1);
    const turned = {
      data: Object.fromEntries(Object.entries(data).reverse()),
      type,
      metadata: { ...metadata(1), hash: 'x' },
    };
    expect(found([at(0), at(1), turned as VisitEvent])).toEqual([[2, 'repeated', { eventId: 'e-1', first: 1 }]]);
  });
  it('is judged where it has no id to know it by', () => {
    const { metadata: _, ...bare } = at(1);
    expect(found([...stored.slice(0, 2), bare as VisitEvent])).toMatchObject([[2, 'violation', {}]]);
  });
});

describe('0-02 an id that comes again with other content', () => {
  it('of an event makes the log unclean; the event is judged and folded', () => {
    const other = { ...at(2), metadata: { eventId: 'e-1' } };
    const events = [at(0), at(1), other];
    expect(found(events)).toEqual([[2, 'id-reused', { eventId: 'e-1', first: 1 }]]);
    expect(audit(events)).toMatchObject({ clean: false, state: replay(events) });
    const verdict = dossier(events).protocol.find(({ clause }) => clause === '0-02');
    expect(verdict).toMatchObject({ status: 'contradicted', facts: { against: [2] } });
  });
  it('of a command does so too, and so does one command that became two events', () => {
    expect(found([at(0), at(1), { ...at(2), metadata: { eventId: 'e-2', commandId: 'c-1' } }])).toEqual([
      [2, 'id-reused', { commandId: 'c-1', first: 1 }],
    ]);
    const twice = fact('ConductBreachReported', { kind: 'other' }, operator, { eventId: 'e-8', commandId: 'c-8' });
    const again = { ...twice, metadata: { eventId: 'e-9', commandId: 'c-8' } };
    expect(found([at(0), twice, again])).toEqual([[2, 'id-reused', { commandId: 'c-8', first: 1 }]]);
    expect(audit([at(0), twice, again]).findings).toContainEqual(expect.objectContaining({ clause: '0-02' }));
  });
  it('is told of an event of another visit, or of no known type, too', () => {
    const strangers = [
      { ...at(1), data: { ...at(1).data, visitId: 'visit-9' } },
      { ...at(1), type: 'NotOfThisRelease' },
      { ...at(1), metadata: { ...metadata(1), schemaVersion: 99 }, data: { ...at(1).data, at: minute(3) } },
    ];
    const reused = [2, 'id-reused', { eventId: 'e-1', first: 1 }];
    for (const [place, stranger] of strangers.entries()) {
      expect(found([at(0), at(1), stranger as VisitEvent])).toMatchObject([
        reused,
        [2, place === 0 ? 'other-visit' : 'unknown-event', {}],
      ]);
    }
  });
  it('is still told of the third', () => {
    const other = (index: number) => ({ ...at(index), metadata: { eventId: 'e-1' } });
    expect(found([at(0), at(1), other(2), other(3)])).toMatchObject([
      [2, 'id-reused', { first: 1 }],
      [3, 'id-reused', { first: 1 }],
    ]);
  });
  it('is a repeat of the second with that content, though not of the first', () => {
    const other = (index: number) => ({ ...at(index), metadata: { eventId: 'e-1' } });
    const turned = { ...other(2), data: Object.fromEntries(Object.entries(at(2).data).reverse()) } as VisitEvent;
    const events = [at(0), at(1), other(2), other(3), turned, at(1)];
    expect(found(events)).toEqual([
      [2, 'id-reused', { eventId: 'e-1', first: 1 }],
      [3, 'id-reused', { eventId: 'e-1', first: 1 }],
      [4, 'repeated', { eventId: 'e-1', first: 2 }],
      [5, 'repeated', { eventId: 'e-1', first: 1 }],
    ]);
    expect(audit(events).state).toEqual(replay(events.slice(0, 4)));
  });
  it('is told with the first event of the command, of the third too', () => {
    const same = (index: number) => ({ ...at(index), metadata: { eventId: `e-${index}`, commandId: 'c-1' } });
    expect(found([at(0), at(1), same(2), same(3)])).toMatchObject([
      [2, 'id-reused', { commandId: 'c-1', first: 1 }],
      [3, 'id-reused', { commandId: 'c-1', first: 1 }],
    ]);
  });
  it('is not found of facts that one person recorded at once', () => {
    const recorded = (index: number, recorder = operator) =>
      ({ ...at(index), metadata: { eventId: `e-${index}`, commandId: 'c-1', recorder } }) as VisitEvent;
    expect(found([at(0), recorded(1), recorded(2), recorded(3)])).toEqual([]);
    expect(found([at(0), recorded(1), recorded(2, otherProvider)])).toMatchObject([[2, 'id-reused', { first: 1 }]]);
    expect(found([at(0), recorded(1), recorded(1), recorded(2), recorded(2)])).toMatchObject([
      [2, 'repeated', { first: 1 }],
      [4, 'repeated', { first: 3 }],
    ]);
    expect(found([at(0), recorded(1), at(2), recorded(3)])).toMatchObject([[3, 'id-reused', { first: 1 }]]);
    expect(found([at(0), recorded(1), at(2), recorded(1), recorded(3)])).toMatchObject([
      [3, 'repeated', { first: 1 }],
      [4, 'id-reused', { first: 1 }],
    ]);
    expect(found([at(0), at(1), { ...recorded(2), metadata: { commandId: 'c-1' } }])).toMatchObject([
      [2, 'id-reused', {}],
    ]);
  });
  it('is not found of ids that are no texts', () => {
    const odd = (index: number) =>
      ({ ...at(index), metadata: { eventId: 7, commandId: null } }) as unknown as VisitEvent;
    expect(found([at(0), odd(1), odd(2)])).toEqual([]);
  });
  it('an id such as __proto__ is one like others', () => {
    const named = (index: number) => ({ ...at(index), metadata: { eventId: '__proto__' } });
    expect(found([at(0), named(1), named(1)])).toMatchObject([[2, 'repeated', {}]]);
  });
});

describe('a clock that is off', () => {
  const skews = (events: readonly VisitEvent[]) =>
    dossier(events).remarks.flatMap(({ index, clause, facts }) =>
      facts.measure === 'clock-skew' && facts.what !== 'photo' ? [{ index, clause, ...facts }] : [],
    );
  const waived = (instructedAt: number, startedAt: number) => [
    ...before('AreaCleared'),
    fact(
      'InstructionGiven',
      { at: minute(instructedAt), about: 'visit', decision: 'proceed', text: 't', waives: ['area-cleared'] },
      operator,
    ),
    ...before('WorkStarted').slice(placeIn(stored, 'AreaCleared') + 1),
    fact('WorkStarted', { at: minute(startedAt) }),
  ];
  it('1.1-41 where the instruction is dated after what it waives', () => {
    expect(skews(waived(20, 18))).toEqual([
      {
        index: placeIn(stored, 'WorkStarted'),
        measure: 'clock-skew',
        what: 'instruction',
        at: minute(18),
        after: minute(20),
      },
    ]);
    expect(skews(waived(18, 18))).toEqual([]);
  });
  const called = (callAt: number) => [
    ...before('StartReported'),
    fact('StartReported', { at: minute(15), call: { at: minute(callAt) } }),
    fact('WorkStarted', { at: minute(16) }),
  ];
  it('1.1-26 where the start call is dated after the start', () => {
    const events = called(17);
    expect(skews(events)).toEqual([
      {
        index: events.length - 1,
        clause: '1.1-26',
        measure: 'clock-skew',
        what: 'start-call',
        at: minute(16),
        after: minute(17),
      },
    ]);
    expect(dossier(events).payment[0]).toMatchObject({
      clause: '1.1-26',
      status: 'satisfied',
      facts: { remarks: ['clock-skew'] },
    });
    expect(skews(called(16))).toEqual([]);
  });
  it('1.1-26 where a start call comes after the start, the first or one that is repeated', () => {
    const policy: Policy = { waive: [{ rule: 'start-reported', reason: 'r' }] };
    const events = [
      ...before('StartReported'),
      at(placeIn(stored, 'WorkStarted')),
      fact('StartReported', { at: minute(20), call: { at: minute(20) } }),
    ];
    const remarks = dossier(events, { policy }).remarks.map(({ index, facts }) => [index, facts.what]);
    expect(remarks).toEqual([[events.length - 1, 'start-call']]);
    const repeated = fact('StartReported', { at: minute(20), call: { at: minute(20) } });
    expect(skews([...called(15), repeated])).toMatchObject([
      { index: called(15).length, what: 'start-call', after: minute(20) },
    ]);
    const recordedLate = fact('StartReported', { at: minute(20), call: { at: minute(15) } });
    expect(skews([...called(15), recordedLate])).toEqual([]);
  });
  const recorded = (minutes: number) => [
    at(0),
    { ...at(1), data: { ...at(1).data, at: minute(minutes) }, metadata: { recordedAt: minute(1) } } as VisitEvent,
  ];
  it('where an act is dated more than five minutes after it was recorded', () => {
    expect(skews(recorded(7))).toEqual([
      { index: 1, measure: 'clock-skew', what: 'recorded', at: minute(1), after: minute(7) },
    ]);
    expect(skews(recorded(6))).toEqual([]);
    const odd = [at(0), { ...at(1), metadata: { recordedAt: 'ayer' } } as VisitEvent];
    expect(skews(odd)).toEqual([]);
  });
  it('1.2-12 but a former provider calls no start', () => {
    const late = fact('WorkStarted', { at: minute(14) }, { role: 'provider', id: 'zz' });
    expect(skews([...called(15).slice(0, -1), late])).toEqual([]);
  });
});

describe('many events that no effect can read', () => {
  /** The number of reads of a lawful event's data, in a log with so many unreadable entries. */
  function work(malformed: number): number {
    let looks = 0;
    const lawful = fact('InstructionGiven', { about: 'visit', decision: 'other', text: 't' }, operator);
    const counted = (): VisitEvent =>
      Object.defineProperty({ type: lawful.type }, 'data', {
        enumerable: true,
        get: () => {
          looks += 1;
          return lawful.data;
        },
      }) as VisitEvent;
    const odd = [fact('AssignmentAmended', { requiredShots: 5 }, operator), fact('PhotosTaken', { photos: [null] })];
    const events = Array.from({ length: malformed }, (_, index) => [counted(), odd[index % 2] as VisitEvent]).flat();
    const { findings } = audit([at(0), ...events]);
    expect(findings.filter(({ kind }) => kind === 'unreadable')).toHaveLength(malformed);
    return looks;
  }
  it('cost as much as many others: work grows with the log, and not with its square', () => {
    const [once, twice] = [work(200), work(400)];
    expect(twice).toBeLessThan(2.1 * once);
  });
  it('leave nothing in the state', () => {
    const amended = fact('AssignmentAmended', { service: 'otro', requiredShots: 5 }, operator);
    const events = [...stored.slice(0, 5), amended, at(5), amended, at(6)];
    expect(audit(events)).toMatchObject({ state: replay(stored.slice(0, 7)) });
    expect(found(events).map(([index, kind]) => [index, kind])).toEqual([
      [5, 'unreadable'],
      [7, 'unreadable'],
    ]);
  });
});
