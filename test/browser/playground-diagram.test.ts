import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { faultsOf, openView, type ServedPlayground, servePlayground } from './playground-page.ts';

const withChromium = chromiumOfFile();
let site: ServedPlayground;
beforeAll(async () => {
  if (noChromium === undefined) site = await servePlayground();
});
afterAll(() => site?.close());

describe('the state diagram in a browser', () => {
  inChromium('is walked by keys to completion, and the visit is opened with that history', () =>
    withChromium(async (browser) => {
      const page = await openView(browser, `${site.url}#diagram?at=ready-to-start`, { locale: 'en', width: 1280 });
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
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole('link', { name: 'Play from here' }).click();
      await page.waitForURL(/#visit\?.*log=/);
      await page.getByText('Completed').first().waitFor();
    }),
  );

  inChromium('says on a telephone why an act is closed, and opens it by its remedy', () =>
    withChromium(async (browser) => {
      const looks = { locale: 'es-CR', width: 360, colorScheme: 'dark' } as const;
      const page = await openView(browser, `${site.url}#diagram?at=at-the-door`, looks);
      await page.locator('summary', { hasText: 'Validar la identidad' }).click();
      const closed = page.locator('details[open]', { hasText: 'Validar la identidad' });
      await closed.getByText('1.1-03:').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await closed.getByRole('button', { name: 'Mostrar el carné' }).click();
      await page.getByRole('button', { name: /Validar la identidad.*→ Identidad validada/ }).waitFor();
    }),
  );
});
