import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone } from '../../../scripts/field/field.ts';
import { doNext, fits, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import * as story from './story.ts';
import { minutesAgo, type Stage, says, saysNot } from './story.ts';

let stage: Stage;

/** Keeps the store of the phone busy for a while: what reads it waits. */
const busyStore = `(async () => {
  const opened = (request) => new Promise((done) => request.addEventListener('success', () => done(request.result)));
  const end = Date.now() + 700;
  for (const { name } of await indexedDB.databases()) {
    const database = await opened(indexedDB.open(name));
    const [first] = database.objectStoreNames;
    const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
    transaction.addEventListener('complete', () => database.close());
    const wait = () => {
      if (Date.now() < end) transaction.objectStore(first).count().addEventListener('success', wait);
    };
    await opened(transaction.objectStore(first).count());
    wait();
  }
})()`;

beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
});
afterAll(() => stage?.close());

describe('what people enter', () => {
  inChromium('is no time while it is not whole, and never the one that stood there before', async () => {
    const { phone } = stage;
    await phone.setViewportSize({ width: 320, height: 640 });
    await story.assign(stage, 'f-time');
    await story.toScreen(stage, phone, 'act', 'f-time', 'RecordArrival');
    await phone.getByLabel('Fue antes, a las…').check();
    // At 320 px a time is shown whole, its p. m. and its year.
    await until(
      phone,
      `[...document.querySelectorAll('.moment input')].every(({ offsetWidth }) => offsetWidth >= 144)`,
    );
    const hour = phone.locator('.when input[type=time]');
    await hour.fill('');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await says(phone, 'Ponga el día y la hora.');
    await expect.poll(async () => [await fits(phone), await story.faults(phone)]).toEqual([true, []]);
    await phone.getByLabel('Fue antes, a las…').uncheck();
    await story.save(phone);
  });

  inChromium('right after midnight is of the evening before', async () => {
    const { browser, url } = stage;
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...story.place });
    const phone = await enterPhone(context, url, 'gerardo');
    await story.assign(stage, 'f-midnight');
    // Ten past midnight in Costa Rica.
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await context.clock.install({ time: `${day}T06:10:00.000Z` });
    await phone.reload();
    await story.toScreen(stage, phone, 'act', 'f-midnight', 'RecordArrival');
    await phone.getByLabel('Fue antes, a las…').check();
    await phone.locator('.when input[type=time]').fill('23:55');
    const eve = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    await expect.poll(() => phone.locator('.when input[type=date]').inputValue()).toBe(eve);
    await saysNot(phone, 'todavía no llega');
    await context.close();
  });

  inChromium('stays, also what is typed before the phone has read what it kept', async () => {
    const { phone } = stage;
    await story.assign(stage, 'f-busy');
    async function openForm() {
      await story.toScreen(stage, phone, 'visit', 'f-busy');
      await phone.waitForSelector('.next');
      await phone.evaluate(busyStore);
      await story.toScreen(stage, phone, 'act', 'f-busy', 'ShowCredential', 'despite');
    }
    await openForm();
    await phone.getByLabel('¿Quién lo autorizó?').fill('Marta');
    await openForm();
    await phone.getByLabel('¿Cómo y por qué?').fill('Con la lluvia encima');
    const isThere = `document.querySelector('.group textarea')?.value === 'Con la lluvia encima' &&
      document.querySelector('.group input[type=text], .group input:not([type])')?.value === 'Marta'`;
    await until(phone, isThere);
    await story.toScreen(stage, phone, 'visit', 'f-busy');
    await phone.waitForSelector('nav.bottom');
    await phone.reload();
    await story.toScreen(stage, phone, 'act', 'f-busy', 'ShowCredential', 'despite');
    await until(phone, isThere);
  });

  inChromium('stays when the form is left, with its time and who allowed it', async () => {
    const { phone } = stage;
    await story.assign(stage, 'f-left');
    await story.toScreen(stage, phone, 'act', 'f-left', 'ShowCredential', 'despite');
    await phone.getByLabel('¿Quién lo autorizó?').fill('Marta');
    await phone.getByLabel('¿Cómo y por qué?').fill('Por teléfono, con la lluvia encima');
    await phone.getByLabel('Fue antes, a las…').check();
    await phone.locator('.when input[type=time]').fill('00:01');
    await story.toScreen(stage, phone, 'visit', 'f-left');
    await phone.waitForSelector('nav.bottom');
    await phone.reload();
    await story.toScreen(stage, phone, 'act', 'f-left', 'ShowCredential', 'despite');
    await until(phone, `document.querySelector('.group textarea')?.value === 'Por teléfono, con la lluvia encima'`);
    await expect.poll(() => phone.getByLabel('¿Quién lo autorizó?').inputValue()).toBe('Marta');
    await expect.poll(() => phone.locator('.when input[type=time]').inputValue()).toBe('00:01');
  });

  inChromium('in several lines is a text all the same: who allowed it, how, and why it was decided', async () => {
    const { phone, desk, url } = stage;
    await story.assign(stage, 'f-lines');
    await story.toScreen(stage, phone, 'visit', 'f-lines');
    expect(await doNext(phone)).toBe('Registrar la llegada');
    await story.toScreen(stage, phone, 'act', 'f-lines', 'StartWork', 'despite');
    await phone.getByLabel('¿Quién lo autorizó?').fill("Marta D'Aquino 😀");
    await phone.getByLabel('¿Cómo y por qué?').fill('Por teléfono, 10:14.\nEl cliente tenía prisa.');
    await story.save(phone);
    await story.sendAll(stage, phone, 'f-lines');
    await desk.goto(`${url}/console/#/case/f-lines`);
    await says(desk, "Marta D'Aquino 😀: Por teléfono, 10:14. El cliente tenía prisa.");
    await desk.keyboard.press('t');
    await desk.locator('.decision textarea').fill('Lo confirma Marta.\n\nY el cliente.');
    await desk.locator('.confirm').click();
    await desk.waitForSelector('.toast:has-text("Decidido")');
    const { events } = await story.logOf(stage, 'f-lines');
    expect(events.at(-1)?.data).toMatchObject({ text: 'Lo confirma Marta. Y el cliente.' });
  });
});

