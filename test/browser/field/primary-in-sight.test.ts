import type { CommandType } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { doNext, fits, nextAct } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone');
});
afterAll(() => field?.close());

/** Acts whose forms are short, long, with a camera, with rows, with a call. */
const acts: readonly CommandType[] = [
  'RecordArrival',
  'ReportTransitIssue',
  'ShowCredential',
  'TakePhotos',
  'ExplainWork',
  'SupplyMaterials',
  'ReportStart',
  'RequestExtraMaterials',
  'PauseWork',
  'RecordObjection',
  'HandOverSite',
];

/** In the page: true if a touch in the middle of the primary button meets it. */
const isInSight = `(() => {
  const button = document.querySelector('.next > .primary, form > .primary');
  const { left, top, right, bottom } = button.getBoundingClientRect();
  const met = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth && button.contains(met);
})()`;

/** In the page: the fields that are covered when they have the focus, by their labels. */
const covered = `(async () => {
  const found = [];
  for (const field of document.querySelectorAll('form input:not([type=file]), form textarea, form select, form button[type=button]')) {
    field.focus();
    field.scrollIntoView({ block: 'nearest' });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const { left, top, width, height } = field.getBoundingClientRect();
    for (const y of [top + 2, top + Math.min(height, 48) - 2]) {
      const met = document.elementFromPoint(left + width / 2, y);
      const isMet = met !== null && (met === field || field.contains(met) || met.contains(field));
      if (!isMet || met.matches('main, form, html, body')) found.push([field.closest('.field, fieldset, form')?.textContent.slice(0, 40), y]);
    }
  }
  return found;
})()`;

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${field.url}/phone/#/${address}`);
  await page.waitForSelector(address.startsWith('act/') ? 'form > .primary' : '.next > .primary');
}

describe('the primary button of the phone', () => {
  inChromium('is in sight at 320 by 640 on the screen of a visit and of each act, and covers no field', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...place });
      const page = await enterPhone(context, field.url, 'gerardo');
      const visitId = (await page.locator('.card').last().getAttribute('href'))?.replace('#/visit/', '') ?? '';
      for (const address of [`visit/${visitId}`, ...acts.map((act) => `act/${visitId}/${act}`)]) {
        await open(page, address);
        await expect.poll(async () => [address, await page.evaluate(isInSight)]).toEqual([address, true]);
        await expect.poll(async () => [address, await page.evaluate(covered)]).toEqual([address, []]);
        expect(await fits(page)).toBe(true);
      }
    }),
  );

  inChromium('is in sight at 320 by 640 with the form of the next act on the screen of its visit', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...place });
      const page = await enterPhone(context, field.url, 'lucia');
      await page.click('.card');
      for (let acts = 0; acts < 6; acts += 1) {
        await page.waitForSelector('.next .primary');
        const act = await nextAct(page);
        await expect.poll(async () => [act, await page.evaluate(isInSight)]).toEqual([act, true]);
        await expect.poll(async () => [act, await page.evaluate(covered)]).toEqual([act, []]);
        await doNext(page);
      }
    }),
  );

  inChromium('covers no field where a keyboard leaves 320 by 360', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext({ viewport: { width: 320, height: 360 }, ...place });
      const page = await enterPhone(context, field.url, 'gerardo');
      const visitId = (await page.locator('.card').last().getAttribute('href'))?.replace('#/visit/', '') ?? '';
      for (const act of acts) {
        await open(page, `act/${visitId}/${act}`);
        await expect.poll(async () => [act, await page.evaluate(covered)]).toEqual([act, []]);
      }
    }),
  );
});
