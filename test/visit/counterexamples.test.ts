import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, given } from '../../src/testing.ts';
import { decide, evolve, initialState, replay } from '../../src/visit/index.ts';
import { call, operator, photo, provider } from '../scenarios/commands.ts';

const by = { by: operator };
const documented: VisitEvent = {
  type: 'PhotosDocumented',
  data: { visitId: 'visit-1', at: '2026-03-17T14:00:00.000Z', photoIds: ['f-1'], ...by },
};

describe('1.1-19 a receipt that a log holds before its photograph', () => {
  it('does not count the photograph as sent, nor twice', () => {
    const taken = [
      ...eventsBefore('TakePhotos'),
      documented,
      ...advance(eventsBefore('TakePhotos'), command('TakePhotos', { photos: [photo('f-1')] })).slice(-1),
    ];
    expect(replay(taken).photos).toMatchObject({ sent: 0, unsent: 1, undocumented: 0 });
    const sent = advance(taken, command('SubmitPhotos', { photoIds: ['f-1'], channel: 'app' }));
    expect(replay(sent).photos).toMatchObject({ sent: 1, unsent: 0, undocumented: 0 });
  });
});

describe('1.1-18 a photograph whose id is a key of every object', () => {
  it('is folded alike by both folds, and harms nothing', () => {
    const ids = ['__proto__', 'constructor', 'toString'];
    const events: VisitEvent[] = [
      ...eventsBefore('TakePhotos'),
      { type: 'PhotosTaken', data: { visitId: 'visit-1', at: 'x', photos: ids.map((id) => photo(id)), by: provider } },
      { type: 'PhotosSubmitted', data: { visitId: 'visit-1', at: 'x', photoIds: ids, channel: 'app', by: provider } },
    ];
    expect(replay(events)).toEqual(events.reduce(evolve, initialState()));
    expect(Object.keys(replay(events).photos.byId)).toEqual(['constructor', 'toString']);
  });
});

describe('what a host that skips the wire may send', () => {
  const nothing = null as unknown as undefined;

  it.each<[VisitCommand, VisitEvent[], string]>([
    [command('ReportStart', { call: nothing as never }), eventsBefore('ReportStart'), '1.1-26'],
    [
      command('ShowBelongings', { items: [], clientConfirmed: nothing as never }),
      eventsBefore('ShowBelongings'),
      '1.1-53',
    ],
    [command('ReportTransitIssue', { issue: nothing as never }), eventsBefore('RecordArrival'), '1.2-02'],
    [command('PauseWork', { kind: 'second-visit', notice: nothing as never }), eventsAfter('StartWork'), '1.1-48'],
  ])('null says nothing: %#', (asked, past, clause) => {
    const decision = decide(asked, replay(past));
    expect(decision.ok ? [] : decision.rejection.violations.map((violation) => violation.clause)).toEqual([clause]);
  });

  it('0-02 does not say who typed an act in', () => {
    const forged = command('RecordArrival', { recordedBy: { role: 'contact-center', id: 'boss' } } as object);
    const decision = decide(forged, replay(eventsBefore('RecordArrival')));
    expect(decision.ok && decision.events[0]?.data).toStrictEqual({
      visitId: 'visit-1',
      at: forged.data.at,
      by: provider,
    });
  });
});

describe('1.1-26 a call that is there', () => {
  it('is enough', () => {
    given(eventsBefore('ReportStart'))
      .when(command('ReportStart', { call }))
      .accepts('StartReported', { by: provider });
  });
});
