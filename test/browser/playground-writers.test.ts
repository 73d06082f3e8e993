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

describe('two writers in a browser', () => {
  inChromium('are reconciled after a storm: both sides show one head, also to whom the address was sent', () =>
    withChromium(async (browser) => {
      const { page, failed } = await playground.open(browser, '/#writers?seed=15&moves=w:storm', desk);
      await page.getByRole('button', { name: 'Let a day go by' }).click();
      await page.getByText('For the phone, the visit has ended.').waitFor();
      await page.getByText('They do not have the same log yet.').waitFor();
      await page.getByRole('button', { name: 'The signal is back' }).click();
      await page.getByText('Both sides have the same log').waitFor();
      await page.getByText('The center has received everything.').waitFor();
      const heads = await page.locator('[data-head]').allTextContents();
      expect(heads[0]).toMatch(/^[0-9a-f]{64}$/);
      expect(heads).toEqual([heads[0], heads[0]]);
      expect(await page.getByText('arrived 2 times, on record once').count()).toBeGreaterThan(0);
      expect([failed, await faultsOf(page)]).toEqual([[], []]);
      await fits(page, 'two writers on a desk');

      const { page: other } = await playground.open(browser, `/${new URL(page.url()).hash}`, telephone);
      await other.getByText('Ambos lados tienen el mismo registro').waitFor();
      expect(await other.locator('[data-head]').allTextContents()).toEqual(heads);
      expect(await faultsOf(other)).toEqual([]);
      await fits(other, 'two writers on a telephone');
    }),
  );

  inChromium('settle a discrepancy: the center cancelled while the phone worked without a signal', () =>
    withChromium(async (browser) => {
      const { page, failed } = await playground.open(browser, '/#writers?seed=1&moves=', desk);
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      await page.getByLabel('no signal').check();
      await press('Next: Record the arrival');
      await page.getByText('Saved on the phone: 1 to be sent.').waitFor();
      await press('Call the visit off');
      await page.getByRole('button', { name: 'Close the visit' }).waitFor();
      await page.getByLabel('no signal').uncheck();
      await press('Sync now');
      await page.locator('.discrepancy', { hasText: '1.1-10' }).waitFor();
      expect([failed, await faultsOf(page)]).toEqual([[], []]);
      await press('Accept what was done');
      await page.getByText('accepted by the center').waitFor();
      await press('The signal is back');
      await page.getByText('Both sides have the same log').waitFor();
      expect(await page.getByRole('list', { name: 'Log of the server' }).locator('code').allTextContents()).toEqual([
        'DiscrepancySettled',
        'ProviderArrived',
        'DiscrepancyReported',
        'InstructionGiven',
        'VisitAssigned',
      ]);
    }),
  );
});
