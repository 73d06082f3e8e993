import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone, type FieldInTest, password, startField } from '../../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) server = await startField('phone');
});
afterAll(() => server?.close());

/** The answer of the server to this browser. */
const statusOf = (page: Page, path: string) => page.evaluate<number>(`fetch('${path}').then(({ status }) => status)`);

async function enterAs(page: Page, login: string): Promise<void> {
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
}

describe('a phone that is left', () => {
  inChromium('without a signal has no session once there is one, and that of the next person stays', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(place);
      const phone = await enterPhone(context, server.url, 'gerardo');
      await context.setOffline(true);
      await phone.getByRole('button', { name: 'Salir' }).click();
      await phone.getByRole('button', { name: 'Sí, salir' }).click();
      await phone.waitForSelector('input[name=login]');
      await context.setOffline(false);
      await expect.poll(() => statusOf(phone, '/api/session')).toBe(401);
      await context.setOffline(true);
      await enterAs(phone, 'lucia');
      await phone.waitForSelector('[role=alert]');
      await context.setOffline(false);
      await enterAs(phone, 'lucia');
      await phone.waitForSelector('.card');
      await expect.poll(() => statusOf(phone, '/api/assignments')).toBe(200);
    }),
  );

  inChromium('by a person of the center who cannot use it keeps no session of theirs', () =>
    withChromium(async (browser) => {
      const phone = await (await browser.newContext(place)).newPage();
      await phone.goto(`${server.url}/phone/`);
      await enterAs(phone, 'marta');
      await phone.waitForSelector('[role=alert]');
      await expect.poll(() => statusOf(phone, '/api/rows')).toBe(401);
    }),
  );
});
