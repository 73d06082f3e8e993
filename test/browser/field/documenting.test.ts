/** Photographs on the console: said to be sent, held by the server, documented. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { doNext } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { minutesAgo } from './people.ts';
import {
  choose,
  faults,
  logOf,
  openBefore,
  openStage,
  recordAct,
  type Stage,
  says,
  sendAll,
  toScreen,
  toVisit,
} from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await openStage();
});
afterAll(() => stage?.close());

const here = 'b'.repeat(64);
const photo = (photoId: string, sha256: string) => ({ photoId, sha256, takenAt: minutesAgo(60) });

/** A visit with three photographs that were sent by e-mail, of which the server has one. */
async function withThree(visitId: string): Promise<void> {
  await openBefore(stage, visitId, 'TakePhotos');
  const photos = [photo('f-1', 'a'.repeat(64)), photo('f-2', here), photo('f-3', 'c'.repeat(64))];
  const photoIds = photos.map(({ photoId }) => photoId);
  await stage.gerardo.record(visitId, 'TakePhotos', { photos });
  const why = { channel: 'email', appUnavailableReason: 'la aplicación no abría' };
  await stage.gerardo.record(visitId, 'SubmitPhotos', { photoIds, ...why });
  await stage.desk.route(`**/api/photos/${here}?**`, (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    }),
  );
}

const documented = async (visitId: string) =>
  (await logOf(stage, visitId)).events.flatMap((event) =>
    event.type === 'PhotosDocumented' ? [event.data.photoIds] : [],
  );

describe('the photographs of a visit on the console', () => {
  inChromium('are documented by keys alone where they are here, and else only by who chooses them', async () => {
    await withThree('d-three');
    await toVisit(stage, 'd-three');
    const { desk } = stage;
    await says(desk, 'Tomadas: 3 · Enviadas: 3 · Recibidas: 0 · Documentadas: 0');
    await choose(desk, 'Documentar');
    await says(desk, 'Marcadas: 1 recibida.');
    await expect
      .poll(() => desk.locator('.act .picture small').allTextContents())
      .toEqual(['no ha llegado', 'no ha llegado']);
    expect(await faults(desk)).toEqual([]);
    await desk.keyboard.press('Control+Enter');
    await desk.waitForSelector('.act-list');
    await expect.poll(() => documented('d-three')).toEqual([['f-2']]);

    await choose(desk, 'Documentar');
    await says(desk, 'Marcadas: 0 recibidas.');
    await desk.locator('.act .picture input').first().check();
    await says(desk, 'y 1 sin recibir. Documéntela solo si la tiene por otro medio');
    await recordAct(desk);
    await expect.poll(() => documented('d-three')).toEqual([['f-2'], ['f-1']]);
  });

  inChromium(
    'are said to be received since when, then documented, and in which other visit the same one is',
    async () => {
      const { phone, desk } = stage;
      for (const visitId of ['d-held', 'd-again']) {
        await openBefore(stage, visitId, 'TakePhotos');
        await toScreen(stage, phone, 'visit', visitId);
        // With a signal, the phone may record the sending by itself.
        await phone.context().setOffline(true);
        expect(await doNext(phone)).toBe('Tomar fotografías');
        expect(await doNext(phone)).toBe('Enviar fotografías');
        await phone.context().setOffline(false);
        await sendAll(stage, phone, visitId);
      }
      await toVisit(stage, 'd-again');
      await says(desk, 'Enviadas: 1 · Recibidas: 1 · Documentadas: 0');
      await says(desk, 'Recibida', '.pictures');
      await says(desk, 'La misma foto está en d-held', '.pictures');
      const [state, repeated] = await desk.locator('.pictures small').all();
      const [above, below] = [await state?.boundingBox(), await repeated?.boundingBox()];
      expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? Infinity) + (above?.height ?? Infinity));
      expect(await faults(desk)).toEqual([]);
      await choose(desk, 'Documentar');
      await says(desk, 'Marcadas: 1 recibida.');
      await desk.keyboard.press('Control+Enter');
      await says(desk, 'Documentada', '.pictures');
    },
  );
});
