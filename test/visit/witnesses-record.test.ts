import { expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { points, visitAt } from '../../src/testing/visit-at.ts';
import { replay, type VisitState } from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import { fact } from '../scenarios/first-half.ts';
import { command, history, minute, operator, photo, through, upTo } from '../support/visit.ts';

const many = Array.from({ length: 120 }, (_, index) => photo(`foto-${index}`));
const taken = history([command('TakePhotos', { photos: many })], {}, upTo('TakePhotos'));
const sent = (photoIds: string[]) => command('SubmitPhotos', { photoIds, channel: 'app' });
const half = history([sent(['foto-0', 'foto-1'])], {}, taken);
const reassigned = (id: string): VisitEvent =>
  fact('ProviderReassigned', { provider: { id, name: 'Luis' }, arriveBy: minute(0) }, operator);
const colliding = history(
  [command('TakePhotos', { photos: ['a', 'b', 'foto-3'].map((id) => photo(id)) })],
  {},
  upTo('TakePhotos'),
);

/** States that the witnesses of some act look at. */
const states: Readonly<Record<string, VisitState>> = {
  ...Object.fromEntries(points.map((point) => [point, visitAt(point).state])),
  'a hundred and twenty photos': replay(taken),
  'some of them sent': replay(half),
  'all of them sent': replay(
    history(
      [sent(many.slice(0, 100).map(({ photoId }) => photoId)), sent(many.slice(100).map(({ photoId }) => photoId))],
      {},
      taken,
    ),
  ),
  'a receipt of a photo never taken': replay([
    ...colliding,
    fact('PhotosSubmitted', { photoIds: ['foto-9'], channel: 'app' }),
  ]),
  'a photo sent and never taken': replay([
    ...through('SubmitPhotos'),
    fact('PhotosSubmitted', { photoIds: ['foto-9'], channel: 'app' }),
  ]),
  'an id that is in use': replay(colliding),
  'a required shot': visitAt('inspected', { assignment: { requiredShots: ['fachada'] } }).state,
  'reassigned to proveedor-2': replay([...through('RecordArrival'), reassigned('proveedor-2')]),
  escalated: replay(history([command('EscalateClientImpact', { what: 'mancha' })], {}, through('RecordArrival'))),
};

it('the witnesses of every act, wherever they differ, are those on record', async () => {
  const policy = { allow: ['jardinería', 'material-purchase'] };
  const lines = acts.flatMap((act) => {
    const seen = new Set<string>();
    return Object.entries(states).flatMap(([name, state]) => {
      const witnesses = JSON.stringify(act.witnesses(state, { at: minute(30), policy }));
      if (seen.size === seen.add(witnesses).size) return [];
      return `${act.command} at ${name}: ${witnesses}`;
    });
  });
  const none = acts.map((act) => act.witnesses(states['in-transit'] as VisitState, { at: minute(30), policy: {} }));
  expect(none.at(-1)).toEqual([{ activity: 'other' }]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../golden/witnesses.txt');
});

it('what a witness does not say is absent, not undefined', () => {
  const material = { item: 'codo', quantity: 3 };
  const explained = history([command('ExplainWork', { method: 'm', materials: [material] })], {}, upTo('ExplainWork'));
  const supply = acts.find(({ command }) => command === 'SupplyMaterials');
  const witnesses = supply?.witnesses(replay(explained), { at: minute(30), policy: {} });
  expect(witnesses).toStrictEqual([{ suppliedBy: 'client', items: [material] }]);
});