const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

const unpaid = (visitId: string, minutes: number) => ({
  visitId,
  streamName: `visit-${visitId}`,
  caseNumber: `EXP-${visitId}`,
  provider: { id: 'prov-014', name: 'Gerardo Ureña Solís' },
  completedAt: minutesAgo(minutes),
  workedMs: 3_600_000,
  evidence: [],
  violations: 0,
  deviations: 0,
  payable: true,
  unmetForPayment: [],
  reopened: null,
});

/** A console that is opened now, and left open. */
async function openLong() {
  const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 }, ...story.place });
  await context.clock.install({ time: Date.now() });
  return { context, leave: (minutes: number) => context.clock.fastForward(minutes * 60_000) };
}

describe('a console', () => {
  inChromium('shows a photograph that arrives after its act', async () => {
    const { desk } = stage;
    let asked = 0;
    await desk.route('**/api/photos/*', (route) => {
      asked += 1;
      return route.fulfill(asked === 1 ? { status: 404 } : { contentType: 'image/svg+xml', body: picture });
    });
    await story.openBefore(stage, 'e-photo', 'SubmitPhotos');
    await story.toVisit(stage, 'e-photo');
    await says(desk, 'Foto 1: no ha llegado');
    await desk.waitForSelector('.pictures img');
    await desk.unroute('**/api/photos/*');
  });

  inChromium('that was left open begins an outage half an hour ago', async () => {
    const { url } = stage;
    const { context, leave } = await openLong();
    const desk = await enterConsole(context, url, 'marta');
    await leave(150);
    await desk.keyboard.press('5');
    await desk.waitForSelector('.outage');
    await until(
      desk,
      `(() => {
        const [time, day] = [...document.querySelectorAll('.outage .moment input')].map(({ value }) => value);
        const begun = Date.parse(day + 'T' + time + ':00.000-06:00');
        return [30, 31].includes(Math.round((Date.now() - begun) / 60_000));
      })()`,
    );
    await context.close();
  });

  inChromium('of a payer has what was completed since it was opened, the oldest first', async () => {
    const { context, leave } = await openLong();
    const visits = [unpaid('late', 5)];
    await context.route('**/api/payments*', (route) => route.fulfill({ json: { visits, next: null } }));
    const desk = await enterConsole(context, stage.url, 'pablo');
    await desk.waitForSelector('.payments li');
    await desk.getByRole('textbox', { name: 'Referencia del pago' }).fill('TR-1');
    visits.push(unpaid('early', 50));
    await leave(1);
    await desk.waitForSelector('.payments li + li');
    await expect
      .poll(() => desk.locator('.payments b').allTextContents())
      .toEqual(['EXP-early', '1 h 0 min', 'EXP-late', '1 h 0 min']);
    // What was typed stays with its visit.
    await expect
      .poll(() => desk.locator('.payments li', { hasText: 'EXP-late' }).locator('input').inputValue())
      .toBe('TR-1');
    await context.close();
  });
});

