import type { VisitEvent } from 'auxilio';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, type FieldInTest, password, startFieldUnder } from '../../../scripts/field/field.ts';
import { fits } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, minutesAgo, type Person, person, record } from './people.ts';
import { choose, faults, place, says } from './story.ts';

const withChromium = chromiumOfFile();
/** The instructions of this center. */
const templates = [{ decision: 'proceed', text: 'Cierre la llave de paso antes de empezar.' }] as const;

let server: FieldInTest;
let marta: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startFieldUnder({ templates }, 'console');
  marta = await person(server.url, 'marta');
});
afterAll(() => server?.close());

const contextOf = (browser: Browser) => browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });

const unpaid = (visitId: string, minutes: number, client: string, provider: object, hours: number) => ({
  visitId,
  streamName: `visit-${visitId}`,
  caseNumber: `EXP-${visitId}`,
  client,
  service: 'Fontanería',
  provider,
  completedAt: minutesAgo(minutes),
  workedMs: hours * 3_600_000,
  evidence: [],
  violations: 0,
  deviations: 0,
  payable: true,
  unmetForPayment: [],
  reopened: null,
});

describe('the payment', () => {
  inChromium('has clients, services and hours by provider, and is carried out by keys', () =>
    withChromium(async (browser) => {
      const [gerardo, lucia] = [
        { id: 'prov-014', name: 'Gerardo Ureña Solís' },
        { id: 'prov-022', name: 'Lucía Mora Vargas' },
      ];
      let visits = [
        unpaid('p-1', 50, 'Ana Rojas', gerardo, 1),
        unpaid('p-2', 40, 'Zoila Núñez', lucia, 2),
        unpaid('p-3', 30, 'Rosa Quirós', gerardo, 1.5),
      ];
      const context = await contextOf(browser);
      await context.route('**/api/payments*', (route) => route.fulfill({ json: { visits, next: null } }));
      const paid: unknown[] = [];
      await context.route('**/api/payments', async (route) => {
        const sent = route.request().postDataJSON();
        paid.push([sent.visitId, sent.reference]);
        visits = visits.filter(({ visitId }) => visitId !== sent.visitId);
        await route.fulfill({ json: sent });
      });
      const desk = await enterConsole(context, server.url, 'pablo');
      await desk.waitForSelector('.payments li');
      expect(await desk.locator('.sums tr').allTextContents()).toEqual([
        'ProveedorVisitasHoras',
        'Gerardo Ureña Solís22 h 30 min',
        'Lucía Mora Vargas12 h 0 min',
        'Total34 h 30 min',
      ]);
      expect(await desk.locator('.payments li').nth(1).textContent()).toContain('Zoila Núñez · Fontanería');
      await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
      const focused = () => desk.evaluate('document.activeElement.closest("li")?.querySelector("a").textContent');
      for (const key of ['j', 'j', 'k', 'ArrowDown']) await desk.keyboard.press(key);
      expect(await focused()).toBe('EXP-p-2');
      await desk.keyboard.press('m');
      await desk.keyboard.type('TR-9');
      await desk.keyboard.press('Enter');
      await desk.waitForSelector('.toast:has-text("Anotada como pagada")');
      expect(paid).toEqual([['p-2', 'TR-9']]);
      // The next one has the focus.
      await expect.poll(focused).toBe('EXP-p-3');
      await desk.keyboard.press('v');
      await desk.waitForSelector('.filters [aria-pressed=true]:has-text("Por valorar")');
      await desk.keyboard.press('?');
      await says(desk, 'm Marcar como pagada', 'dialog[open]');
    }),
  );
});

