import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, given, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  byProvider,
  comesBack,
  instruct,
  leave,
  policyWaiving,
  rejection,
  waive,
  waysAround,
} from '../scenarios/commands.ts';
import { offSite } from '../scenarios/moments.ts';

const locate = command('LocateFault', { at: minute(40), where: 'cocina' });
const inspect = command('InspectArea', { at: minute(41), clientPresent: true });
const assess = command('AssessService', { at: minute(42), diagnosis: 'tubo roto' });

describe('1.1-15 the fault is located', () => {
  const past = () => eventsBefore('LocateFault');
  it('keeps when, and may be repeated', () => {
    const before = replay(past());
    const visit = given(past()).when(locate).accepts('FaultLocated', byProvider);
    expect(visit).toEqual({ ...before, inspection: { ...before.inspection, faultLocatedAt: minute(40) } });
    given(eventsAfter('StartWork')).when(locate).accepts('FaultLocated', byProvider);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(advance(past(), acts))
      .when(locate)
      .rejects(...refused);
  });
  it('1.1-08 is refused before the identity is valid', () => {
    given(eventsAfter('ShowCredential')).when(locate).rejects(['identity-valid', '1.1-08']);
    given(advance(past(), [rejection, leave]))
      .when(locate)
      .rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['identity-valid', '1.1-08']);
  });
  it.each(waysAround('identity-valid'))('1.1-08 is let through by %s', (_, instructions, policy) => {
    given(advance(eventsAfter('ShowCredential'), instructions))
      .when(locate, policy)
      .accepts('FaultLocated', byProvider);
  });
  it('1.1-12 does not wait for the announcement', () => {
    given(eventsAfter('ValidateIdentity')).when(locate).accepts('FaultLocated', byProvider);
  });
  it('is refused to be inspected, and photographed, before', () => {
    given(past()).when(inspect).rejects(['fault-located', '1.1-15']);
    given(past())
      .when(command('TakePhotos', { photos: [] }))
      .rejects(['fault-located', '1.1-15'], ['photos-listed', '1.1-18']);
  });
});

describe('1.1-17 the area is inspected together with the client', () => {
  const past = () => eventsBefore('InspectArea');
  const alone = command('InspectArea', { clientPresent: false });
  it('keeps when, and may be repeated', () => {
    const before = replay(past());
    const visit = given(past()).when(inspect).accepts('AreaInspected', byProvider);
    expect(visit).toEqual({ ...before, inspection: { ...before.inspection, areaInspectedAt: minute(41) } });
    given(eventsAfter('StartWork')).when(inspect).accepts('AreaInspected', byProvider);
  });
  it.each([true, false])('1.1-23 keeps whether the client consented, and refuses neither: %s', (clientConsented) => {
    given(past())
      .when(command('InspectArea', { clientPresent: true, clientConsented }))
      .accepts('AreaInspected', byProvider);
  });
  it.each([{}, { clientPresent: false }, { clientConsented: true }])('is refused without the client: %j', (said) => {
    given(past()).when(command('InspectArea', said)).rejects(['client-present', '1.1-17']);
  });
  it.each(waysAround('client-present'))('is let through without the client by %s', (_, instructions, policy) => {
    given(advance(past(), instructions)).when(alone, policy).accepts('AreaInspected', byProvider);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(advance(past(), acts))
      .when(inspect)
      .rejects(...refused);
  });
  it('lists all that fails', () => {
    given(advance(eventsBefore('LocateFault'), [absence, leave]))
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
  const absent = () => advance(eventsBefore('InspectArea'), absence);
  it('refuses it also after an instruction to wait, or to proceed', () => {
    given(absent()).when(inspect).rejects(['client-here', '1.1-09']);
    for (const decision of ['wait', 'proceed', 'proceed-with-representative'] as const) {
      given(advance(absent(), instruct('client-absence', decision)))
        .when(inspect)
        .rejects(['client-here', '1.1-09']);
    }
  });
  it('accepts it once the client is back', () => {
    given(advance(absent(), comesBack)).when(inspect).accepts('AreaInspected', byProvider);
  });
  it.each(waysAround('client-here'))('is let through by %s', (_, instructions, policy) => {
    given(advance(absent(), instructions)).when(inspect, policy).accepts('AreaInspected', byProvider);
  });
  it('needs both waivers for an inspection without the client', () => {
    const alone = command('InspectArea', {});
    given(advance(absent(), waive('client-here')))
      .when(alone)
      .rejects(['client-present', '1.1-17']);
    given(advance(absent(), waive('client-here')))
      .when(alone, policyWaiving('client-present'))
      .accepts('AreaInspected', byProvider);
  });
});

describe('1.1-24 the service is assessed once the area was seen', () => {
  const past = () => eventsBefore('AssessService');
  it('keeps when, and may be repeated', () => {
    const before = replay(past());
    const visit = given(past()).when(assess).accepts('ServiceAssessed', byProvider);
    expect(visit).toEqual({ ...before, inspection: { ...before.inspection, assessedAt: minute(42) } });
    given(eventsAfter('StartWork')).when(assess).accepts('ServiceAssessed', byProvider);
  });
  it('is refused before', () => {
    given(eventsBefore('InspectArea')).when(assess).rejects(['area-inspected', '1.1-24']);
    given(advance(eventsBefore('InspectArea'), leave))
      .when(assess)
      .rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['area-inspected', '1.1-24']);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(advance(past(), acts))
      .when(assess)
      .rejects(...refused);
  });
  it('1.1-18 does not wait for photographs, nor for the client', () => {
    given(advance(eventsBefore('TakePhotos'), absence))
      .when(assess)
      .accepts('ServiceAssessed', byProvider);
  });
});
