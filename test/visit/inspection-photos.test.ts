import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  byOperator,
  byProvider,
  forProvider,
  leave,
  operator,
  photo,
  relocation,
  waive,
  waysAround,
} from '../scenarios/commands.ts';
import { debtsOf, offSite } from '../scenarios/moments.ts';

const take = (...photoIds: readonly string[]) =>
  command('TakePhotos', { at: minute(40), photos: photoIds.map((id) => photo(id)) });
const send = (photoIds: readonly string[], at = minute(41)) =>
  command('SubmitPhotos', { at, photoIds, channel: 'app' });
const file = (photoIds: readonly string[], at = minute(42)) => command('DocumentPhotos', { at, photoIds });
const start = command('StartWork', {});

const toDocument = (since: string) => ({
  kind: 'document-photos',
  debtor: 'contact-center',
  clause: '1.1-22',
  since,
});

describe('1.1-18 photographs are taken of the fault', () => {
  const past = () => eventsBefore('TakePhotos');
  it('keeps each of them', () => {
    const two = command('TakePhotos', { photos: [photo('f-1', 'tablero'), photo('f-2')] });
    const visit = given(past()).when(two).accepts('PhotosTaken', byProvider);
    expect(visit.photos).toEqual({
      byId: {
        'f-1': { takenAt: minute(10), shot: 'tablero', sentAt: null, documentedAt: null },
        'f-2': { takenAt: minute(10), shot: null, sentAt: null, documentedAt: null },
      },
      sent: 0,
      unsent: 2,
      undocumented: 0,
    });
  });
  it('accepts more of them, at any time on site', () => {
    given(eventsAfter('SubmitPhotos')).when(take('f-2', 'f-3')).accepts('PhotosTaken', byProvider);
    given(eventsAfter('StartWork')).when(take('f-2')).accepts('PhotosTaken', byProvider);
    given(advance(past(), absence)).when(take('f-1')).accepts('PhotosTaken', byProvider);
  });
  it('does not wait for the inspection', () => {
    given(eventsBefore('InspectArea')).when(take('f-1')).accepts('PhotosTaken', byProvider);
  });
  it('is refused with none', () => {
    given(past()).when(take()).rejects(['photos-listed', '1.1-18']);
  });
  it('is refused with one twice, in one act or ever', () => {
    given(past())
      .when(take('f-1', 'f-2', 'f-1'))
      .rejects(['photos-new', '1.1-18']);
    given(eventsAfter('TakePhotos')).when(take('f-2', 'f-1')).rejects(['photos-new', '1.1-18']);
    given(eventsAfter('SubmitPhotos')).when(take('f-1')).rejects(['photos-new', '1.1-18']);
  });
  it('1.1-15 is refused before the fault was located', () => {
    given(eventsBefore('LocateFault')).when(take('f-1')).rejects(['fault-located', '1.1-15']);
    given(advance(eventsBefore('LocateFault'), leave))
      .when(take('f-1', 'f-1'))
      .rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['fault-located', '1.1-15'], ['photos-new', '1.1-18']);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(advance(past(), acts))
      .when(take('f-1'))
      .rejects(...refused);
  });
  it.each(['constructor', 'toString', 'hasOwnProperty'])('takes one whose id is %s for what it is', (id) => {
    given(past())
      .when(send([id]))
      .rejects(['photos-taken', '1.1-18']);
    const visit = given(past()).when(take(id)).accepts('PhotosTaken', byProvider);
    expect(Object.keys(visit.photos.byId)).toEqual([id]);
    given(advance(past(), take(id)))
      .when(take(id))
      .rejects(['photos-new', '1.1-18']);
    given(advance(past(), take(id)))
      .when(send([id]))
      .accepts('PhotosSubmitted', byProvider);
  });
  it('counts one once that a log takes twice', () => {
    const again = fact('PhotosTaken', { photos: [photo('f-1')] });
    expect(replay([...eventsAfter('TakePhotos'), again]).photos).toMatchObject({ unsent: 1, sent: 0 });
    expect(replay([...eventsAfter('SubmitPhotos'), again]).photos).toMatchObject({ unsent: 0, sent: 1 });
  });
});

