import { describe, expect, it } from 'vitest';
import type { ValidateIdentityData } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, given, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  arrival,
  by,
  byProvider,
  forProvider,
  instruct,
  leave,
  operator,
  policyWaiving,
  rejection,
  relocation,
  standIn,
  validation,
  waive,
  waysAround,
} from '../scenarios/commands.ts';
import { debtsOf } from '../scenarios/moments.ts';

const atTheDoor = () => eventsAfter('ShowCredential');
const withoutCredential = () => eventsAfter('RecordArrival');
const allowed = instruct('visit', 'proceed-with-representative', { representative: { name: 'Tía Eva' } });
const question = (since = minute(32)) => ({
  kind: 'give-instruction',
  debtor: 'contact-center',
  clause: '1.1-10',
  since,
  about: 'identity',
});

describe('1.1-08 the identity of the person at the door is validated', () => {
  it('keeps when and who', () => {
    const visit = given(atTheDoor()).when(validation).accepts('IdentityValidated', byProvider);
    expect(visit).toEqual({
      ...replay(atTheDoor()),
      identity: { validatedAt: minute(0), person: 'client', rejectedAt: null, representativeAllowed: false },
    });
  });
  it('may name the kind of document, and is done again', () => {
    const shown = { person: 'client', fullNameGiven: true, documentShown: true, documentKind: 'dimex' } as const;
    given(atTheDoor()).when(command('ValidateIdentity', shown)).accepts('IdentityValidated', byProvider);
    given(advance(atTheDoor(), validation)).when(validation).accepts('IdentityValidated', byProvider);
  });
  it('settles a rejection and what is owed about it', () => {
    const past = advance(atTheDoor(), rejection);
    const visit = given(past).when(validation).accepts('IdentityValidated', byProvider);
    expect(visit.identity).toMatchObject({ person: 'client', rejectedAt: null });
    expect(visit.debts).toEqual([]);
  });
  it('is done at the door before a visit is resumed', () => {
    given(advance(eventsAfter('StartWork'), [leave, arrival]))
      .when(validation)
      .accepts('IdentityValidated', byProvider);
  });
  it('1.1-01 is refused where the provider has not arrived', () => {
    given(advance(atTheDoor(), relocation)).when(validation).rejects(['arrived', '1.1-01']);
  });
  it('lists all that fails', () => {
    given(eventsBefore('RecordArrival'))
      .when(command('ValidateIdentity', { person: 'representative' }))
      .rejects(
        ['arrived', '1.1-01'],
        ['credential-shown', '1.1-03'],
        ['representative-allowed', '1.1-09'],
        ['identified', '1.1-07'],
      );
    given(advance(withoutCredential(), [absence, relocation]))
      .when(command('ValidateIdentity', { person: 'client' }))
      .rejects(
        ['arrived', '1.1-01'],
        ['credential-shown', '1.1-03'],
        ['client-answers', '1.1-09'],
        ['identified', '1.1-07'],
      );
  });
});

describe('1.1-03 the credential is shown before the identity is asked for', () => {
  it.each([
    ['validated', validation],
    ['rejected', rejection],
  ])('refuses that it is %s', (_, next) => {
    given(withoutCredential()).when(next).rejects(['credential-shown', '1.1-03']);
  });
  it.each(waysAround('credential-shown'))('is waived by %s', (_, instructions, policy) => {
    const past = advance(withoutCredential(), instructions);
    given(past).when(validation, policy).accepts('IdentityValidated', byProvider);
    given(past).when(rejection, policy).accepts('IdentityRejected', byProvider);
  });
});

describe('1.1-07 the full name is given and a document shown', () => {
  type Said = Omit<ValidateIdentityData, 'visitId' | 'at' | 'person'>;
  const incomplete: readonly Said[] = [
    {},
    { fullNameGiven: true },
    { documentShown: true },
    { fullNameGiven: true, documentShown: false },
    { fullNameGiven: false, documentShown: true },
    { fullNameGiven: false, documentShown: false, documentKind: 'cedula' },
  ];
  it.each(incomplete)('refuses %j', (said) => {
    given(atTheDoor())
      .when(command('ValidateIdentity', { person: 'client', ...said }))
      .rejects(['identified', '1.1-07']);
  });
  it('is asked of a representative too', () => {
    given(advance(atTheDoor(), allowed))
      .when(command('ValidateIdentity', { person: 'representative' }))
      .rejects(['identified', '1.1-07']);
  });
  it.each(waysAround('identified'))('is waived by %s', (_, instructions, policy) => {
    given(advance(atTheDoor(), instructions))
      .when(command('ValidateIdentity', { person: 'client' }), policy)
      .accepts('IdentityValidated', byProvider);
  });
});

