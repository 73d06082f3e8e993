import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { fits } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, handIn, minutesAgo, person, record, work } from './people.ts';
import { focusAfter, readAnyway, telephone } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) server = await startField('phone', 'console');
});
afterAll(() => server?.close());

const visitId = 'v-board';
const options = { locale: 'es-CR', timezoneId: 'America/Costa_Rica' };

/** A visit that the center cancelled while its provider worked without a signal. */
async function unseenCancellation(): Promise<void> {
  const [operator, phone] = [await person(server.url, 'marta'), await person(server.url, 'gerardo')];
  const client = { name: 'Zoila Mata', title: 'doña' };
  await assign(operator, visitId, { caseNumber: 'EXP-77', client, place: 'Barva, Heredia' });
  await record(phone, visitId, 'RecordArrival', { at: minutesAgo(95) });
  const decided = { about: 'visit', decision: 'cancel', text: 'El cliente canceló' };
  await record(operator, visitId, 'GiveInstruction', { at: minutesAgo(60), ...decided });
  await handIn(phone, visitId, 2, work('EXP-77'));
}

/** The times of a history that run over the names of the acts. */
const timesTooWide = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll('.timeline time')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map(({ textContent }) => textContent)`);

/** The number of lines that each hour of a case takes. */
const linesOfHours = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll('.clock tbody time')].map(({ firstChild }) => {
    const range = document.createRange();
    range.selectNode(firstChild);
    return range.getClientRects().length;
  })`);

async function faults(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))');
}

