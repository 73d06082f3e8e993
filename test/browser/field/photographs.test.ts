/** Photographs on the phone: read, reduced and refused at their field. */
import { randomFillSync } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone } from '../../../scripts/field/field.ts';
import { doNext, fits, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { heicOf, pngOf } from '../../support/pictures.ts';
import { faults, openBefore, openStage, place, type Stage, says, sendAll, toScreen } from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await openStage();
});
afterAll(() => stage?.close());

/** A PNG of noise, which no compression makes smaller. */
function noise(width: number, height: number): Buffer {
  const pixels = randomFillSync(Buffer.alloc(height * (1 + 3 * width)));
  for (let row = 0; row < height; row += 1) pixels[row * (1 + 3 * width)] = 0;
  return pngOf(width, height, pixels);
}

const small = { name: 'cocina.png', mimeType: 'image/png', buffer: noise(8, 8) };
const large = { name: 'sifón.png', mimeType: 'image/png', buffer: noise(1_500, 1_400) };
const broken = { name: 'rota.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('\xff\xd8\xff\xe0 no more', 'latin1') };
const text = { name: 'notas.png', mimeType: 'image/png', buffer: Buffer.from('no es una foto') };
const gif = {
  name: 'punto.gif',
  mimeType: 'image/gif',
  buffer: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
};
/** A HEIC, which Chromium does not draw. */
const heic = (size: number) => ({ name: 'grande.heic', mimeType: 'image/heic', buffer: heicOf(size) });

const camera = (phone: Page) => phone.locator('input[type=file]');
const submit = (phone: Page) => phone.locator('form button[type=submit]');
const pictures = (phone: Page, count: number) =>
  until(phone, `document.querySelectorAll('figure').length === ${count}`);

/** Opens the form that takes photographs of a new visit. */
async function toForm(visitId: string): Promise<Page> {
  await openBefore(stage, visitId, 'TakePhotos');
  await toScreen(stage, stage.phone, 'act', visitId, 'TakePhotos');
  await camera(stage.phone).waitFor({ state: 'attached' });
  return stage.phone;
}

/** The media types of the photographs that are on record. */
async function taken(visitId: string) {
  await sendAll(stage, stage.phone, visitId);
  const events = await stage.gerardo.events(visitId);
  return events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : [])).map((one) => one.mediaType);
}

/** Saves the form. */
async function save(phone: Page): Promise<void> {
  await submit(phone).click();
  await phone.waitForSelector('nav.bottom');
}

