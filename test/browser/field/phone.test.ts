import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { carryOut, doNext, fits, nextAct, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { routedScreens } from './people.ts';
import { person } from './story.ts';

const withChromium = chromiumOfFile();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let field: FieldInTest;

beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone');
});
afterAll(() => field?.close());

const inContext =
  (run: (context: BrowserContext) => Promise<void>, width = 390) =>
  () =>
    withChromium(async (browser) => {
      const viewport = { width, height: 844 };
      const context = await browser.newContext({ viewport, locale: 'es-CR', timezoneId: 'America/Costa_Rica' });
      await run(context);
      await context.close();
    });

/** The violations that axe finds on the screen. */
async function faults(page: Page): Promise<unknown[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`,
  );
}

describe('the phone of the field example', () => {
  inChromium(
    'carries a visit out without a signal from the arrival to the end, over a reload, and then the center has all of it',
    inContext(async (context) => {
      const page = await enterPhone(context, field.url, 'lucia');
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
      await context.setOffline(true);
      await page.reload();
      await page.click('.card');
      const first = [await doNext(page), await doNext(page), await doNext(page)];
      expect(first).toEqual(['Registrar la llegada', 'Mostrar el carné', 'Validar la identidad']);
      await page.reload();
      await page.waitForSelector('.next');
      await expect.poll(() => nextAct(page)).toBe('Anunciar el servicio');
      const acts = await carryOut(page);
      expect(acts.at(-1)).toBe('Despedirse');
      expect(acts.length).toBeGreaterThan(15);

      await page.goto(`${field.url}/phone/#/waiting`);
      await page.waitForSelector('.figures');
      await expect.poll(() => page.locator('.figures').textContent()).toMatch(/^Actos por enviar2\dFotos por enviar1/);
      await context.setOffline(false);
      await page.getByText('Enviar ahora').click();
      await page.waitForSelector('.status.sent');
      await expect.poll(() => page.locator('main').textContent()).toContain('No falta nada por enviar.');
      await page.goto(`${field.url}/phone/#/visits`);
      const lacking = 'Para el pago falta: que el centro anote la llamada de inicio.';
      const ended = page.locator('.card.ended', { hasText: lacking });
      await ended.waitFor();
      await expect.poll(() => ended.textContent()).toMatch(/Concluida/);
    }),
  );

  inChromium(
    'loads no more than 143 kB of JavaScript, compressed, in one language',
    inContext(async (context) => {
      const page = await enterPhone(context, field.url, 'lucia');
      const names =
        'performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".js"))';
      const files: string[] = await page.evaluate(names);
      const sizes = await Promise.all(
        files.map(async (file) => gzipSync(await (await fetch(file)).arrayBuffer(), { level: 9 }).length),
      );
      expect(files.length).toBeGreaterThan(3);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      console.log(`JavaScript of the phone: ${(total / 1_000).toFixed(1)} kB`);
      expect(total).toBeLessThanOrEqual(143_000);
    }),
  );

  inChromium(
    'says why an act is refused and what opens it, and records what was done all the same',
    inContext(async (context) => {
      const page = await enterPhone(context, field.url, 'gerardo');
      await page.click('.card');
      await doNext(page);
      await page.click('details.why summary');
      await page.waitForSelector('.why section');
      await expect.poll(() => faults(page)).toEqual([]);
      await expect.poll(() => fits(page)).toBe(true);
      await page.getByRole('link', { name: /^Iniciar el trabajo/ }).click();
      await page.waitForSelector('.reason');
      await expect.poll(() => page.locator('h1').textContent()).toBe('Todavía no puede iniciar el trabajo');
      await expect.poll(() => page.locator('.reason').textContent()).not.toMatch(/\d\.\d-\d\d/);
      await expect
        .poll(() => page.getByRole('link', { name: 'Llamar al centro' }).getAttribute('href'))
        .toMatch(/^tel:/);
      await expect.poll(() => faults(page)).toEqual([]);

      await page.getByText('Ya lo hice').click();
      await page.fill('fieldset.group input', 'op-07');
      await page.fill('fieldset.group textarea', 'por teléfono, 10:14');
      await page.click('form button[type=submit]');
      await page.waitForSelector('.bottom');
      await page.click('text=Lo que ya registré');
      await expect
        .poll(() => page.locator('.done li').first().textContent())
        .toMatch(/Iniciar el trabajo[\s\S]*En este teléfono/);
      await page.locator('.done li').first().getByText('Me equivoqué').click();
      await page.locator('.ask button').click();
      await until(page, `document.querySelectorAll('.done li').length === 1`);
      await expect.poll(() => page.locator('.done').textContent()).not.toContain('Iniciar el trabajo');

      // An address with an act that there is not.
      const visitId = decodeURIComponent(page.url().split('/').at(-1) ?? '');
      for (const screen of ['act', 'closed']) {
        await page.goto(`${field.url}/phone/#/${screen}/${visitId}/constructor`);
        await until(page, `document.querySelector('main').textContent.includes('Mis visitas')`);
      }
    }),
  );

  inChromium(
    'keeps a form that was begun, and asks when a time is long ago or to come',
    inContext(async (context) => {
      const page = await enterPhone(context, field.url, 'gerardo');
      const visit = await page.locator('.card').last().getAttribute('href');
      await page.goto(`${field.url}/phone/${visit?.replace('#/visit', '#/act')}/ReportTransitIssue`);
      await page.waitForSelector('form');
      await page.locator('.choices input[type=radio]').first().check();
      await page.locator('form textarea').first().pressSequentially('Hay un derrumbe en la ruta 32');
      // At once: a draft is saved some time after the last key.
      await page.reload();
      await page.waitForSelector('form');
      await until(page, `document.querySelector('.choices input')?.checked === true`);
      await expect.poll(() => page.locator('form textarea').first().inputValue()).toBe('Hay un derrumbe en la ruta 32');

      await page.getByText('Fue antes, a las…').click();
      await page.locator('.when input[type=date]').fill('2026-01-05');
      await expect.poll(() => page.locator('form .problem').textContent()).toMatch(/^Eso fue hace/);
      await expect.poll(() => page.locator('form button[type=submit]').isDisabled()).toBe(true);
      await page.locator('.when input[type=date]').fill('2037-01-05');
      await expect.poll(() => page.locator('form .problem').textContent()).toMatch(/todavía no llega/);
      await page.getByText('Sí, fue a esa hora').click();
      await expect.poll(() => page.locator('form button[type=submit]').isDisabled()).toBe(false);
    }),
  );

  inChromium(
    'tells an instruction of the center once, by a sound and a vibration, and not while the alerts are muted',
    inContext(async (context) => {
      await context.addInitScript(`
        globalThis.told = { vibrations: 0, tones: 0 };
        navigator.vibrate = () => (told.vibrations += 1) > 0;
        globalThis.AudioContext = class extends AudioContext {
          createOscillator() {
            told.tones += 1;
            return super.createOscillator();
          }
        };
      `);
      const page = await enterPhone(context, field.url, 'gerardo');
      const told = () => page.evaluate('told');
      const marta = await person(field.url, 'marta');
      const instruct = async (visitId: string) => {
        const data = { about: 'visit', decision: 'proceed', text: 'Siga sin fotos.', waives: ['photos-sent'] };
        await marta.record(visitId, 'GiveInstruction', data);
        await until(
          page,
          `document.querySelector('.card[href$="${visitId}"] .waits')?.textContent.startsWith('El centro le indicó') === true`,
        );
      };
      await instruct('v-2026-0001');
      await until(page, 'told.vibrations === 1 && told.tones === 2');
      await page.reload();
      await page.getByText('Silenciar los avisos').click();
      await instruct('v-2026-0003');
      await page.getByText('Avisar con sonido').click();
      await page.waitForTimeout(300);
      await expect.poll(() => told()).toEqual({ vibrations: 0, tones: 0 });
      await page.getByText('Silenciar los avisos').waitFor();
    }),
  );

  inChromium(
    'fits a narrow screen, with large text too, and has nothing that axe finds wrong, in both languages',
    inContext(async (context) => {
      const page = await enterPhone(context, field.url, 'gerardo');
      const visit = (await page.locator('.card').last().getAttribute('href'))?.replace('#/visit/', '') ?? '';
      const acts = { act: '/RecordArrival', closed: '/StartWork' };
      const names = ['act', 'cannot', 'closed', 'done', 'door', 'waiting'];
      expect(names).toEqual(routedScreens('examples/field/phone/src/inside.tsx'));
      const screens = [...names, 'visit', ''].map((name) =>
        name === '' || name === 'waiting' ? name : `${name}/${visit}${acts[name as 'act'] ?? ''}`,
      );
      for (const language of ['es-CR', 'en']) {
        for (const screen of screens) {
          await page.goto(`${field.url}/phone/#/${screen}`);
          await page.waitForSelector('main h1');
          await expect
            .poll(async () => [screen, await page.getAttribute('html', 'lang'), await faults(page)])
            .toEqual([screen, language, []]);
          await page.evaluate(`document.documentElement.style.setProperty('font-size', '212%')`);
          await expect.poll(async () => [screen, await fits(page)]).toEqual([screen, true]);
          await page.evaluate(`document.documentElement.style.removeProperty('font-size')`);
        }
        if (language === 'en') break;
        await page.getByText('English').click();
        // The visits are opened again, in the other language.
        await until(page, `document.documentElement.lang === 'en' && document.querySelector('.card') !== null`);
      }
      await page.getByText('Log out').click();
      await page.waitForSelector('main.login');
      await expect.poll(() => faults(page)).toEqual([]);
    }, 320),
  );
});