describe('the board of the contact center in a browser', () => {
  inChromium('shows who does not agree with a decision, who wrote so without a signal, and sends the answer back', () =>
    withChromium(async (browser) => {
      await unseenCancellation();
      const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const console = await enterConsole(desk, server.url, 'marta');
      // By keys alone: the discrepancy, do not take, the first reason, confirm.
      await console.waitForSelector('a.entry.owed');
      for (const key of ['p', 'j', 'Enter']) await console.keyboard.press(key);
      await console.waitForSelector('.headline');
      await console.setViewportSize({ width: 390, height: 800 });
      await expect.poll(() => linesOfHours(console)).toEqual([1, 1, 1, 1]);
      await console.setViewportSize({ width: 1440, height: 900 });
      for (const key of ['n', '1', 'Enter']) await console.keyboard.press(key);
      await console.waitForSelector('.toast:has-text("Decidido")');

      const pocket = await browser.newContext({ viewport: { width: 320, height: 700 }, ...options });
      const phone = await enterPhone(pocket, server.url, 'gerardo');
      await readAnyway(phone);
      await phone.goto(`${server.url}/phone/#/visit/${visitId}`);
      await phone.waitForSelector('.disagree button');
      await pocket.setOffline(true);
      await phone.click('.disagree button');
      await phone.fill('.disagree textarea', 'Nadie me avisó, y terminé el trabajo');
      await expect.poll(async () => [await fits(phone), await faults(phone)]).toEqual([true, []]);
      await phone.click('.disagree button[type=submit]');
      await phone.waitForSelector('text=Guardado en este teléfono. Falta enviarlo.');
      await pocket.setOffline(false);
      await phone.waitForSelector('text=Recibido por el centro. Le contestarán aquí.');

      const entry = console.locator('a.entry:has-text("no está de acuerdo")');
      await console.evaluate(`location.hash = '#/'`);
      await entry.click();
      await console.waitForSelector('text=Nadie me avisó, y terminé el trabajo');
      await console.fill('.disagreements textarea', 'Se revisó la llamada: se toman los actos');
      await expect.poll(() => faults(console)).toEqual([]);
      await console.click('.disagreements [type=submit]');
      await phone.waitForSelector('text=Se revisó la llamada: se toman los actos');
      await console.evaluate(`location.hash = '#/'`);
      await console.waitForSelector('.empty, .rows');
      await expect.poll(() => entry.count()).toBe(0);
    }),
  );

  inChromium('finds the visit of a provider who calls, and records for them by keys, with the hour of the call', () =>
    withChromium(async (browser) => {
      const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const console = await enterConsole(desk, server.url, 'marta');
      await console.waitForSelector('h1');
      // The next key is typed there at once, and no longer chooses a screen.
      expect(await focusAfter(console, '/')).toBe('search');
      await console.keyboard.type('4513 nunez');
      await console.waitForSelector('.result.chosen');
      await console.keyboard.press('Enter');
      await console.waitForSelector('.act-list');
      await expect.poll(() => console.getAttribute('.visit-head .call', 'href')).toBe('tel:8777-4513');
      expect(await focusAfter(console, 'L')).toBe('submit');
      await console.keyboard.press('Control+Enter');
      await console.waitForSelector('.visit-head .phase:has-text("En el lugar")');
      // Nothing takes the call here: the page hands it to no telephone.
      await console.evaluate(
        `document.querySelector('.facts .call').addEventListener('click', (event) => event.preventDefault())`,
      );
      await console.click('.facts .call');
      await console.waitForSelector('text=queda en el acto que la pide');
      await console.keyboard.press('Shift+A');
      await console.waitForSelector('.act form');
      await console.keyboard.press('Control+Enter');
      await console.waitForSelector('.debts b:has-text("El cliente no está: diga qué hacer")');
      await expect.poll(async () => [await fits(console), await faults(console)]).toEqual([true, []]);
    }),
  );

  inChromium('calls the client to whom a notice is owed, from the list of who waits', () =>
    withChromium(async (browser) => {
      const phone = await person(server.url, 'gerardo');
      await record(phone, 'v-2026-0001', 'ReportTransitIssue', { at: minutesAgo(0), issue: 'delay' });
      const desk = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
      await desk.addInitScript(telephone);
      const console = await enterConsole(desk, server.url, 'marta');
      const row = console.locator('.rows li', { hasText: 'Avise al cliente del atraso' });
      await row.getByRole('link', { name: 'Llamar a Marta Eugenia Solano Brenes' }).click();
      await row.locator('.call[href="tel:8777-4512"]').waitFor();
      await expect.poll(() => row.locator('.call').count()).toBe(1);
      await row.locator('a.entry').click();
      await console.waitForSelector('.visit-head :text("queda en el acto que la pide")');
      await expect.poll(async () => [await fits(console), await faults(console)]).toEqual([true, []]);
    }),
  );

  inChromium('shows a corrected time beside its act, on any screen', () =>
    withChromium(async (browser) => {
      const [operator, phone] = [await person(server.url, 'marta'), await person(server.url, 'gerardo')];
      await assign(operator, 'v-corrected');
      const arrived = minutesAgo(95);
      await record(phone, 'v-corrected', 'RecordArrival', { at: arrived });
      const correction = { what: 'arrival', recorded: arrived, corrected: minutesAgo(92), reason: 'Entró después' };
      await record(operator, 'v-corrected', 'CorrectTime', { at: minutesAgo(85), ...correction });
      const desk = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const console = await enterConsole(desk, server.url, 'marta');
      await console.evaluate(`location.hash = '#/visit/v-corrected'`);
      await console.waitForSelector('.timeline s');
      for (const width of [1440, 768, 390]) {
        await console.setViewportSize({ width, height: 900 });
        await expect
          .poll(async () => [width, await timesTooWide(console), await fits(console)])
          .toEqual([width, [], true]);
        await expect.poll(() => console.isVisible('.person >> text=Marta Solano Brenes')).toBe(true);
      }
      await expect.poll(() => faults(console)).toEqual([]);
      await console.getByLabel('Nota para el equipo').fill('Llamar a Barva a las tres');
      await console.reload();
      await console.waitForSelector('form.inline input');
      await expect.poll(() => console.getByLabel('Nota para el equipo').inputValue()).toBe('Llamar a Barva a las tres');
      await console.getByText('Salir').click();
      await console.waitForSelector('main.login');
      await expect.poll(() => console.evaluate('Object.keys(sessionStorage)')).toEqual([]);
    }),
  );

  inChromium('hands a shift over: what is held, what nobody holds, a word to the next', () =>
    withChromium(async (browser) => {
      const desk = await browser.newContext({ viewport: { width: 768, height: 900 }, ...options });
      const console = await enterConsole(desk, server.url, 'marta');
      await console.keyboard.press('4');
      await console.click('text=Empezar turno');
      await console.fill('textarea', 'Falta llamar a Barva');
      // It is written while visits are looked at.
      for (const hash of ['#/visits', '#/handover']) await console.evaluate(`location.hash = '${hash}'`);
      await console.waitForSelector('textarea');
      await expect.poll(() => console.inputValue('textarea')).toBe('Falta llamar a Barva');
      // The screen may be loaded again in the middle of it.
      await console.reload();
      await console.waitForSelector('textarea');
      await expect.poll(() => console.inputValue('textarea')).toBe('Falta llamar a Barva');
      await expect.poll(async () => [await fits(console), await faults(console)]).toEqual([true, []]);
      await console.click('text=Entregar turno');
      await console.waitForSelector('p:has-text("Falta llamar a Barva")');
    }),
  );

  inChromium('shows the payer what was payable and was reopened, and by which act', () =>
    withChromium(async (browser) => {
      const desk = await browser.newContext({ viewport: { width: 390, height: 800 }, ...options });
      const reopened = { index: 30, type: 'ActAnnulled', at: minutesAgo(5), workedMs: 5_400_000 };
      const visit = {
        visitId: 'v-paid',
        streamName: 'visit-v-paid',
        caseNumber: 'EXP-1',
        provider: { id: 'prov-014', name: 'Gerardo Ureña Solís' },
        completedAt: minutesAgo(60),
        workedMs: 3_600_000,
        evidence: [],
        violations: 0,
        deviations: 0,
        payable: false,
        unmetForPayment: ['completed'],
        reopened,
      };
      // Work that goes on again for some seconds is the same time as it is told.
      const same = { ...visit, visitId: 'v-same', caseNumber: 'EXP-2', workedMs: 5_404_000 };
      await desk.route('**/api/payments*', (route) => route.fulfill({ json: { visits: [visit, same], next: null } }));
      const console = await enterConsole(desk, server.url, 'pablo');
      await console.click('.filters button:has-text("Reabiertas 2")');
      const reopenings = async () => {
        const texts = await console.locator('.payments .reopened').allTextContents();
        return texts.map((text) => text.replace(/^Reabierta .*?: /, ''));
      };
      await expect
        .poll(reopenings)
        .toEqual(['Anular un registro. Antes contaba 1 h 30 min, ahora 1 h 0 min.', 'Anular un registro.']);
      await expect.poll(async () => [await fits(console), await faults(console)]).toEqual([true, []]);
    }),
  );

  inChromium('has an absent client above a delay whose provider arrived, which says so and is not in red', () =>
    withChromium(async (browser) => {
      const [operator, phone] = [await person(server.url, 'marta'), await person(server.url, 'gerardo')];
      for (const [id, name] of [
        ['b-late', 'Elí Quirós'],
        ['b-absent', 'Flor Vega'],
      ] as const)
        await assign(operator, id, { client: { name } });
      await record(phone, 'b-late', 'ReportTransitIssue', { at: minutesAgo(110), issue: 'delay' });
      for (const id of ['b-late', 'b-absent']) await record(phone, id, 'RecordArrival', { at: minutesAgo(50) });
      const call = { at: minutesAgo(3), operatorId: 'op-03' };
      await record(phone, 'b-absent', 'ReportClientAbsence', { at: minutesAgo(3), call });
      const desk = await browser.newContext({ viewport: { width: 768, height: 900 }, ...options });
      const console = await enterConsole(desk, server.url, 'marta');
      const rows = console.locator('.rows li', { hasText: /Elí Quirós|Flor Vega/ });
      await expect
        .poll(() => rows.locator('h2, .what').allTextContents())
        .toEqual([
          'En la puerta',
          expect.stringMatching(/^El cliente no está: diga qué hacerFlor Vega/),
          'Ya sin efecto',
          expect.stringMatching(/^Avise al cliente del atrasoEl proveedor ya llegó \(.*\); sigue abierto · Elí Quirós/),
        ]);
      expect(await rows.locator('.late').count()).toBe(0);
      expect(await faults(console)).toEqual([]);
    }),
  );
});
