import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { evolve, replay } from '../../src/visit/index.ts';
import {
  absence,
  arrival,
  by,
  byProvider,
  forProvider,
  instruct,
  leave,
  operator,
  otherProvider,
  relocation,
  standIn,
  substitution,
} from '../scenarios/commands.ts';
import { debtsOf, offSite } from '../scenarios/moments.ts';

const credential = command('ShowCredential', { at: minute(36) });
const comesBack = command('RecordClientReturn', { at: minute(37) });
const wait = instruct('client-absence', 'wait');
const reassign = instruct('visit', 'reassign');

describe('1.1-01 the provider arrives, once', () => {
  it('keeps when', () => {
    const visit = given(eventsBefore('RecordArrival')).when(arrival).accepts('ProviderArrived', byProvider);
    expect(visit).toEqual({
      ...replay(eventsBefore('RecordArrival')),
      phase: 'on-site',
      arrival: { ...replay([]).arrival, arrivedAt: minute(35) },
    });
  });
  it('is recorded by the contact center for the provider, too', () => {
    const visit = given(eventsBefore('RecordArrival'))
      .when(by(operator, arrival))
      .accepts('ProviderArrived', forProvider);
    expect(visit.arrival.arrivedAt).toBe(minute(35));
    given(eventsAfter('RecordArrival')).when(by(operator, arrival)).rejects(['not-arrived', '1.1-01']);
  });
  it('may say where', () => {
    const position = { latitude: 10.02, longitude: -84.12, accuracyMeters: 8 };
    given(eventsBefore('RecordArrival'))
      .when(command('RecordArrival', { position }))
      .accepts('ProviderArrived', byProvider);
  });
  it('refuses a second arrival', () => {
    given(eventsAfter('RecordArrival')).when(arrival).rejects(['not-arrived', '1.1-01']);
    given(eventsAfter('StartWork')).when(arrival).rejects(['not-arrived', '1.1-01']);
  });
  it('accepts it anew at another place, and for a second visit', () => {
    given(advance(eventsAfter('RecordArrival'), relocation))
      .when(arrival)
      .accepts('ProviderArrived', byProvider);
    const visit = given(advance(eventsAfter('StartWork'), leave))
      .when(arrival)
      .accepts('ProviderArrived', byProvider);
    expect([visit.phase, visit.arrival.arrivedAt]).toEqual(['away', minute(35)]);
  });
  it('refuses the acts that need it, and the other way round', () => {
    given(eventsBefore('RecordArrival')).when(credential).rejects(['arrived', '1.1-01']);
    given(eventsBefore('RecordArrival'))
      .when(command('AnnounceService', { service: 'fontanería' }))
      .rejects(['arrived', '1.1-01'], ['identity-valid', '1.1-08']);
  });
  it('changes nothing in a log if another provider arrived', () => {
    const visit = replay(eventsBefore('RecordArrival'));
    expect(evolve(visit, fact('ProviderArrived', {}, otherProvider))).toEqual(visit);
  });
});

describe('1.1-03 the credential is shown', () => {
  it('keeps when', () => {
    const visit = given(eventsAfter('RecordArrival')).when(credential).accepts('CredentialShown', byProvider);
    expect(visit.arrival).toEqual({
      arrivedAt: minute(1),
      credentialShownAt: minute(36),
      absentSince: null,
      absenceReportedAt: null,
    });
  });
  it('may name the credential, and is shown again', () => {
    given(eventsAfter('ShowCredential'))
      .when(command('ShowCredential', { credentialId: 'C-77' }))
      .accepts('CredentialShown', byProvider);
  });
  it('refuses it before the arrival', () => {
    given(eventsBefore('RecordArrival')).when(credential).rejects(['arrived', '1.1-01']);
  });
  it('stays shown at another place and for a second visit, by the same provider', () => {
    const visit = replay(advance(eventsAfter('StartWork'), leave));
    expect(visit.arrival).toEqual({
      arrivedAt: null,
      credentialShownAt: minute(2),
      absentSince: null,
      absenceReportedAt: null,
    });
    expect(replay(advance(eventsAfter('ShowCredential'), relocation)).arrival.credentialShownAt).toBe(minute(2));
  });
  it('changes nothing in a log if another provider showed theirs', () => {
    const visit = replay(eventsAfter('RecordArrival'));
    expect(evolve(visit, fact('CredentialShown', {}, otherProvider))).toEqual(visit);
  });
});

