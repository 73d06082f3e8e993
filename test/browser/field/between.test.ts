/** A phone that hears from something between it and the server, or from another window. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone, type FieldInTest, password, startField } from '../../../scripts/field/field.ts';
import { doNext, fits } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, person } from './people.ts';
import { faults, place, says, saysNot } from './story.ts';

const withChromium = chromiumOfFile();
let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone');
});
afterAll(() => field?.close());

// A worker's calls are out of reach of a route.
const options = { viewport: { width: 320, height: 700 }, serviceWorkers: 'block', ...place } as const;

/** Lets something in between answer the calls to a path, with a page. */
const answerWith = (context: BrowserContext, path: string, status: number) =>
  context.route(path, (route) => route.fulfill({ status, contentType: 'text/html', body: '<h1>proxy</h1>' }));

/** The phone of Gerardo with an arrival that waits, on the screen that sends it. */
async function withArrival(context: BrowserContext, visitId: string): Promise<Page> {
  await assign(await person(field.url, 'marta', 'seed'), visitId);
  const phone = await enterPhone(context, field.url, 'gerardo');
  await answerWith(context, '**/api/visits/*/sync', 503);
  await phone.goto(`${field.url}/phone/#/visit/${visitId}`);
  expect(await doNext(phone)).toBe('Registrar la llegada');
  await phone.goto(`${field.url}/phone/#/waiting`);
  await context.unroute('**/api/visits/*/sync');
  return phone;
}

const send = (phone: Page) => phone.getByRole('button', { name: 'Enviar ahora' }).click();

describe('a phone with something between it and the server', () => {
  inChromium('says in its words why an act was not received, and sends it again', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await withArrival(context, 'w-large');
      await answerWith(context, '**/api/visits/*/sync', 413);
      await send(phone);
      // A page may be that of a proxy: it says nothing of the act.
      await says(phone, 'No hay respuesta del centro.');
      await says(phone, '1 acto por enviar. Guardado en este teléfono.', '.status.bad');
      await context.unroute('**/api/visits/*/sync');
      const problem = { status: 413, contentType: 'application/problem+json', body: '{"code":"too-large"}' };
      await context.route('**/api/visits/*/sync', (route) => route.fulfill(problem));
      await send(phone);
      await says(phone, 'Registrar la llegada. Es más grande de lo que el centro acepta. Llame.');
      await says(phone, '1 acto sin recibir: vea por qué', '.status.bad');
      await expect.poll(async () => [await fits(phone), await faults(phone)]).toEqual([true, []]);
      await context.unroute('**/api/visits/*/sync');
      await phone.getByRole('button', { name: 'Intentar de nuevo' }).click();
      await says(phone, 'No falta nada por enviar.');
      await says(phone, 'Recibido por el centro', '.status.sent');
    }),
  );

  inChromium('says that its session has ended only until it is served again', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await withArrival(context, 'w-proxy');
      await answerWith(context, '**/api/visits/*/sync', 401);
      await send(phone);
      await says(phone, 'Su sesión venció.', '.status.bad');
      await context.unroute('**/api/visits/*/sync');
      await send(phone);
      await says(phone, 'Recibido por el centro', '.status.sent');
      await saysNot(phone, 'Su sesión venció.');
    }),
  );

  for (const [calls, path] of [
    ['for what it sends', '**/api/visits/*/sync'],
    ['for every call', '**/api/**'],
  ] as const) {
    inChromium(`says on every screen that the server wants a later release ${calls}`, () =>
      withChromium(async (browser) => {
        const context = await browser.newContext(options);
        const phone = await withArrival(context, `w-later-${path.length}`);
        await answerWith(context, path, 426);
        await send(phone);
        for (const screen of ['waiting', 'visits']) {
          await phone.evaluate(`location.hash = '#/${screen}'`);
          await says(phone, 'Hay una versión nueva. Cierre la aplicación y ábrala con señal.', '.status.bad');
        }
      }),
    );
  }
});

describe('two windows of one phone', () => {
  inChromium('have the same person', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const [one, other] = [await enterPhone(context, field.url, 'gerardo'), await context.newPage()];
      await other.goto(`${field.url}/phone/`);
      await other.getByRole('button', { name: 'Salir' }).click();
      await one.waitForSelector('main.login');
      await other.fill('input[name=login]', 'lucia');
      await other.fill('input[name=password]', password);
      await other.click('button[type=submit]');
      await one.getByText('José Ángel Núñez Araya').waitFor();
    }),
  );
});
