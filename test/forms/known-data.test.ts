import { type CommandOf, type CommandType, commandTypes, evolve, guide, initialState, type VisitState } from 'auxilio';
import { type EnteredData, formOf, formsEsCR, knownData, readForm, valuesOf } from 'auxilio/forms';
import { simulate } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';

/** The states of some visits, one for each event. */
function* states(): Generator<VisitState> {
  for (const { events } of simulate({ visits: 12, seed: 7 })) {
    let state = initialState();
    for (const event of events) {
      state = evolve(state, event);
      yield state;
    }
  }
}

const known = <T extends CommandType>(type: T, state: VisitState) =>
  Object.keys(knownData(type, state)) as (keyof EnteredData<T>)[];

describe('what the visit knows of an act', () => {
  it('is, with what the guide asks for, all that its form must have', () => {
    const lacking = new Set<string>();
    let seen = 0;
    for (const state of states()) {
      for (const role of ['provider', 'contact-center'] as const) {
        for (const { command, fields } of guide(state, { role, locale: 'es-CR' }).open) {
          const given = new Set<string>([...fields.flat(), ...known(command, state), 'at']);
          for (const { name, required } of formOf(command, formsEsCR).fields) {
            seen += 1;
            if (required && !given.has(name)) lacking.add(`${command}: ${name}`);
          }
        }
      }
    }
    expect([...lacking]).toEqual([]);
    expect(seen).toBeGreaterThan(3_000);
  });

  it('is read from the form as it was given', () => {
    for (const state of states()) {
      for (const type of ['SubmitPhotos', 'AnnounceService', 'ReportCompletion', 'ResumeWork'] as const) {
        const data: Partial<CommandOf<typeof type>['data']> = knownData(type, state);
        const values = valuesOf(type, data, formsEsCR);
        const read = readForm(type, { ...values, at: '2026-03-17T14:00:00.000Z' }, formsEsCR);
        if (read.ok) expect(read.data).toMatchObject(data);
      }
    }
  });

  it('is nothing of most acts, and of an empty visit', () => {
    const ofEmpty = commandTypes.filter((type) => known(type, initialState()).length > 0);
    expect(ofEmpty).toEqual([
      'ValidateIdentity',
      'SubmitPhotos',
      'DocumentPhotos',
      'SupplyMaterials',
      'ResumeWork',
      'ShowBelongings',
    ]);
    expect(() => knownData('Nothing' as 'StartWork', initialState())).toThrow('Unknown command Nothing');
  });
});