describe('photographs on the phone', () => {
  inChromium('are all recorded, though the form is saved as soon as the last was chosen', async () => {
    const phone = await toForm('f-at-once');
    await camera(phone).setInputFiles([small]);
    await pictures(phone, 1);
    await camera(phone).setInputFiles([large]);
    await save(phone);
    expect(await taken('f-at-once')).toHaveLength(2);
  });

  inChromium('keep the form from being saved while they are read, which it says', async () => {
    const phone = await toForm('f-busy');
    await phone.evaluate(`{
      const { createImageBitmap } = globalThis;
      const gate = new Promise((open) => Object.assign(globalThis, { open }));
      globalThis.createImageBitmap = (...given) => gate.then(() => createImageBitmap(...given));
    }`);
    await camera(phone).setInputFiles([small, large]);
    await says(phone, 'Leyendo las fotos…', 'form [role=status]');
    await says(phone, 'Leyendo las fotos…', 'form button[type=submit]');
    expect(await submit(phone).isDisabled()).toBe(true);
    expect([await fits(phone), await faults(phone)]).toEqual([true, []]);
    await phone.evaluate('open()');
    await pictures(phone, 2);
    await save(phone);
    expect(await taken('f-busy')).toHaveLength(2);
  });

  inChromium('that cannot be read are named at the field, and the others are kept', async () => {
    const phone = await toForm('f-broken');
    await camera(phone).setInputFiles([small, broken, text]);
    await pictures(phone, 1);
    await says(phone, '«rota.jpg» está dañada o no es una foto', 'form [role=alert]');
    await says(phone, '«notas.png» está dañada o no es una foto', 'form [role=alert]');
    expect([await fits(phone), await faults(phone)]).toEqual([true, []]);
    // The same file may be chosen again; what was said of it before is not said of the next.
    await camera(phone).setInputFiles([large]);
    await pictures(phone, 2);
    expect(await phone.locator('.problem').count()).toBe(0);
    await save(phone);
    expect(await taken('f-broken')).toHaveLength(2);
  });

  inChromium('that the server would refuse are made such that it takes them, or refused at the field', async () => {
    const phone = await toForm('f-types');
    await camera(phone).setInputFiles([gif]);
    await pictures(phone, 1);
    await camera(phone).setInputFiles([heic(11 * 1024 * 1024)]);
    await says(phone, '«grande.heic» pesa más de 10 MB', '.problem');
    await camera(phone).setInputFiles([heic(2_000)]);
    await pictures(phone, 2);
    await save(phone);
    expect(await taken('f-types')).toEqual(['image/jpeg', 'image/heic']);
  });

  inChromium('that the center refuses are shown with the reason until they are left out; the acts go on', async () => {
    await openBefore(stage, 'f-refused', 'TakePhotos');
    // A worker's calls are out of reach of a route.
    const size = { viewport: { width: 360, height: 740 }, serviceWorkers: 'block' } as const;
    const context = await stage.browser.newContext({ ...size, ...place });
    const phone = await enterPhone(context, stage.url, 'gerardo');
    let first = '';
    await context.route('**/api/photos/**', (route) => {
      const { pathname } = new URL(route.request().url());
      first ||= pathname;
      const problem = { status: 415, contentType: 'application/problem+json', body: '{"code":"not-an-image"}' };
      return pathname === first ? route.fulfill(problem) : route.continue();
    });
    await toScreen(stage, phone, 'act', 'f-refused', 'TakePhotos');
    await camera(phone).setInputFiles([small, large]);
    await pictures(phone, 2);
    await save(phone);
    await toScreen(stage, phone, 'act', 'f-refused', 'SubmitPhotos');
    await save(phone);
    await doNext(phone);
    await toScreen(stage, phone, 'waiting');
    await phone.getByRole('button', { name: 'Enviar ahora' }).click();
    await says(phone, '1 acto y 1 foto sin recibir: vea por qué', '.status.bad');
    await says(phone, 'doña Zaida Rojas Mora: Foto 1. El centro no la acepta: no es una foto que se pueda ver.');
    await phone.reload();
    await says(phone, 'Foto 1. El centro no la acepta');
    expect([await fits(phone), await faults(phone)]).toEqual([true, []]);
    await until(phone, `document.querySelector('.figures dd').textContent === '0'`);
    expect((await stage.gerardo.events('f-refused')).map(({ type }) => type)).toContain('PhotosTaken');

    await phone.getByRole('button', { name: 'Quitarla de lo que se envía' }).click();
    await phone.waitForSelector('.status.sent');
    await says(phone, 'Recibido por el centro', '.status');
    await says(phone, 'No falta nada por enviar.');
    await toScreen(stage, phone, 'act', 'f-refused', 'SubmitPhotos');
    await until(phone, `document.querySelectorAll('.picture input[type=checkbox]').length === 2`);
    expect(await phone.locator('.picture input[type=checkbox]:checked').count()).toBe(1);
    await save(phone);
    await sendAll(stage, phone, 'f-refused');
    const sent = (await stage.gerardo.events('f-refused')).findLast((event) => event.type === 'PhotosSubmitted');
    expect(sent?.type === 'PhotosSubmitted' && sent.data.photoIds).toHaveLength(1);
    await context.close();
  });

  inChromium('that the center refuses are replaced in their act, as long as that was not sent', async () => {
    await openBefore(stage, 'f-replaced', 'TakePhotos');
    const size = { viewport: { width: 360, height: 740 }, serviceWorkers: 'block' } as const;
    const context = await stage.browser.newContext({ ...size, ...place });
    const phone = await enterPhone(context, stage.url, 'gerardo');
    const uploaded: string[] = [];
    await context.route('**/api/photos/**', (route) => {
      const { pathname } = new URL(route.request().url());
      uploaded.push(pathname);
      const problem = { status: 415, contentType: 'application/problem+json', body: '{"code":"not-an-image"}' };
      return pathname === uploaded[0] ? route.fulfill(problem) : route.continue();
    });
    await toScreen(stage, phone, 'act', 'f-replaced', 'TakePhotos');
    await camera(phone).setInputFiles([small]);
    await pictures(phone, 1);
    // An act that can still be undone is not sent where the browser knows of no network; its photographs are tried.
    await phone.clock.setFixedTime((await phone.evaluate('Date.now()')) as number);
    const online = (is: boolean) =>
      phone.evaluate(`Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => ${is} })`);
    await online(false);
    await save(phone);
    await toScreen(stage, phone, 'act', 'f-replaced', 'SubmitPhotos');
    await save(phone);
    await toScreen(stage, phone, 'waiting');
    await phone.getByRole('button', { name: 'Enviar ahora' }).click();
    await says(phone, 'Foto 1. El centro no la acepta');
    await says(phone, 'Cambiarla por otra');
    expect([await fits(phone), await faults(phone)]).toEqual([true, []]);
    await camera(phone).setInputFiles([text]);
    await says(phone, '«notas.png» está dañada o no es una foto', '[role=alert]');
    await camera(phone).setInputFiles([large]);
    await until(phone, `!document.body.textContent.includes('El centro no la acepta')`);
    await online(true);
    await phone.getByRole('button', { name: 'Enviar ahora' }).click();
    await phone.waitForSelector('.status.sent');
    const events = await stage.gerardo.events('f-replaced');
    const [photo] = events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : []));
    expect(uploaded[0]).not.toContain(photo?.sha256);
    expect(uploaded.at(-1)).toContain(photo?.sha256);
    await context.close();
  });
});
