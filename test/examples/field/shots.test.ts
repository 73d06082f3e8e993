import { visitAt } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { missingShots, shotNames } from '../../../examples/field/phone/src/shots.ts';

const at = '2026-03-17T14:00:00.000Z';
const names = { beforeWork: 'antes', afterWork: 'después' };

const visitWith = (requiredShots: readonly string[], taken: readonly (string | null)[] = []) => {
  const { state } = visitAt('on-site');
  const photo = (shot: string | null) => ({ takenAt: at, sentAt: null, documentedAt: null, shot });
  const byId = Object.fromEntries(taken.map((shot, index) => [`f-${index}`, photo(shot)]));
  return { ...state, requiredShots, photos: { ...state.photos, byId } } as typeof state;
};
const { work: started } = visitAt('working').state;

describe('the names of photographs to choose from (1.1-18, 1.1-19)', () => {
  it('are the required shots that are missing, then before, then the required shots that were taken', () => {
    expect(shotNames(visitWith(['panel', 'medidor']), names)).toEqual(['panel', 'medidor', 'antes']);
    expect(shotNames(visitWith(['panel', 'medidor'], ['panel']), names)).toEqual(['medidor', 'antes', 'panel']);
  });

  it('are after the start after, then the required shots, none of which is missing any more', () => {
    const visit = { ...visitWith(['panel', 'medidor'], ['panel']), work: started };
    expect(missingShots(visit)).toEqual([]);
    expect(shotNames(visit, names)).toEqual(['después', 'panel', 'medidor']);
  });

  it('have none twice where the center asks for before itself', () => {
    expect(shotNames(visitWith(['medidor', 'antes']), names)).toEqual(['medidor', 'antes']);
  });

  it('are compared exactly, and not with a photograph that was sent and never taken', () => {
    expect(missingShots(visitWith(['panel'], ['Panel', null]))).toEqual(['panel']);
    const visit = visitWith(['panel'], ['panel']);
    const byId = { 'f-0': { ...visit.photos.byId['f-0'], takenAt: null } } as typeof visit.photos.byId;
    expect(missingShots({ ...visit, photos: { ...visit.photos, byId } })).toEqual(['panel']);
  });
});
