import 'fake-indexeddb/auto';
import { type Signal, signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import { limits } from '../../support/limits.ts';
import { stubPage } from './stubbed-page.ts';

const texts = stubPage();

type Disagreements = Readonly<{
  disagree: (visitId: string, reason: string) => Promise<void>;
  disagreements: Signal<readonly object[]>;
  followDisagreements: (phone: object) => () => void;
}>;

/** Loads a module of a page: the tests do not have the types of one. */
async function load(): Promise<Disagreements> {
  const path = '../../../examples/field/phone/src/disagreements.ts';
  return import(path);
}

it('given the next person on the phone, then no disagreement of the last one is shown, kept or sent under their name', async () => {
  const { disagree, disagreements, followDisagreements } = await load();
  const sent: string[] = [];
  let answer = (_: Response) => {};
  vi.stubGlobal('fetch', (path: string) => {
    sent.push(path);
    return new Promise<Response>((resolve) => {
      answer = resolve;
    });
  });
  const enter = (actorId: string) => followDisagreements({ actorId, status: signal({ lastSyncAt: 't' }) });
  const leave = enter('prov-014');
  await disagree('v-1', 'Sí llegué');
  await disagree('v-2', 'Sí terminé');
  await vi.waitFor(() => expect(sent).toEqual(['/api/visits/v-1/disagreements']), limits.waitMs);
  leave();
  enter('prov-022');
  expect(disagreements.peek()).toEqual([]);
  await disagree('v-3', 'Sí avisé');
  answer(Response.json({}));
  await vi.waitFor(() => expect(sent.slice(1)).toEqual(['/api/visits/v-3/disagreements']), limits.waitMs);
  const keptOf = (actorId: string) =>
    (JSON.parse(texts.get(`disagreements ${actorId}`) ?? '[]') as { visitId: string }[]).map(({ visitId }) => visitId);
  expect([keptOf('prov-014'), keptOf('prov-022')]).toEqual([['v-1', 'v-2'], ['v-3']]);
});