describe('a phone', () => {
  inChromium(
    'of a payer puts every visit into the sheet, with what is to be judged and no end that was annulled',
    async () => {
      const context = await stage.browser.newContext(story.place);
      const annulled = { ...unpaid('annulled', 20), payable: false, unmetForPayment: ['completed'] };
      const pages = [
        { visits: [{ ...unpaid('judged', 30), deviations: 2 }], next: 'x' },
        { visits: [annulled], next: null },
      ];
      await context.route('**/api/payments*', (route) =>
        route.fulfill({ json: pages[route.request().url().endsWith('=x') ? 1 : 0] }),
      );
      const desk = await enterConsole(context, stage.url, 'pablo');
      await desk.waitForSelector('.payments li');
      const [saved] = await Promise.all([desk.waitForEvent('download'), desk.click('.head > button')]);
      const rows = readFileSync(await saved.path(), 'utf8').split('\r\n');
      expect(rows[1]).toMatch(/^"EXP-judged",.*,"2 desviaciones","judged"$/);
      expect(rows[2]).toMatch(/^"EXP-annulled","","","Gerardo Ureña Solís","prov-014","","60","no",/);
      await context.close();
    },
  );

  inChromium('of a payer opens the report of a visit that is to be judged, with its own style', async () => {
    const context = await stage.browser.newContext(story.place);
    await story.assign(stage, 'e-report', { client: { name: 'Rosa Quirós' } });
    const visits = [{ ...unpaid('e-report', 30), visitId: 'e-report', deviations: 2 }];
    await context.route('**/api/payments*', (route) => route.fulfill({ json: { visits, next: null } }));
    const desk = await enterConsole(context, stage.url, 'pablo');
    const [report] = await Promise.all([
      context.waitForEvent('page'),
      desk.getByRole('link', { name: 'Informe de EXP-e-report' }).click(),
    ]);
    await says(report, 'Rosa Quirós', 'body');
    await expect.poll(() => report.evaluate('document.styleSheets.length')).toBe(1);
    await expect.poll(async () => [await fits(report), await story.faults(report)]).toEqual([true, []]);
    await context.close();
  });

  inChromium('asks before it is left without a signal, and works on when its session has ended', async () => {
    const { phone } = stage;
    const context = phone.context();
    await story.assign(stage, 'e-phone', { client: { name: 'Elena Salas' } });
    await story.toScreen(stage, phone, 'visits');
    await says(phone, 'Elena Salas');
    await context.setOffline(true);
    await phone.getByRole('button', { name: 'Salir' }).click();
    await says(phone, 'Sin señal no podrá volver a entrar', 'body');
    await phone.getByRole('button', { name: 'No, quedarme' }).click();
    await phone.waitForSelector('.card');
    await context.setOffline(false);

    await context.clearCookies();
    await story.toScreen(stage, phone, 'visit', 'e-phone');
    expect(await doNext(phone)).toBe('Registrar la llegada');
    await says(phone, 'Su sesión venció. Siga trabajando: todo se guarda.', 'body');
    expect(await doNext(phone)).toBe('Mostrar el carné');
    await expect.poll(async () => [await fits(phone), await story.faults(phone)]).toEqual([true, []]);
  });
});
