import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { enterConsole, enterPhone, password } from '../../../scripts/field/field.ts';
import { doNext, nextAct, until } from '../../../scripts/field/hands.ts';
import { type KillableField, startKillableField } from '../../../scripts/field/killable.ts';
import { temporaryDirectory } from '../../stores/files.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { startChromium } from '../../support/chromium-process.ts';

const withChromium = chromiumOfFile();
let field: KillableField;

beforeAll(async () => {
  if (noChromium === undefined) field = await startKillableField('phone', 'console');
});
afterAll(() => field?.close());

const shows = (page: Page, selector: string, text: string) =>
  until(page, `document.querySelector('${selector}')?.textContent.includes('${text}') === true`);

const visitOf = (page: Page) => decodeURIComponent(page.url().split('/').at(-1) ?? '');

async function sendAll(phone: Page): Promise<void> {
  await phone.evaluate(`location.hash = '#/waiting'`);
  await phone.getByText('Enviar ahora').click();
}

type Recorded = Readonly<{ type: string; metadata: Readonly<{ commandId?: string }> }>;

const logOf = (desk: Page, visitId: string) =>
  desk.evaluate<readonly Recorded[]>(
    `fetch('/api/visits/${visitId}/events').then((reply) => reply.json()).then(({ events }) => events)`,
  );

describe('the server, killed in the middle of a visit', () => {
  inChromium(
    'is missed on both screens, and when it is back they go on by themselves, with all that was recorded',
    () =>
      withChromium(async (browser) => {
        const options = { locale: 'es-CR', timezoneId: 'America/Costa_Rica' };
        const phone = await enterPhone(await browser.newContext(options), field.url, 'lucia');
        const desk = await enterConsole(await browser.newContext(options), field.url, 'marta');
        await phone.click('.card');
        const visitId = visitOf(phone);
        await doNext(phone);
        await sendAll(phone);
        await phone.waitForSelector('.status.sent');
        await desk.evaluate(`location.hash = '#/visit/${visitId}'`);
        await shows(desk, '.timeline', 'Registrar la llegada');
        for (const page of [phone, desk]) await page.evaluate(`globalThis.isSamePage = true`);

        await field.kill();
        await phone.evaluate(`location.hash = '#/visit/${visitId}'`);
        await doNext(phone);
        await doNext(phone);
        await sendAll(phone);
        await shows(phone, '.status.offline', 'El centro no responde. Siga trabajando: 2 actos');
        await shows(desk, '.stale', 'Sin conexión. Esto es lo último que se recibió');
        await desk.getByText('Dar una instrucción').click();
        await desk.check('[name=decision][value=wait]');
        await desk.locator('form textarea').first().fill('Espere la llamada');
        await desk.click('.act [type=submit]');
        await desk.waitForSelector('.act .problem');
        await expect.poll(() => desk.inputValue('form textarea')).toBe('Espere la llamada');

        await field.start();
        await phone.waitForSelector('.status.sent');
        await until(desk, `document.querySelector('.stale') === null`);
        await shows(desk, '.timeline', 'Validar la identidad');
        // What the phone sent is on record since the decision was begun: it is looked at first.
        await desk.click('.act [type=submit]');
        await shows(desk, '.act .problem', 'La visita cambió mientras usted decidía');
        await desk.click('.act [type=submit]');
        await shows(desk, '.timeline', 'Espere la llamada');
        const events = await logOf(desk, visitId);
        expect(events.map(({ type }) => type)).toEqual([
          'VisitAssigned',
          'ProviderArrived',
          'CredentialShown',
          'IdentityValidated',
          'InstructionGiven',
        ]);
        for (const page of [phone, desk]) expect(await page.evaluate(`globalThis.isSamePage`)).toBe(true);
      }),
  );
});

describe("the phone's browser, killed in the middle of a visit", () => {
  inChromium('has what was answered when it is opened again without a signal, and sends it once', async () => {
    const profile = temporaryDirectory();
    const open = async () => {
      const { browser, kill } = await startChromium(profile);
      onTestFinished(kill);
      const [context] = browser.contexts();
      if (context === undefined) throw new Error('Chromium has no context');
      return { context, kill };
    };
    const first = await open();
    const before = await enterPhone(first.context, field.url, 'gerardo');
    await before.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await first.context.setOffline(true);
    await before.click('.card');
    const visitId = visitOf(before);
    await doNext(before);
    await doNext(before);
    const next = await nextAct(before);
    await first.kill();

    const { context } = await open();
    await context.setOffline(true);
    const phone = await context.newPage();
    await phone.goto(`${field.url}/phone/#/visit/${visitId}`);
    await phone.waitForSelector('.next');
    await expect.poll(() => nextAct(phone)).toBe(next);
    await phone.evaluate(`location.hash = '#/done/${visitId}'`);
    await phone.waitForSelector('.done li');
    await expect
      .poll(() => phone.locator('.done li').allTextContents())
      .toEqual([
        expect.stringMatching(/^Mostrar el carné.*En este teléfono/),
        expect.stringMatching(/^Registrar la llegada.*En este teléfono/),
      ]);

    // Its session has ended meanwhile: it says so, and once entered again it goes on by itself.
    await context.clearCookies();
    await context.setOffline(false);
    await sendAll(phone);
    await shows(phone, '.status.bad', 'Su sesión venció');
    await phone.click('main > button.primary');
    await phone.fill('[name=login]', 'gerardo');
    await phone.fill('[name=password]', password);
    await phone.click('form [type=submit]');
    await phone.waitForSelector('.status.sent');
    const types = (await logOf(phone, visitId)).map(({ type }) => type);
    expect(types).toEqual(['VisitAssigned', 'ProviderArrived', 'CredentialShown']);
  });
});
