import { describe, expect, it } from 'vitest';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  andThen,
  comesBack,
  instruct,
  leave,
  offSite,
  rejection,
  waive,
  waiving,
  waysAround,
} from '../scenarios/first-half.ts';
import { byProvider, command, given, minute, through, upTo } from '../support/visit.ts';

const locate = command('LocateFault', { at: minute(40), where: 'cocina' });
const inspect = command('InspectArea', { at: minute(41), clientPresent: true });
const assess = command('AssessService', { at: minute(42), diagnosis: 'tubo roto' });

describe('1.1-15 the fault is located', () => {
  const past = () => upTo('LocateFault');
  it('keeps when, and may be repeated', () => {
    const before = replay(past());
    const visit = given(past()).when(locate).then('FaultLocated', byProvider);
    expect(visit).toEqual({ ...before, inspection: { ...before.inspection, faultLocatedAt: minute(40) } });
    given(through('StartWork')).when(locate).then('FaultLocated', byProvider);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(andThen(past(), ...acts))
      .when(locate)
      .rejects(...refused);
  });
  it('1.1-08 is refused before the identity is valid', () => {
    given(through('ShowCredential')).when(locate).rejects(['identity-valid', '1.1-08']);
    given(andThen(past(), rejection, leave))
      .when(locate)
      .rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['identity-valid', '1.1-08']);
  });
  it.each(waysAround('identity-valid'))('1.1-08 is let through by %s', (_, instructions, policy) => {
    given(andThen(through('ShowCredential'), ...instructions))
      .when(locate, policy)
      .then('FaultLocated', byProvider);
  });
  it('1.1-12 does not wait for the announcement', () => {
    given(through('ValidateIdentity')).when(locate).then('FaultLocated', byProvider);
  });
  it('is refused to be inspected, and photographed, before', () => {
    given(past()).when(inspect).rejects(['fault-located', '1.1-15']);
    given(past())
      .when(command('TakePhotos', { photos: [] }))
      .rejects(['fault-located', '1.1-15'], ['photos-listed', '1.1-18']);
  });
});

describe('1.1-17 the area is inspected together with the client', () => {
  const past = () => upTo('InspectArea');
  const alone = command('InspectArea', { clientPresent: false });
  it('keeps when, and may be repeated', () => {
    const before = replay(past());
    const visit = given(past()).when(inspect).then('AreaInspected', byProvider);
    expect(visit).toEqual({ ...before, inspection: { ...before.inspection, areaInspectedAt: minute(41) } });
    given(through('StartWork')).when(inspect).then('AreaInspected', byProvider);
  });
  it.each([true, false])('1.1-23 keeps whether he consented, and refuses neither: %s', (clientConsented) => {
    given(past())
      .when(command('InspectArea', { clientPresent: true, clientConsented }))
      .then('AreaInspected', byProvider);
  });
  it.each([{}, { clientPresent: false }, { clientConsented: true }])('is refused without him: %j', (said) => {
    given(past()).when(command('InspectArea', said)).rejects(['client-present', '1.1-17']);
  });
  it.each(waysAround('client-present'))('is let through without him by %s', (_, instructions, policy) => {
    given(andThen(past(), ...instructions))
      .when(alone, policy)
      .then('AreaInspected', byProvider);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(andThen(past(), ...acts))
      .when(inspect)
      .rejects(...refused);
  });
  it('lists all that fails', () => {
    given(andThen(upTo('LocateFault'), absence, leave))
      .when(alone)
      .rejects(
        ['arrived', '1.1-01'],
        ['not-away', '1.1-49'],
        ['fault-located', '1.1-15'],
        ['client-here', '1.1-09'],
        ['client-present', '1.1-17'],
      );
  });
});

describe('1.1-09 the inspection waits for an absent client', () => {
  const absent = () => andThen(upTo('InspectArea'), absence);
  it('refuses it also after an instruction to wait, or to proceed', () => {
    given(absent()).when(inspect).rejects(['client-here', '1.1-09']);
    for (const decision of ['wait', 'proceed', 'proceed-with-representative'] as const) {
      given(andThen(absent(), instruct('client-absence', decision)))
        .when(inspect)
        .rejects(['client-here', '1.1-09']);
    }
  });
  it('accepts it once he is back', () => {
    given(andThen(absent(), comesBack)).when(inspect).then('AreaInspected', byProvider);
  });
  it.each(waysAround('client-here'))('is let through by %s', (_, instructions, policy) => {
    given(andThen(absent(), ...instructions))
      .when(inspect, policy)
      .then('AreaInspected', byProvider);
  });
  it('needs both waivers for one without him', () => {
    const alone = command('InspectArea', {});
    given(andThen(absent(), waive('client-here')))
      .when(alone)
      .rejects(['client-present', '1.1-17']);
    given(andThen(absent(), waive('client-here')))
      .when(alone, waiving('client-present'))
      .then('AreaInspected', byProvider);
  });
});

describe('1.1-24 the service is assessed once the area was seen', () => {
  const past = () => upTo('AssessService');
  it('keeps when, and may be repeated', () => {
    const before = replay(past());
    const visit = given(past()).when(assess).then('ServiceAssessed', byProvider);
    expect(visit).toEqual({ ...before, inspection: { ...before.inspection, assessedAt: minute(42) } });
    given(through('StartWork')).when(assess).then('ServiceAssessed', byProvider);
  });
  it('is refused before', () => {
    given(upTo('InspectArea')).when(assess).rejects(['area-inspected', '1.1-24']);
    given(andThen(upTo('InspectArea'), leave))
      .when(assess)
      .rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['area-inspected', '1.1-24']);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(andThen(past(), ...acts))
      .when(assess)
      .rejects(...refused);
  });
  it('1.1-18 does not wait for photographs, nor for the client', () => {
    given(andThen(upTo('TakePhotos'), absence))
      .when(assess)
      .then('ServiceAssessed', byProvider);
  });
});
