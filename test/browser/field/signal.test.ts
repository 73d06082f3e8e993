import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type FieldInTest, password, startField } from '../../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, person } from './people.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone');
});
afterAll(() => field?.close());

describe('the signal of a phone', () => {
  inChromium('is there at the first login: the visits are fetched at once, and counted', () =>
    withChromium(async (browser) => {
      const marta = await person(field.url, 'marta');
      for (let n = 1; n <= 8; n += 1) await assign(marta, `s-${n}`, { caseNumber: `EXP-S-${n}` });
      const context = await browser.newContext(place);
      let goOn = () => {};
      const may = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      let asked = 0;
      await context.route('**/api/visits/*/events*', async (route) => {
        asked += 1;
        if (asked > 1) await may;
        await route.continue();
      });
      const page = await context.newPage();
      await page.goto(`${field.url}/phone/`);
      await page.fill('input[name=login]', 'gerardo');
      await page.fill('input[name=password]', password);
      await page.click('button[type=submit]');
      await page.getByText('Recibiendo sus visitas: van 1…').waitFor();
      expect(await page.locator('main').textContent()).not.toContain('cuando haya señal');
      // The first was answered, and six more are under way.
      await expect.poll(() => asked).toBe(7);
      goOn();
      await page.waitForSelector('.status.sent');
      await expect.poll(() => page.locator('.card').count()).toBe(10);
      expect(await page.locator('main').textContent()).not.toContain('Recibiendo');
      expect(await page.locator('.status').textContent()).toContain('Al día con el centro');
    }),
  );

  inChromium('that is back is said without a pause', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(place);
      // The longest of the random pauses, and no stream that would tell of the server.
      await context.addInitScript('Math.random = () => 0.99');
      await context.route('**/api/stream', (route) => route.abort());
      const page = await context.newPage();
      await page.goto(`${field.url}/phone/`);
      await page.fill('input[name=login]', 'lucia');
      await page.fill('input[name=password]', password);
      await page.click('button[type=submit]');
      await page.waitForSelector('.status.sent');
      await page.goto(`${field.url}/phone/#/waiting`);
      await context.setOffline(true);
      await page.getByText('Sin señal. Siga trabajando').first().waitFor();
      const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/assignments'));
      await page.getByText('Enviar ahora').click();
      await failed;
      await context.setOffline(false);
      // A round came up to 20 s later.
      await page.waitForSelector('.status.sent', { timeout: 10_000 });
    }),
  );
});
