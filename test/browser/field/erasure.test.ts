import { join } from 'node:path';
import { commands } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { continueErasures } from '../../../examples/field/server/erasures.ts';
import { enterConsole, startFieldUnder } from '../../../scripts/field/field.ts';
import { until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';

const withChromium = chromiumOfFile();
let server: Awaited<ReturnType<typeof startFieldUnder>>;
beforeAll(async () => {
  if (noChromium === undefined) server = await startFieldUnder({}, 'console');
});
afterAll(() => server?.close());

const operator = { role: 'contact-center', id: 'op-03' } as const;

/** A folder for pictures of the screens, to be looked at. */
const { PICTURES: pictures } = process.env;
const picture = async (page: Page, name: string) => {
  if (pictures === undefined) return;
  for (const [width, height] of [
    [390, 844],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.locator('.erasure, .head').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
  }
};

async function close(visitId: string): Promise<void> {
  const at = new Date().toISOString();
  const cancel = { visitId, at, about: 'visit', decision: 'cancel', text: 'Ya no' } as const;
  const all = [
    commands.giveInstruction(cancel, operator, `cancel-${visitId}`),
    commands.closeVisit({ visitId, at, reason: 'Cancelada' }, operator, `close-${visitId}`),
  ];
  for (const command of all) expect((await server.field.service.handle(command)).ok).toBe(true);
}

const shown = (page: Page) => page.evaluate<string>("document.title + ' ' + document.body.innerText");
const fits = (page: Page) => page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');

describe('the console of a supervisor', () => {
  inChromium('asks for an erasure, follows it, and shows a word in the place of what was erased', () =>
    withChromium(async (browser) => {
      const desk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'es-CR' });
      const other = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'es-CR' });
      const page = await enterConsole(desk, server.url, 'silvia');
      const marta = await enterConsole(other, server.url, 'marta');
      const visitId = 'v-2026-0001';
      const { provider } = (await server.field.service.load(visitId)).state;
      const holder = { providerId: provider?.id ?? '', device: 'phone-1', enteredAt: new Date().toISOString() };
      await server.field.logins.change(`${holder.providerId} phone-1`, () => holder);
      await close(visitId);
      for (const each of [page, marta]) {
        await each.goto(`${server.url}/console/#/visit/${visitId}`);
        await until(each, `document.body.innerText.includes('Marta Eugenia Solano')`);
      }
      expect(await marta.locator('.erasure').count()).toBe(0);
      await page.locator('.erasure button').first().click();
      await page.locator('.erasure form').waitFor();
      await picture(page, 'erase-es');
      await page.locator('.erasure label select').selectOption('client');
      await page.locator('.erasure .primary').click();
      // Neither is loaded again.
      for (const each of [page, marta]) {
        await until(each, `/dato borrado/i.test(document.querySelector('h1').textContent)`);
        await until(
          each,
          `!document.body.innerText.includes('Solano') || !document.body.innerText.includes('Eugenia')`,
        );
        expect(await shown(each)).not.toMatch(/Eugenia|Curridabat|004512|[A-Pa-p]{64}/);
      }
      await picture(page, 'erased-es');
      await continueErasures(server.field);
      await page.goto(`${server.url}/console/#/erasures`);
      await until(page, `document.querySelector('.copies-left')?.innerText.includes('todavía no se ha conectado')`);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await fits(page)).toBe(true);
      await page.locator('.copies-left button').click();
      await picture(page, 'copies-left-es');
      await page.locator('.copies-left button').first().click();
      await continueErasures(server.field);
      await until(page, `document.querySelector('.chip.good')?.textContent === 'Confirmado'`);
      await picture(page, 'erasures-es');
      for (const hash of ['#/visits', '#/', '#/payment', '#/search']) {
        await page.goto(`${server.url}/console/${hash}`);
        expect(await shown(page)).not.toMatch(/Eugenia|Curridabat|004512|[A-Pa-p]{64}/);
      }
      await page.evaluate(`localStorage.setItem('locale', 'en')`);
      await page.goto(`${server.url}/console/#/visit/v-2026-0002`);
      await page.reload();
      await page.locator('.erasure button').first().click();
      await page.locator('.erasure form').waitFor();
      expect(await shown(page)).toContain('It is erased once it has');
      await picture(page, 'erase-en');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await fits(page)).toBe(true);
      await page.locator('.erasure form button[type=button]').click();
      await page.locator('.erasure .buttons select').selectOption('lawsuit');
      await until(page, `document.querySelector('.erasure .unseen')?.textContent.includes('A lawsuit')`);
      await picture(page, 'held-en');
      await page.goto(`${server.url}/console/#/erasures`);
      await until(page, `document.body.innerText.includes('Visits on hold')`);
      await picture(page, 'erasures-en');
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await fits(page)).toBe(true);
    }),
  );
});
