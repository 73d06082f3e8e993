import { describe, expect, it } from 'vitest';
import { histories, playHistory } from '../../site/playground/src/visit/histories.ts';
import { plausibleData } from '../../site/playground/src/visit/plausible.ts';
import {
  audit,
  decide,
  dossier,
  evolve,
  guide,
  initialState,
  type Locale,
  type VisitCommand,
} from '../../src/index.ts';
import { points, visitAt } from '../../src/testing.ts';

const locales: readonly Locale[] = ['es-CR', 'en'];

describe('the data with which an act is played at once', () => {
  for (const locale of locales) {
    it(`are accepted wherever the guide says that the act is open, in ${locale}`, () => {
      let played = 0;
      for (const point of points) {
        const { state, next: at, visitId } = visitAt(point);
        for (const role of ['provider', 'contact-center'] as const) {
          const id = role === 'provider' ? 'prov-1' : 'op-1';
          for (const { command: type } of guide(state, { role, actorId: id }).open) {
            const data = { visitId, ...plausibleData(type, state, role, at, locale) };
            const decision = decide({ type, data, metadata: { actor: { role, id } } } as VisitCommand, state);
            expect([point, type, decision.ok || decision.rejection]).toEqual([point, type, true]);
            played += 1;
          }
        }
      }
      expect(played).toBeGreaterThan(200);
    });

    it(`make histories that are lawful, of which that of a plain day is payable, in ${locale}`, () => {
      for (const name of histories) {
        const log = playHistory(name, locale);
        expect([name, audit(log).findings.filter(({ kind }) => kind === 'violation')]).toEqual([name, []]);
      }
      expect(dossier(playHistory('plain', locale)).payable).toBe(true);
      expect(dossier(playHistory('corrected', locale)).corrections).toHaveLength(1);
      expect(playHistory('absent', locale).reduce(evolve, initialState()).arrival.absentSince).not.toBeNull();
    });
  }
});
