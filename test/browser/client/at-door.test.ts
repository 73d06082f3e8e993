import { afterEach, describe, expect } from 'vitest';
import { doorCode } from '../../../examples/field/ui/door-codes.ts';
import { chromiumOfFile, inChromium } from '../../support/chromium.ts';
import { place, says } from '../field/story.ts';
import { type ClientHost, doorSecret, secret, startClientHost } from './host.ts';

const withChromium = chromiumOfFile();
let host: ClientHost;
afterEach(() => host?.close());

describe('the codes at the door', () => {
  inChromium('are shown and checked without a signal, and another code says not to open and whom to call', () =>
    withChromium(async (browser) => {
      host = await startClientHost('in-transit');
      const context = await browser.newContext(place);
      const page = await context.newPage();
      await page.goto(`${host.url}#${secret}`);
      await page.getByRole('link', { name: 'Ya está en la puerta' }).waitFor();
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
      await context.setOffline(true);
      await page.reload();
      await page.getByRole('link', { name: 'Ya está en la puerta' }).click();
      const [own, theirs] = await Promise.all(
        (['client', 'provider'] as const).map((shownBy) => doorCode(doorSecret, shownBy, Date.now())),
      );
      await expect.poll(async () => (await page.locator('.code').textContent())?.replace(/\D/g, '')).toBe(own);
      const check = async (typed = '') => {
        await page.fill('.digits', typed);
        await page.getByRole('button', { name: 'Comprobar' }).click();
      };
      // The client's own code, which somebody else may have read.
      await check(own);
      await says(page, 'No abra la puerta.', '.verdict');
      await page.locator('a.primary[href="tel:800-000-0000"]').waitFor();
      await check(theirs);
      await says(page, 'Es la persona que el centro mandó.', '.verdict');
      expect(await host.spoken()).toEqual([]);
    }),
  );
});