describe('1.1-18 photographs are sent that were taken', () => {
  const past = () => advance(eventsBefore('TakePhotos'), take('f-1', 'f-2'));
  it('1.1-22 keeps when, and owes their documentation since then', () => {
    const visit = given(past())
      .when(send(['f-1', 'f-2']))
      .accepts('PhotosSubmitted', byProvider);
    expect(visit.photos).toMatchObject({ sent: 2, unsent: 0, undocumented: 2 });
    expect(visit.photos.byId['f-2']).toMatchObject({ takenAt: minute(10), sentAt: minute(41), documentedAt: null });
    expect(visit.debts).toEqual([toDocument(minute(41))]);
  });
  it('sends a part of them', () => {
    const visit = given(past())
      .when(send(['f-2']))
      .accepts('PhotosSubmitted', byProvider);
    expect(visit.photos).toMatchObject({ sent: 1, unsent: 1, undocumented: 1 });
  });
  it('sends one again, which counts once and as sent when it was first', () => {
    const visit = given(advance(past(), send(['f-1'])))
      .when(send(['f-1', 'f-2', 'f-2'], minute(50)))
      .accepts('PhotosSubmitted', byProvider);
    expect(visit.photos).toMatchObject({ sent: 2, unsent: 0, undocumented: 2 });
    expect(visit.photos.byId['f-1']?.sentAt).toBe(minute(41));
    expect(visit.debts).toEqual([toDocument(minute(41))]);
  });
  it.each([
    ['none', []],
    ['one that was not taken', ['f-3']],
    ['one among them that was not taken', ['f-1', 'f-3', 'f-2']],
  ])('refuses %s', (_, photoIds) => {
    given(past()).when(send(photoIds)).rejects(['photos-taken', '1.1-18']);
  });
  it('is done from anywhere', () => {
    given(advance(past(), relocation))
      .when(send(['f-1']))
      .accepts('PhotosSubmitted', byProvider);
    given(advance(past(), leave))
      .when(send(['f-1']))
      .accepts('PhotosSubmitted', byProvider);
  });
  it('counts one that a log sends without having taken it', () => {
    const visit = replay([
      ...eventsBefore('TakePhotos'),
      fact('PhotosSubmitted', { photoIds: ['f-9'], channel: 'app' }),
    ]);
    expect(visit.photos).toMatchObject({ sent: 1, unsent: 0, undocumented: 1 });
    expect(debtsOf(visit)).toEqual(['document-photos']);
  });
  it('knows one that a log took after it was sent', () => {
    const sent = fact('PhotosSubmitted', { at: minute(41), photoIds: ['f-9'], channel: 'app' });
    const visit = replay([
      ...eventsBefore('TakePhotos'),
      sent,
      fact('PhotosTaken', { photos: [photo('f-9', 'tablero')] }),
    ]);
    expect(visit.photos).toEqual({
      byId: { 'f-9': { takenAt: minute(10), shot: 'tablero', sentAt: minute(41), documentedAt: null } },
      sent: 1,
      unsent: 0,
      undocumented: 1,
    });
  });
});

describe('1.1-20 1.1-21 photographs are sent through the app, or by e-mail with the reason', () => {
  const by = (data: { channel?: string; appUnavailableReason?: string }) =>
    command('SubmitPhotos', { photoIds: ['f-1'], ...data });
  it.each([{ channel: 'app' }, { channel: 'app', appUnavailableReason: 'sin señal' }])('accepts %j', (data) => {
    given(eventsAfter('TakePhotos')).when(by(data)).accepts('PhotosSubmitted', byProvider);
  });
  it.each([{}, { channel: 'whatsapp' }, { channel: 'App' }, { channel: 'E-mail', appUnavailableReason: 'sin señal' }])(
    '1.1-20 refuses %j',
    (data) => {
      given(eventsAfter('TakePhotos')).when(by(data)).rejects(['channel-allowed', '1.1-20']);
    },
  );
  it('are sent by the contact center for the provider, too', () => {
    const { data } = by({ channel: 'app' });
    const visit = given(eventsAfter('TakePhotos'))
      .when(command('SubmitPhotos', data as never, operator))
      .accepts('PhotosSubmitted', forProvider);
    expect(debtsOf(visit)).toEqual(['document-photos']);
  });
  it('1.1-21 accepts e-mail with the reason alone', () => {
    given(eventsAfter('TakePhotos'))
      .when(by({ channel: 'email', appUnavailableReason: 'sin señal' }))
      .accepts('PhotosSubmitted', byProvider);
    given(eventsAfter('TakePhotos'))
      .when(by({ channel: 'email' }))
      .rejects(['email-justified', '1.1-21']);
  });
  it('lists them after those that were not taken', () => {
    given(eventsBefore('TakePhotos')).when(by({})).rejects(['photos-taken', '1.1-18'], ['channel-allowed', '1.1-20']);
    given(eventsBefore('TakePhotos'))
      .when(by({ channel: 'email' }))
      .rejects(['photos-taken', '1.1-18'], ['email-justified', '1.1-21']);
  });
});

