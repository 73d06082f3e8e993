import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { buildPlayground, faultsOf, fits, type Playground } from './playground-page.ts';

const withChromium = chromiumOfFile();
let playground: Playground;
beforeAll(() => {
  if (noChromium === undefined) playground = buildPlayground();
});
afterAll(() => playground?.remove());

const desk = { locale: 'en', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } as const;
const telephone = {
  locale: 'es-CR',
  viewport: { width: 360, height: 800 },
  colorScheme: 'dark',
  reducedMotion: 'reduce',
} as const;

describe('the state diagram in a browser', () => {
  inChromium('is walked by keys to completion, and the visit is opened with that history', () =>
    withChromium(async (browser) => {
      const { page, failed } = await playground.open(browser, '/#diagram?at=ready-to-start', desk);
      const here = page.locator('#here');
      await here.getByText('Ready to start').waitFor();
      await page.locator('[data-milestone="ready-to-start"]').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await here.getByText('Working').waitFor();
      // The button of the next act keeps the focus from act to act.
      await page.locator('[data-next]').focus();
      for (let left = 6; left > 0; left -= 1) {
        await page.getByText(`Its completion takes ${left} act`).waitFor();
        await page.keyboard.press('Enter');
      }
      await here.getByText('Completed').waitFor();
      expect([failed, await faultsOf(page)]).toEqual([[], []]);
      await fits(page, 'the diagram');
      await page.getByRole('link', { name: 'Play from here' }).click();
      await page.waitForURL(/#visit\?.*log=/);
      await page.getByText('Completed').first().waitFor();
    }),
  );

  inChromium('says on a telephone why an act is closed, and opens it by its remedy', () =>
    withChromium(async (browser) => {
      const { page, failed } = await playground.open(browser, '/#diagram?at=at-the-door', telephone);
      await page.locator('summary', { hasText: 'Validar la identidad' }).click();
      const closed = page.locator('details[open]', { hasText: 'Validar la identidad' });
      await closed.getByText('1.1-03:').waitFor();
      expect([failed, await faultsOf(page)]).toEqual([[], []]);
      await fits(page, 'the diagram');
      await closed.getByRole('button', { name: 'Mostrar el carné' }).click();
      await page.getByRole('button', { name: /Validar la identidad.*→ Identidad validada/ }).waitFor();
    }),
  );
});
