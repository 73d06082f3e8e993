import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { routedScreens } from './people.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone', 'console');
});
afterAll(() => field?.close());

/** Texts that axe finds with a contrast below 7:1 (4.5:1 for large ones). */
async function faint(page: Page): Promise<unknown[]> {
  await page.evaluate(axe);
  return page.evaluate(
    `axe.run({ runOnly: ['color-contrast-enhanced'] }).then(({ violations }) =>
      violations.flatMap(({ nodes }) => nodes.map(({ html, any }) => [html, any[0]?.data?.contrastRatio])))`,
  );
}

/** The brightness of the background of a page, 0 to 255. */
const ground = (page: Page): Promise<number> =>
  page.evaluate(`Number(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])`);

describe('the themes of the two screens', () => {
  for (const [screen, enter, login] of [
    ['phone', enterPhone, 'gerardo'],
    ['console', enterConsole, 'marta'],
  ] as const) {
    inChromium(`follow the system, or a button whose choice the device keeps: ${screen}`, () =>
      withChromium(async (browser) => {
        const context = await browser.newContext({ colorScheme: 'dark', ...place });
        const page = await enter(context, field.url, login);
        await expect.poll(() => ground(page)).toBeLessThan(40);
        await page.getByRole('button', { name: 'Tema claro' }).click();
        await expect.poll(() => ground(page)).toBeGreaterThan(220);
        await page.reload();
        await page.getByRole('button', { name: 'Tema oscuro' }).waitFor();
        await expect.poll(() => ground(page)).toBeGreaterThan(220);
        await page.getByRole('button', { name: 'Tema oscuro' }).click();
        await expect.poll(() => ground(page)).toBeLessThan(40);
        await page.emulateMedia({ colorScheme: 'light' });
        await expect.poll(() => ground(page)).toBeGreaterThan(220);
      }),
    );
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    inChromium(`have a contrast of 7:1 on each screen of the phone, ${colorScheme}`, () =>
      withChromium(async (browser) => {
        const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme, ...place });
        const page = await enterPhone(context, field.url, 'gerardo');
        const visit = (await page.locator('.card').last().getAttribute('href'))?.replace('#/visit/', '') ?? '';
        const acts = { act: '/ReportTransitIssue', closed: '/StartWork' };
        const screens = ['', ...routedScreens('examples/field/phone/src/inside.tsx'), 'visit'];
        for (const name of screens) {
          const rest = ['', 'waiting'].includes(name) ? '' : `/${visit}${acts[name as 'act'] ?? ''}`;
          await page.goto(`${field.url}/phone/#/${name}${rest}`);
          await page.waitForSelector('main h1');
          await page.evaluate(`document.querySelectorAll('details').forEach((one) => (one.open = true))`);
          await expect.poll(async () => [name, await faint(page)]).toEqual([name, []]);
        }
      }),
    );

    inChromium(`have a contrast of 7:1 on each screen of the console, ${colorScheme}`, () =>
      withChromium(async (browser) => {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, ...place });
        const page = await enterConsole(context, field.url, 'silvia');
        const screens = routedScreens('examples/field/console/src/root.tsx').filter((name) => name !== 'case');
        for (const name of ['', ...screens]) {
          await page.goto(`${field.url}/console/#/${name}${name === 'visit' ? '/v-2026-0001' : ''}`);
          await page.waitForSelector('main:not(.opening)');
          await expect.poll(async () => [name, await faint(page)]).toEqual([name, []]);
        }
      }),
    );
  }
});