describe('1.1-22 photographs that were sent are documented', () => {
  const past = () => advance(eventsBefore('TakePhotos'), [take('f-1', 'f-2', 'f-3'), send(['f-1', 'f-2'])]);
  it('stays owed until the last of them', () => {
    const part = given(past())
      .when(file(['f-2']))
      .accepts('PhotosDocumented', byOperator);
    expect(part.photos).toMatchObject({ sent: 2, unsent: 1, undocumented: 1 });
    expect(part.photos.byId['f-2']?.documentedAt).toBe(minute(42));
    expect(part.debts).toEqual([toDocument(minute(41))]);
    const all = given(advance(past(), file(['f-2'])))
      .when(file(['f-1']))
      .accepts('PhotosDocumented', byOperator);
    expect(all.photos.undocumented).toBe(0);
    expect(all.debts).toEqual([]);
  });
  it('is owed anew when another is sent, and not when one that is documented is sent again', () => {
    const done = advance(past(), file(['f-1', 'f-2']));
    const anew = given(done)
      .when(send(['f-1', 'f-3'], minute(50)))
      .accepts('PhotosSubmitted', byProvider);
    expect(anew.debts).toEqual([toDocument(minute(50))]);
    const again = given(done)
      .when(send(['f-1', 'f-2'], minute(50)))
      .accepts('PhotosSubmitted', byProvider);
    expect(again.debts).toEqual([]);
    expect(again.photos.byId['f-1']).toMatchObject({ sentAt: minute(41), documentedAt: minute(42) });
  });
  it.each([
    ['none', []],
    ['one that was not taken', ['f-9']],
    ['one that was not sent', ['f-3']],
    ['one among them that was not sent', ['f-1', 'f-3']],
  ])('refuses %s', (_, photoIds) => {
    given(past()).when(file(photoIds)).rejects(['photos-to-document', '1.1-22']);
  });
  it('refuses one that is documented', () => {
    given(advance(past(), file(['f-1'])))
      .when(file(['f-2', 'f-1']))
      .rejects(['photos-to-document', '1.1-22']);
  });
});

describe('1.1-19 photographs are sent before the work starts', () => {
  const shots = command('AmendAssignment', { requiredShots: ['tablero', 'fachada'] });
  const withShots = command('TakePhotos', { photos: [photo('f-2', 'tablero'), photo('f-3', 'fachada')] });
  it.each([
    ['none was taken', eventsBefore('StartWork', { without: ['TakePhotos', 'SubmitPhotos'] })],
    ['none was sent', eventsBefore('StartWork', { without: ['SubmitPhotos'] })],
    ['one was taken since and not sent', advance(eventsBefore('StartWork'), take('f-2'))],
    ['one that is required was not taken', advance(eventsBefore('StartWork'), shots)],
    ['one that is required was not sent', advance(eventsBefore('StartWork'), [shots, withShots, send(['f-2'])])],
  ])('refuses the start when %s', (_, past) => {
    given(past).when(start).rejects(['photos-sent', '1.1-19']);
  });
  it('accepts it when every one and every required shot was sent', () => {
    given(eventsBefore('StartWork')).when(start).accepts('WorkStarted', byProvider);
    given(advance(eventsBefore('StartWork'), [shots, withShots, send(['f-2', 'f-3'])]))
      .when(start)
      .accepts('WorkStarted', byProvider);
  });
  it('does not ask that they are documented', () => {
    expect(debtsOf(replay(eventsBefore('StartWork')))).toContain('document-photos');
  });
  it.each(waysAround('photos-sent'))('is let through by %s', (_, instructions, policy) => {
    given(advance(eventsBefore('StartWork', { without: ['SubmitPhotos'] }), instructions))
      .when(start, policy)
      .accepts('WorkStarted', byProvider);
  });
  it('is not let through by the waiver of another rule', () => {
    given(advance(eventsBefore('StartWork', { without: ['SubmitPhotos'] }), waive('tools-shown')))
      .when(start)
      .rejects(['photos-sent', '1.1-19']);
  });
});
