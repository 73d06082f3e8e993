import type { Policy, WaivableRule } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { policy } from '../../../examples/http/policy.ts';
import { enterPhone, type FieldInTest, startFieldUnder } from '../../../scripts/field/field.ts';
import { until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import * as story from './story.ts';

const withChromium = chromiumOfFile();
const waiving = (rule: WaivableRule): Policy => ({
  ...policy,
  waive: [{ rule, reason: 'Así lo dice el contrato.' }],
  thresholds: { visits: Number.POSITIVE_INFINITY },
});

let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startFieldUnder({ policy: waiving('photos-sent') }, 'phone');
});
afterAll(() => field?.close());

const keptPolicy = `JSON.parse(localStorage.getItem('session')).policy`;
/** Says if the start of the work of a visit waits for something. */
const isClosed = async (page: Page, visitId: string) => {
  await page.goto(`${field.url}/phone/#/closed/${visitId}/StartWork`);
  // The screen before has a title, too.
  await page.waitForSelector('main h1:text-matches("iniciar el trabajo", "i")');
  return (await page.locator('h1').textContent())?.startsWith('Todavía no puede');
};

describe('the policy of the server', () => {
  inChromium(
    'holds on the phone without a signal: what it waives is open there, and nothing of it has to be settled',
    () =>
      withChromium(async (browser) => {
        const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...story.place });
        const phone = await enterPhone(context, field.url, 'gerardo');
        const [gerardo, marta] = await Promise.all(['gerardo', 'marta'].map((login) => story.person(field.url, login)));
        const stage = { url: field.url, phone, gerardo, marta } as story.Stage;
        await story.openBefore(stage, 'p-waived', 'StartWork', ['TakePhotos', 'SubmitPhotos']);
        await context.setOffline(true);
        expect(await isClosed(phone, 'p-waived')).toBe(false);
        await story.toScreen(stage, phone, 'act', 'p-waived', 'StartWork');
        await phone.waitForSelector('form');
        await story.save(phone);
        await context.setOffline(false);
        await story.sendAll(stage, phone, 'p-waived');
        const events = await stage.marta.events('p-waived');
        expect(events.at(-1)?.type).toBe('WorkStarted');
      }),
  );

  inChromium('is asked for each time that the server is there, and one that cannot be read changes nothing', () =>
    withChromium(async (browser) => {
      const viewport = { width: 390, height: 844 };
      const context = await browser.newContext({ viewport, ...story.place, serviceWorkers: 'block' });
      let told: unknown = {};
      await context.route('**/api/session', async (route) => {
        const answer = async () => {
          const response = await route.fetch();
          await route.fulfill({ response, json: { ...(await response.json()), policy: told } });
        };
        // A page that is gone meanwhile wants none.
        await answer().catch(() => undefined);
      });
      const phone = await enterPhone(context, field.url, 'gerardo');
      const [gerardo, marta] = await Promise.all(['gerardo', 'marta'].map((login) => story.person(field.url, login)));
      const stage = { url: field.url, phone, gerardo, marta } as story.Stage;
      await story.openBefore(stage, 'p-renewed', 'StartWork', ['TakePhotos', 'SubmitPhotos']);
      expect(await isClosed(phone, 'p-renewed')).toBe(true);

      told = { waive: [{ rule: 'photos-sent', reason: 'Así lo dice el contrato.' }] };
      await phone.reload();
      await until(phone, `document.querySelector('h1')?.textContent === 'Ahora sí puede iniciar el trabajo'`);
      for (const unreadable of [{ tomorrow: true }, { waive: [{ rule: 'unknown', reason: 'x' }] }]) {
        told = unreadable;
        const asked = phone.waitForResponse('**/api/session');
        await phone.reload();
        await asked;
        await phone.waitForTimeout(200);
        await expect.poll(() => phone.evaluate(keptPolicy)).toMatchObject({ waive: [{ rule: 'photos-sent' }] });
        expect(await isClosed(phone, 'p-renewed')).toBe(false);
      }

      // A server without one.
      told = undefined;
      await phone.reload();
      await until(phone, `document.querySelector('h1')?.textContent.startsWith('Todavía no puede')`);
    }),
  );
});
