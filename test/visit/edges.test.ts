import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { decide, replay } from '../../src/visit/index.ts';
import { instruct, irresolvable, operator, photo, provider, substitute, substitution } from '../scenarios/commands.ts';
import { cited } from '../scenarios/moments.ts';

const facts = (past: Parameters<typeof replay>[0], next: VisitCommand) => {
  const decision = decide(next, replay(past));
  return decision.ok ? [] : decision.rejection.violations.map((violation) => violation.facts);
};

describe('0-02 an act that is of no type', () => {
  const unknown = { ...command('ShowCredential', {}), type: 'Sing' } as unknown as VisitCommand;
  it.each([
    ['while another provider is owed', irresolvable],
    ['while an instruction to cancel stands', instruct('visit', 'cancel')],
  ])('is refused for its role alone %s', (_, before) => {
    expect(cited(advance(eventsAfter('AssignVisit'), before), unknown)).toEqual(['role 0-02']);
  });
});

describe('1.1-07 what is missing to identify a person', () => {
  it.each([
    [{ fullNameGiven: true }, { fullNameGiven: true, documentShown: false }],
    [{ documentShown: true }, { fullNameGiven: false, documentShown: true }],
  ])('is told: %j', (said, told) => {
    expect(facts(eventsAfter('ShowCredential'), command('ValidateIdentity', { person: 'client', ...said }))).toEqual([
      told,
    ]);
  });
});

describe('1.1-18 photographs, some as they should be and some not', () => {
  const two = advance(eventsBefore('TakePhotos'), command('TakePhotos', { photos: [photo('f-1'), photo('f-2')] }));
  const oneSent = advance(two, command('SubmitPhotos', { photoIds: ['f-1'], channel: 'app' }));
  it('names those that were not taken', () => {
    expect(facts(two, command('SubmitPhotos', { photoIds: ['f-1', 'f-9'], channel: 'app' }))).toEqual([
      { notTaken: ['f-9'] },
    ]);
  });
  it('names those that were not sent', () => {
    expect(facts(oneSent, command('StartWork', {}))).toContainEqual({ sent: 1, unsent: ['f-2'], missingShots: [] });
  });
  it('names those that cannot be put on file', () => {
    expect(facts(oneSent, command('DocumentPhotos', { photoIds: ['f-1', 'f-2'] }))).toEqual([{ refused: ['f-2'] }]);
  });
});

describe('1.1-22 receipts of a foreign log', () => {
  const receipt = (at: number) => fact('PhotosDocumented', { at: minute(at), photoIds: ['f-1'] }, operator);
  it('keep the first time at which a photograph was put on file', () => {
    const { photos } = replay([...eventsAfter('SubmitPhotos'), receipt(40), receipt(50)]);
    expect(photos.byId['f-1']).toMatchObject({ documentedAt: minute(40) });
    expect(photos.undocumented).toBe(0);
  });
  it('of a photograph never taken leave none to be sent', () => {
    const sent = fact('PhotosSubmitted', { photoIds: ['f-1'], channel: 'app' });
    expect(replay([...eventsBefore('TakePhotos'), receipt(40), sent]).photos).toMatchObject({ sent: 1, unsent: 0 });
    expect(facts([...eventsBefore('TakePhotos'), receipt(40)], command('StartWork', {}))).toContainEqual({
      sent: 0,
      unsent: [],
      missingShots: [],
    });
  });
});

describe('1.1-35 materials that do not suffice', () => {
  const short = command('SupplyMaterials', {
    suppliedBy: 'client',
    items: [{ item: 'Tubo PVC', quantity: 1, unit: 'm' }],
  });
  it('are judged only while they are supplied', () => {
    const turned = command('RejectMaterials', { mismatches: [{ item: 'Tubo PVC', reasons: ['quantity'] }] });
    expect(cited(advance(eventsBefore('SupplyMaterials'), short), command('AcceptMaterials', {}))).toEqual([
      'enough-supplied 1.1-35',
    ]);
    expect(cited(advance(eventsBefore('SupplyMaterials'), [short, turned]), command('AcceptMaterials', {}))).toEqual([
      'materials-supplied 1.1-35',
    ]);
  });
  it('are turned away with a reason for each: those without are named', () => {
    const mismatches = [
      { item: 'codo', reasons: ['kind'] },
      { item: 'tubo', reasons: [] },
    ];
    expect(facts(eventsAfter('SupplyMaterials'), command('RejectMaterials', { mismatches } as never))).toEqual([
      { unreasoned: ['tubo'] },
    ]);
  });
});

describe('1.2-12 another provider before the start', () => {
  it('leaves what was shown while the visit was being closed', () => {
    const shown = command('ShowBelongings', { items: [], clientConfirmed: true });
    const past = advance(eventsAfter('ShowCredential'), [
      instruct('visit', 'cancel'),
      shown,
      instruct('visit', 'reassign'),
    ]);
    const visit = given(past).when(substitution).accepts('ProviderReassigned', { by: operator });
    expect(visit.provider).toEqual(substitute);
    expect(visit.closing).toMatchObject({ belongingsShownAt: minute(0), belongingsConfirmed: true });
    expect(provider.id).not.toBe(substitute.id);
  });
});