describe('an instruction', () => {
  inChromium(
    'begins with a sentence of the script or of the center, chosen by a digit, and is adjusted before it is sent',
    () =>
      withChromium(async (browser) => {
        const gerardo = await person(server.url, 'gerardo');
        await assign(marta, 'e-templates', { caseNumber: 'EXP-e-templates' });
        await record(gerardo, 'e-templates', 'RecordArrival', { at: minutesAgo(30) });
        await record(gerardo, 'e-templates', 'ReportClientAbsence', {
          at: minutesAgo(10),
          call: { at: minutesAgo(10) },
        });
        const desk = await enterConsole(await contextOf(browser), server.url, 'marta');
        await desk.evaluate(`location.hash = '#/visit/e-templates'`);
        await choose(desk, 'Dar una instrucción');
        const sentences = desk.locator('.act form .chip');
        await desk.waitForSelector('.act form .chip:has-text("Cierre la llave de paso")');
        expect((await sentences.allTextContents()).map((text) => text.slice(2))).toEqual([
          'Espere un rato; si no llega nadie, nos llama.',
          'Puede seguir con la visita.',
          'Puede seguir con otra persona adulta.',
          'La visita queda para otro día.',
          'El servicio queda cancelado.',
          expect.stringContaining('Le damos el servicio a otro proveedor.'),
          'Cierre la llave de paso antes de empezar.',
        ]);
        // What is offered here is not said above once more.
        expect(await desk.locator('.act .script').textContent()).not.toContain('Puede seguir');
        await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
        const text = desk.locator('.act textarea').first();
        await desk.keyboard.press('1');
        await expect.poll(() => text.inputValue()).toBe('Espere un rato; si no llega nadie, nos llama.');
        await expect.poll(() => desk.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
        expect(await desk.getByRole('radio', { name: 'Esperar' }).isChecked()).toBe(true);
        // In the text a digit is a digit.
        await desk.keyboard.type(' Son 7 minutos.');
        await desk.keyboard.press('Control+Enter');
        await desk.waitForSelector('.toast:has-text("Registrado: Dar una instrucción")');
        const { events } = (await marta('/visits/e-templates/events')) as { events: readonly VisitEvent[] };
        expect(events.at(-1)?.data).toMatchObject({
          decision: 'wait',
          text: 'Espere un rato; si no llega nadie, nos llama. Son 7 minutos.',
        });
      }),
  );
});

describe('the palette', () => {
  inChromium(
    'goes by one key to a visit by its client, case or provider, to a screen, and to an act of the visit',
    () =>
      withChromium(async (browser) => {
        await assign(marta, 'e-palette', { caseNumber: 'EXP-4711', client: { name: 'Zoila Núñez' } });
        const desk = await enterConsole(await contextOf(browser), server.url, 'marta');
        const opened = () => desk.locator('dialog[open].palette').count();
        const options = async () => (await desk.locator('[role=option]').allTextContents()).map((text) => text.trim());
        for (const typed of ['nunez zoi', 'exp-4711', 'ureña fontan 4711']) {
          await desk.evaluate(`location.hash = '#/visits'`);
          await desk.waitForSelector('main.screen:not(.visit)');
          await desk.keyboard.press('Control+k');
          await desk.keyboard.type(typed);
          await expect.poll(async () => (await options())[0]).toContain('Zoila Núñez');
          await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
          await desk.keyboard.press('Enter');
          await desk.waitForSelector('main.visit h1:has-text("Zoila Núñez")');
          expect(await opened()).toBe(0);
        }
        // Also while something is typed; left again, the focus is back in it.
        await desk.locator('.notes input, .notes textarea, [aria-label="Nota para el equipo"]').first().focus();
        await desk.keyboard.type('Llamar a las tres');
        await desk.keyboard.press('Control+k');
        await desk.keyboard.press('Escape');
        await expect.poll(() => desk.evaluate('document.activeElement.value')).toBe('Llamar a las tres');
        // An act of the visit, with its key; opened again before the browser tells that it was closed.
        await desk.keyboard.press('Control+k');
        await desk.keyboard.type('entrega');
        await desk.evaluate(`document.querySelector('dialog.palette').close();
          document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true }))`);
        await desk.keyboard.type('dar una inst');
        await expect.poll(options).toEqual(['Dar una instrucción i']);
        await desk.keyboard.press('Enter');
        await desk.waitForSelector('.act h2:has-text("Dar una instrucción")');
        await desk.keyboard.press('Control+k');
        await desk.keyboard.type('entrega');
        await desk.keyboard.press('Enter');
        await desk.waitForSelector('main h1:has-text("Entrega de turno")');
        // The help of the keys lists the same.
        await desk.evaluate(`location.hash = '#/visit/e-palette'`);
        await desk.waitForSelector('.act-list, .act');
        await desk.locator('main h1').click();
        await desk.keyboard.press('?');
        await says(desk, 'i Dar una instrucción', 'dialog[open]');
        await says(desk, '4 Entrega de turno', 'dialog[open]');
      }),
  );
});

describe('a phone', () => {
  inChromium(
    'is named by its owner and the day of its first login, and by the hour where they have two of that day',
    () =>
      withChromium(async (browser) => {
        const lucia = await person(server.url, 'lucia', '7c0f1e2d-aaaa');
        await lucia('/assignments?after=');
        const desk = await enterConsole(await contextOf(browser), server.url, 'marta');
        await desk.evaluate(`location.hash = '#/devices'`);
        const named = async () =>
          (await desk.locator('.notes li > b').allTextContents()).filter((text) => text.includes('Lucía'));
        await expect.poll(named).toEqual([expect.stringMatching(/^Teléfono de Lucía Mora Vargas, \d+ \p{L}+$/u)]);
        expect(await desk.textContent('main')).not.toContain('7c0f1e2d');
        await person(server.url, 'lucia', '9e8d7c6b-bbbb');
        await desk.reload();
        const withHour = expect.stringMatching(/^Teléfono de Lucía Mora Vargas, \d+ \p{L}+, \d+:\d\d/u);
        await expect.poll(named).toEqual([withHour, withHour]);
        await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
      }),
  );
});

describe('the focus', () => {
  inChromium('is where the next key is expected: at the login, in a form, after a decision and after a dialog', () =>
    withChromium(async (browser) => {
      const gerardo = await person(server.url, 'gerardo');
      await assign(marta, 'e-focus', { caseNumber: 'EXP-e-focus' });
      await record(gerardo, 'e-focus', 'RecordArrival', { at: minutesAgo(30) });
      const desk = await (await contextOf(browser)).newPage();
      await desk.goto(`${server.url}/console/`);
      await desk.waitForSelector('main.login');
      await expect.poll(() => desk.evaluate('document.activeElement.name')).toBe('login');
      await desk.keyboard.type('marta');
      await desk.keyboard.press('Tab');
      await desk.keyboard.type(password);
      await desk.keyboard.press('Enter');
      await desk.waitForSelector('header.top');
      await desk.goto(`${server.url}/console/#/visit/e-focus`);
      // In each form it is on what lacks an answer, and on no choice of a question that has one.
      for (const act of [
        'Corregir la asignación',
        'Avisarle al cliente',
        'Dar una instrucción',
        'Reportar una falta',
      ]) {
        await choose(desk, act);
        await desk.waitForSelector('.act form');
        const isAnswered = `(({ type, checked, form, name, value }) => type === 'radio'
          ? form.querySelector('[name="' + name + '"]:checked') !== null
          : type !== 'submit' && type !== 'button' && value !== '')(document.activeElement)`;
        expect([
          act,
          await desk.evaluate(isAnswered),
          await desk.evaluate('document.activeElement.closest(".act") !== null'),
        ]).toEqual([act, false, true]);
        await desk.locator('.act').getByRole('button', { name: 'Dejar' }).click();
        await desk.waitForSelector('.act-list');
      }
      // A dialog gives it back.
      await desk.locator('#act-GiveInstruction').focus();
      for (const key of ['?', 'Control+k']) {
        await desk.keyboard.press(key);
        await desk.waitForSelector('dialog[open]');
        await desk.keyboard.press('Escape');
        await expect.poll(() => desk.evaluate('document.activeElement.id')).toBe('act-GiveInstruction');
      }
    }),
  );
});

describe('the visit', () => {
  inChromium('is whole at 320 px, and with text of 200 % at 768 and 1440 px', () =>
    withChromium(async (browser) => {
      const gerardo = await person(server.url, 'gerardo');
      await assign(marta, 'e-large', {
        caseNumber: 'EXP-2026-004512',
        client: { name: 'Marta Eugenia Solano Brenes', title: 'doña' },
      });
      await record(gerardo, 'e-large', 'RecordArrival', { at: minutesAgo(30) });
      await record(gerardo, 'e-large', 'ReportClientAbsence', { at: minutesAgo(10), call: { at: minutesAgo(10) } });
      for (const [width, percent] of [
        [320, 100],
        [768, 200],
        [1440, 200],
      ] as const) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, ...place });
        const desk = await enterConsole(context, server.url, 'marta');
        for (const path of ['#/visit/e-large', '#/', '#/devices', '#/search', '#/handover']) {
          await desk.evaluate(`location.hash = '${path}'`);
          await desk.waitForSelector('main h1');
          await desk.evaluate(`document.documentElement.style.fontSize = '${percent}%'`);
          const seen = `(() => {
            const cut = [...document.querySelectorAll('main *, header *')].filter((one) => {
              const { left, right, width } = one.getBoundingClientRect();
              const style = getComputedStyle(one);
              const isClipped = one.scrollWidth > one.clientWidth + 1 && style.overflowX === 'hidden' && !one.classList.contains('hidden');
              return width > 0 && !one.closest('.hidden, dialog:not([open]), .rows') && (isClipped || right > innerWidth + 1 || left < -1);
            });
            return cut.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
          })()`;
          await expect
            .poll(async () => [width, path, await fits(desk), await desk.evaluate(seen)])
            .toEqual([width, path, true, []]);
        }
        await desk.evaluate(`location.hash = '#/visit/e-large'`);
        await choose(desk, 'Dar una instrucción');
        await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
        await context.close();
      }
    }),
  );
});