describe('1.1-09 the provider calls when the client is not there', () => {
  const noCall = command('ReportClientAbsence', {});
  it('1.1-10 is owed an instruction since then', () => {
    const visit = given(eventsAfter('RecordArrival')).when(absence).accepts('ClientAbsenceReported', byProvider);
    expect(visit.arrival.absentSince).toBe(minute(31));
    expect(visit.debts).toEqual([
      {
        kind: 'give-instruction',
        debtor: 'contact-center',
        clause: '1.1-10',
        since: minute(31),
        about: 'client-absence',
      },
    ]);
  });
  it('may be typed in by the operator who takes the call', () => {
    given(eventsAfter('RecordArrival')).when(by(operator, absence)).accepts('ClientAbsenceReported', forProvider);
  });
  it('refuses it without the call, whoever records it', () => {
    given(eventsAfter('RecordArrival')).when(noCall).rejects(['call-made', '1.1-09']);
    given(eventsAfter('RecordArrival')).when(by(operator, noCall)).rejects(['call-made', '1.1-09']);
  });
  it('refuses it before the arrival', () => {
    given(eventsBefore('RecordArrival')).when(absence).rejects(['arrived', '1.1-01']);
  });
  it('refuses it again until the center has answered', () => {
    given(advance(eventsAfter('RecordArrival'), absence))
      .when(absence)
      .rejects(['absence-answered', '1.1-09']);
    given(advance(eventsAfter('RecordArrival'), [absence, relocation]))
      .when(noCall)
      .rejects(['arrived', '1.1-01'], ['absence-answered', '1.1-09'], ['call-made', '1.1-09']);
  });
  const again = command('ReportClientAbsence', { at: minute(45), call: { at: minute(45) } });
  it.each([
    ['an instruction', [wait]],
    ['the client came back', [comesBack]],
    ['a representative was validated', [instruct('visit', 'proceed-with-representative'), standIn]],
  ])('accepts it again, and owes an answer anew, after %s', (_, answer) => {
    const visit = given(advance(eventsAfter('ShowCredential'), [absence, ...answer]))
      .when(again)
      .accepts('ClientAbsenceReported', byProvider);
    expect(visit.debts).toMatchObject([{ kind: 'give-instruction', about: 'client-absence', since: minute(45) }]);
    expect(visit.arrival.absentSince).not.toBeNull();
  });
  it('accepts one of the provider who took over, though the first was not answered', () => {
    const past = advance(eventsAfter('RecordArrival'), [absence, reassign, substitution, by(otherProvider, arrival)]);
    given(past).when(by(otherProvider, again)).accepts('ClientAbsenceReported', { by: otherProvider });
  });
  it('accepts it while away, once the provider is back at the door', () => {
    given(advance(eventsAfter('StartWork'), [leave, arrival]))
      .when(absence)
      .accepts('ClientAbsenceReported', byProvider);
  });
});

describe('1.1-09 the client comes back', () => {
  it('ends the absence and what is owed about it, and nothing else', () => {
    const before = replay(eventsAfter('ShowCredential'));
    const visit = given(advance(eventsAfter('ShowCredential'), absence))
      .when(comesBack)
      .accepts('ClientReturned', byProvider);
    expect(visit).toEqual({ ...before, arrival: { ...before.arrival, absenceReportedAt: minute(31) } });
  });
  it('is possible after an instruction, which ends no absence', () => {
    expect(replay(advance(eventsAfter('RecordArrival'), [absence, wait])).arrival.absentSince).toBe(minute(31));
    given(advance(eventsAfter('RecordArrival'), [absence, wait]))
      .when(comesBack)
      .accepts('ClientReturned', byProvider);
  });
  it('is possible where the provider is not', () => {
    given(advance(eventsAfter('RecordArrival'), [absence, relocation]))
      .when(comesBack)
      .accepts('ClientReturned', byProvider);
  });
  it('is refused when the client is not absent, and a second time', () => {
    given(eventsAfter('RecordArrival')).when(comesBack).rejects(['absence-open', '1.1-09']);
    given(advance(eventsAfter('RecordArrival'), [absence, comesBack]))
      .when(comesBack)
      .rejects(['absence-open', '1.1-09']);
  });
  it.each([
    [
      'validating a representative',
      [instruct('client-absence', 'proceed-with-representative'), standIn],
      byProvider.by,
    ],
    ['a change of provider', [reassign, substitution], otherProvider],
  ])('is refused after %s, which ended the absence', (_, acts, actor) => {
    const past = advance(eventsAfter('ShowCredential'), [absence, ...acts]);
    expect(replay(past).arrival.absentSince).toBeNull();
    expect(debtsOf(replay(past))).not.toContain('give-instruction/client-absence');
    given(past).when(by(actor, comesBack)).rejects(['absence-open', '1.1-09']);
  });
  it('an absence stays open in a log that validates the client in person', () => {
    const past = [...advance(eventsAfter('ShowCredential'), absence), fact('IdentityValidated', { person: 'client' })];
    expect(replay(past).arrival.absentSince).toBe(minute(31));
    expect(debtsOf(replay(past))).toEqual(['give-instruction/client-absence']);
  });
});

describe('1.1-12 the service is announced', () => {
  const announce = (service = 'fontanería') => command('AnnounceService', { at: minute(38), service });
  it('keeps when, and may be repeated', () => {
    const visit = given(eventsBefore('AnnounceService')).when(announce()).accepts('ServiceAnnounced', byProvider);
    expect(visit).toEqual({
      ...replay(eventsBefore('AnnounceService')),
      inspection: { ...replay([]).inspection, announcedAt: minute(38) },
    });
    given(eventsAfter('StartWork')).when(announce()).accepts('ServiceAnnounced', byProvider);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(advance(eventsBefore('AnnounceService'), acts))
      .when(announce())
      .rejects(...refused);
  });
  it('1.1-13 is the one that was assigned, to the letter', () => {
    for (const service of ['electricidad', 'Fontanería', 'fontanería ']) {
      given(eventsBefore('AnnounceService')).when(announce(service)).rejects(['service-as-assigned', '1.1-13']);
    }
  });
  it('1.1-08 is refused before the identity is valid', () => {
    given(eventsAfter('ShowCredential')).when(announce()).rejects(['identity-valid', '1.1-08']);
    given(advance(eventsAfter('ShowCredential'), leave))
      .when(announce('otro'))
      .rejects(
        ['arrived', '1.1-01'],
        ['not-away', '1.1-49'],
        ['identity-valid', '1.1-08'],
        ['service-as-assigned', '1.1-13'],
      );
  });
  it('is needed for the start', () => {
    given(eventsBefore('StartWork', { without: ['AnnounceService'] }))
      .when(command('StartWork', {}))
      .rejects(['service-announced', '1.1-12']);
  });
  it('asks for no client', () => {
    given(advance(eventsBefore('AnnounceService'), [absence, wait]))
      .when(announce())
      .accepts('ServiceAnnounced', byProvider);
  });
});
