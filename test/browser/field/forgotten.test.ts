/** A visit whose client was erased: the phone and the client's page forget it at their next contact, and lose no act. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone } from '../../../scripts/field/field.ts';
import { doNext } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { assignWithTelephone, linkTo, openLink, openStageWithClient } from './clients.ts';
import { minutesAgo, type Person, person, record } from './people.ts';
import { kept, opened } from './stored.ts';
import { assign, place, readAnyway, type Stage, says, toScreen } from './story.ts';

let stage: Stage;
let center: Person;
let supervisor: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  ({ stage, center } = await openStageWithClient());
  supervisor = await person(stage.url, 'silvia');
});
afterAll(() => stage?.close());

const canaries = [
  'Úrsula Quirós Peña',
  'Zapote, 75 m sur',
  'fuga junto al piano',
  '8666-0931',
  'no me mostró el carné',
];

/** The canaries that a device has in IndexedDB, in `localStorage`, in its caches or in its journal. */
async function found(page: Page): Promise<readonly string[]> {
  const others = await page.evaluate<string>(`(async () => {
    const texts = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        if (!/[.](js|css|svg|html)$/.test(request.url)) texts.push(await (await cache.match(request)).text());
    }
    const folder = await navigator.storage.getDirectory();
    for await (const file of folder.values()) texts.push(await (await file.getFile()).text().catch(() => ''));
    return texts.join(' ');
  })()`);
  const text = `${await kept(page)} ${others}`;
  return canaries.filter((one) => text.includes(one));
}

async function assignCanary(visitId: string): Promise<void> {
  await assign(stage, visitId, { client: { name: canaries[0] }, place: canaries[1], caseNumber: `EXP-${visitId}` });
  await center(`/visits/${visitId}/telephones`, { client: canaries[3] });
}

/** Cancels a visit, and erases the data of its client. */
async function eraseAfterCancelling(visitId: string): Promise<string> {
  await record(center, visitId, 'GiveInstruction', {
    at: minutesAgo(0),
    about: 'visit',
    decision: 'cancel',
    text: 'Ya no',
  });
  await record(center, visitId, 'CloseVisit', { at: minutesAgo(0), reason: 'Cancelada' });
  const made = (await supervisor(`/visits/${visitId}/erasure`, { ground: 'client' })) as { erasureId: string };
  return made.erasureId;
}

/** The copies that have not confirmed an erasure. */
async function remembered(erasureId: string): Promise<readonly string[] | undefined> {
  type Erasures = { erasures: readonly { erasureId: string; remembered: readonly string[] }[] };
  const { erasures } = (await supervisor('/erasures')) as Erasures;
  return erasures.find((one) => one.erasureId === erasureId)?.remembered;
}

/** A phone of its own, on which the visit is. */
async function phoneWith(visitId: string): Promise<{ context: BrowserContext; phone: Page }> {
  const context = await stage.browser.newContext({ viewport: { width: 390, height: 844 }, ...place });
  const phone = await enterPhone(context, stage.url, 'gerardo');
  await readAnyway(phone);
  await toScreen(stage, phone, 'visit', visitId);
  await says(phone, canaries[0] as string);
  return { context, phone };
}

describe('a visit whose client was erased', () => {
  inChromium('is forgotten by a phone that comes back, after it has sent what it had', async () => {
    await assignCanary('e-1');
    const { context, phone } = await phoneWith('e-1');
    await phone.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await context.setOffline(true);
    await doNext(phone);
    await toScreen(stage, phone, 'act', 'e-1', 'LocateFault');
    await phone
      .locator('form textarea, form input[type=text]')
      .first()
      .fill(canaries[2] as string);
    await says(phone, '1', '.status');
    const erasureId = await eraseAfterCancelling('e-1');
    expect(await remembered(erasureId)).toEqual(['phones']);
    // The texts of the replica are encrypted; the number kept for the call is not.
    expect(await found(phone)).toEqual(canaries.filter((text) => text === '8666-0931'));
    const openedCanaries = async () => {
      const text = await opened(phone);
      return canaries.filter((one) => text.includes(one));
    };
    expect(await openedCanaries()).toEqual(canaries.slice(0, 3));
    await context.setOffline(false);
    await expect.poll(() => found(phone)).toEqual([]);
    await expect.poll(openedCanaries).toEqual([]);
    // What was recorded without a signal is on record, as a discrepancy.
    const log = JSON.stringify(await stage.marta.events('e-1'));
    expect(log).toContain('ProviderArrived');
    for (const locale of ['es-CR', 'en']) {
      for (const screen of ['visits', 'visit/e-1']) {
        await phone.goto(`${stage.url}/phone/#/${screen}`);
        await says(phone, locale === 'en' ? 'rased' : 'ato borrado');
        expect(await phone.locator('body').textContent()).not.toMatch(/[A-Pa-p]{64}/);
      }
      await phone.goto(`${stage.url}/phone/#/visits`);
      await phone.getByRole('button', { name: locale === 'en' ? 'Español' : 'English' }).click();
    }
    await context.close();
  });

  inChromium('is forgotten though the confirmation is lost and the page is loaded again in the middle', async () => {
    await assignCanary('e-2');
    const { context, phone } = await phoneWith('e-2');
    let lost = 0;
    await context.route('**/api/forgotten', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await phone.reload();
      return route.abort();
    });
    await eraseAfterCancelling('e-2');
    await expect.poll(() => lost).toBe(1);
    await expect.poll(() => found(phone)).toEqual([]);
    type Forgetting = { copies: readonly { visitId: string; device: string }[] };
    const device = await phone.evaluate("localStorage.getItem('device')");
    const isAsked = async () =>
      ((await center('/forgetting')) as Forgetting).copies.some(
        (copy) => copy.visitId === 'e-2' && copy.device === device,
      );
    await expect.poll(isAsked).toBe(false);
    await context.close();
  });

  inChromium("is forgotten by the client's page, which says so", async () => {
    await assignWithTelephone(stage, center, 'e-3');
    const page = await openLink(stage, await linkTo(center, 'e-3'));
    await stage.gerardo.record('e-3', 'RecordArrival');
    await page.getByRole('button', { name: 'No fue así' }).click();
    await page.fill('textarea', canaries[4] as string);
    await page.getByRole('button', { name: 'Guardar: no fue así' }).click();
    await says(page, 'Todo lo que dijo llegó al centro', '.status');
    expect(await found(page)).toEqual([canaries[4]]);
    let lost = 0;
    await page.route('**/api/client/forgotten', (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      return route.abort();
    });
    await eraseAfterCancelling('e-3');
    await says(page, 'Los datos de su visita se borraron');
    await expect.poll(() => lost).toBe(1);
    expect(await found(page)).toEqual([]);
    await page.reload();
    await says(page, 'Los datos de su visita se borraron');
    await expect.poll(() => page.evaluate('localStorage.getItem("client-device")')).toBe(null);
    expect(await kept(page)).not.toMatch(/e-3|CryptoKey|Gerardo/);
    await page.getByRole('button', { name: 'English' }).click();
    type Forgetting = { copies: readonly { visitId: string; holder: string }[] };
    const left = ((await center('/forgetting')) as Forgetting).copies.filter(({ visitId }) => visitId === 'e-3');
    expect(left.filter(({ holder }) => holder === '@client')).toEqual([]);
  });
});