describe('1.1-09 the client answers in person, a representative under an instruction', () => {
  it('refuses a client who is absent, also after an instruction to wait or to proceed', () => {
    const absent = advance(atTheDoor(), absence);
    given(absent).when(validation).rejects(['client-answers', '1.1-09']);
    for (const decision of ['wait', 'proceed'] as const) {
      given(advance(absent, instruct('client-absence', decision)))
        .when(validation)
        .rejects(['client-answers', '1.1-09']);
    }
  });
  it('cannot be waived', () => {
    given(advance(atTheDoor(), [absence, waive('client-here', 'client-present')]))
      .when(validation, policyWaiving('client-here'))
      .rejects(['client-answers', '1.1-09']);
  });
  it('refuses a representative whom no instruction allows', () => {
    given(atTheDoor()).when(standIn).rejects(['representative-allowed', '1.1-09']);
    given(advance(atTheDoor(), instruct('visit', 'proceed')))
      .when(standIn)
      .rejects(['representative-allowed', '1.1-09']);
  });
  it('accepts one who is allowed, who ends the absence and the questions about it', () => {
    const past = advance(atTheDoor(), [rejection, absence, allowed]);
    expect(debtsOf(replay(past))).toEqual(['give-instruction/identity', 'give-instruction/client-absence']);
    expect(given(past).when(standIn).accepts('IdentityValidated', byProvider)).toMatchObject({
      arrival: { absentSince: null },
      identity: { validatedAt: minute(36), person: 'representative', rejectedAt: null, representativeAllowed: true },
      debts: [],
    });
  });
  it('accepts one who is allowed though the client is not absent', () => {
    given(advance(atTheDoor(), allowed)).when(standIn).accepts('IdentityValidated', byProvider);
  });
});

describe('1.1-08 an identity that is not valid is rejected', () => {
  it('1.1-10 is owed an instruction since then', () => {
    const visit = given(atTheDoor()).when(rejection).accepts('IdentityRejected', byProvider);
    expect(visit.identity).toEqual({
      validatedAt: null,
      person: null,
      rejectedAt: minute(32),
      representativeAllowed: false,
    });
    expect(visit.debts).toEqual([question()]);
  });
  it('undoes one that was valid, and nothing else', () => {
    const before = replay(eventsAfter('StartWork'));
    const visit = given(eventsAfter('StartWork')).when(rejection).accepts('IdentityRejected', byProvider);
    expect(visit).toEqual({
      ...before,
      identity: { ...before.identity, validatedAt: null, person: null, rejectedAt: minute(32) },
      debts: [...before.debts, question()],
    });
  });
  it('may be typed in by the operator who takes the call', () => {
    given(atTheDoor()).when(by(operator, rejection)).accepts('IdentityRejected', forProvider);
  });
  const later = command('RejectIdentity', { at: minute(46), reason: 'no-document', call: { at: minute(46) } });
  it('is rejected again, which is owed one answer, and another after that', () => {
    const twice = given(advance(atTheDoor(), rejection)).when(later).accepts('IdentityRejected', byProvider);
    expect(twice.debts).toEqual([question()]);
    const answered = given(advance(atTheDoor(), [rejection, instruct('identity', 'wait')]))
      .when(later)
      .accepts('IdentityRejected', byProvider);
    expect(answered.debts).toEqual([question(minute(46))]);
  });
  it('1.1-09 is refused without a call', () => {
    given(atTheDoor())
      .when(command('RejectIdentity', { reason: 'refused' }))
      .rejects(['call-made', '1.1-09']);
  });
  it('1.1-01 is refused where the provider has not arrived', () => {
    given(advance(atTheDoor(), relocation)).when(rejection).rejects(['arrived', '1.1-01']);
    given(eventsBefore('RecordArrival'))
      .when(command('RejectIdentity', { reason: 'refused' }))
      .rejects(['arrived', '1.1-01'], ['credential-shown', '1.1-03'], ['call-made', '1.1-09']);
  });
  it('is rejected of an absent client, whose absence stays open', () => {
    const visit = given(advance(atTheDoor(), absence)).when(rejection).accepts('IdentityRejected', byProvider);
    expect(visit.arrival.absentSince).toBe(minute(31));
  });
});

describe('1.1-08 what comes after needs a valid identity', () => {
  const announce = command('AnnounceService', { service: 'fontanería' });
  const locate = command('LocateFault', { where: 'cocina' });
  const start = command('StartWork', {});
  const rejected = () => advance(eventsBefore('StartWork'), rejection);
  it.each([
    ['the announcement', announce, 'ServiceAnnounced'],
    ['locating the fault', locate, 'FaultLocated'],
    ['the start', start, 'WorkStarted'],
  ] as const)('%s', (_, next, event) => {
    given(rejected()).when(next).rejects(['identity-valid', '1.1-08']);
    given(advance(rejected(), validation)).when(next).accepts(event, byProvider);
    given(advance(rejected(), waive('identity-valid')))
      .when(next)
      .accepts(event, byProvider);
    given(rejected()).when(next, policyWaiving('identity-valid')).accepts(event, byProvider);
  });
});
