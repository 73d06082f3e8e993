import { readFileSync } from 'node:fs';
import type { VisitEvent } from 'auxilio';
import { reportHtml } from 'auxilio/report';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { toControls } from '../../../examples/field/ui/time.ts';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, handIn, minutesAgo, type Person, person, record, work } from './people.ts';

const withChromium = chromiumOfFile();
/** A text that runs something where it is taken for markup, a template, an attribute or an address. */
const payload = `"><img src=x onerror="globalThis.ran=1"><script>globalThis.ran=1</script>'-{{globalThis.ran=1}}\${globalThis.ran=1} javascript:globalThis.ran=1`;
const hostile = (name: string) => `${name} ${payload}`;
const formula = `=HYPERLINK("http://x","y") ${payload}`;
let field: FieldInTest;
let log: readonly VisitEvent[];

const eventsOf = async (as: Person, visitId: string) =>
  ((await as(`/visits/${visitId}/events`)) as { events: readonly VisitEvent[] }).events;

/** A visit each of whose texts is hostile: on record, without a signal, and of the center. */
async function hostileVisit(center: Person, phone: Person): Promise<void> {
  const visitId = 'v-hostile';
  const service = hostile('servicio');
  await assign(center, visitId, {
    caseNumber: hostile('caso'),
    client: { name: hostile('cliente'), title: 'doña' },
    provider: { id: 'prov-014', name: hostile('proveedor') },
    service,
    place: hostile('lugar'),
    instructions: hostile('indicaciones'),
    requiredShots: [hostile('toma')],
  });
  const [at, takenAt] = [minutesAgo(95), minutesAgo(94)];
  const photos = [{ photoId: 'f-1', sha256: 'a'.repeat(64), takenAt, shot: hostile('toma') }];
  const acts = [
    ['RecordArrival', { at }],
    ['ShowCredential', { at }],
    ['ValidateIdentity', { at, person: 'client', fullNameGiven: true, documentShown: true }],
    ['AnnounceService', { at, service }],
    ['LocateFault', { at, where: hostile('falla') }],
    ['TakePhotos', { at: takenAt, photos }],
  ] as const;
  for (const [type, data] of acts) await record(phone, visitId, type, data);
  const cancel = { at: minutesAgo(60), about: 'visit', decision: 'cancel', text: hostile('instrucción') };
  await record(center, visitId, 'GiveInstruction', cancel);
  const despite = { by: hostile('autoriza'), reason: hostile('porque') };
  const tools = [hostile('herramienta')];
  const call = { at: minutesAgo(32), reference: hostile('referencia') };
  await handIn(phone, visitId, acts.length + 1, [
    ['StartWork', { at: minutesAgo(50) }, { despite }],
    ['ShowTools', { at: minutesAgo(40), tools }],
    ['ReportCompletion', { at: call.at, caseNumber: hostile('caso'), call }],
  ]);
  await center(`/visits/${visitId}/notes`, { text: hostile('nota') });
  await center(`/claims/${visitId}`, {});
  await center('/shifts', {});
  await center('/shifts/end', { text: hostile('turno') });
  await center(`/claims/${visitId}`, {});
  log = await eventsOf(center, visitId);
}

let completedAt = '';

/** A visit in the payment queue whose case number is a formula, and whose discrepancy was settled in hostile words. */
async function payableVisit(center: Person, phone: Person): Promise<void> {
  await assign(center, 'v-formula', { caseNumber: formula });
  await record(phone, 'v-formula', 'RecordArrival', { at: minutesAgo(95) });
  const cancel = { at: minutesAgo(60), about: 'visit', decision: 'cancel', text: 'Ya no' };
  await record(center, 'v-formula', 'GiveInstruction', cancel);
  const acts = work(formula);
  completedAt = String(Object(acts.at(-1)?.[1]).at);
  await handIn(phone, 'v-formula', 2, acts);
  const reported = (await eventsOf(center, 'v-formula')).at(-1);
  if (reported?.type !== 'DiscrepancyReported') throw new Error('no report');
  const { discrepancyId } = reported.data;
  const settlement = { at: minutesAgo(1), discrepancyId, taken: [0, 1, 2], text: hostile('decisión') };
  await record(center, 'v-formula', 'SettleDiscrepancy', settlement);
}

beforeAll(async () => {
  if (noChromium !== undefined) return;
  field = await startField('phone', 'console');
  const [center, phone] = await Promise.all([person(field.url, 'marta'), person(field.url, 'gerardo')]);
  await hostileVisit(center, phone);
  await payableVisit(center, phone);
});
afterAll(() => field?.close());

async function watched(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'es-CR', timezoneId: 'America/Costa_Rica' });
  await context.addInitScript(`
    globalThis.refused = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      refused.push(violatedDirective + ' ' + blockedURI));
  `);
  return context;
}

/** The result of the payloads on a screen: nothing ran, nothing was refused, nothing is an element or an address. */
const harm = (page: Page) =>
  page.evaluate(`({
    ran: globalThis.ran ?? null,
    refused: globalThis.refused,
    elements: document.querySelectorAll('img[src="x"], script:not([src]), [onerror]').length,
    addresses: [...document.body.querySelectorAll('[href], [src], [action]')]
      .map((each) => each.getAttribute('href') ?? each.getAttribute('src') ?? each.getAttribute('action'))
      .filter((address) => !/^(#|tel:|blob:|[/]|\\.\\/|https:\\/\\/www[.]google[.]com\\/maps\\/search\\/[?]api=1&query=[\\w%+.*-]+$)/.test(address)),
  })`);
const harmless = { ran: null, refused: [], elements: 0, addresses: [] };

/** Waits until a screen shows hostile texts, as text; then nothing else has come of them. */
async function shows(page: Page, ...names: readonly string[]): Promise<void> {
  const text = () => page.evaluate<string>(`document.body.textContent`);
  for (const name of names) await expect.poll(text).toContain(hostile(name));
  await expect.poll(async () => [names, await harm(page)]).toEqual([names, harmless]);
}

const goTo = (page: Page, hash: string) => page.evaluate(`location.hash = ${JSON.stringify(hash)}`);

describe('hostile texts', () => {
  inChromium('are shown as text on the phone', () =>
    withChromium(async (browser) => {
      const page = await enterPhone(await watched(browser), field.url, 'gerardo');
      await shows(page, 'cliente', 'lugar', 'servicio');
      await goTo(page, '#/visit/v-hostile');
      await shows(page, 'cliente', 'caso', 'lugar');
      for (const hash of [
        'act/v-hostile/TakePhotos',
        'act/v-hostile/LocateFault',
        'cannot/v-hostile',
        'done/v-hostile',
      ]) {
        await goTo(page, `#/${hash}`);
        await shows(page, 'cliente');
      }
      await goTo(page, '#/closed/v-hostile/HandOverSite');
      await shows(page, 'cliente');
      await goTo(page, '#/waiting');
      await shows(page);
    }),
  );

  inChromium('are shown as text on the console', () =>
    withChromium(async (browser) => {
      const page = await enterConsole(await watched(browser), field.url, 'silvia');
      const screens = [
        ['', 'cliente', 'caso', 'servicio', 'lugar', 'proveedor'],
        ['visits', 'cliente', 'proveedor'],
        ['visit/v-hostile', 'cliente', 'indicaciones', 'instrucción', 'falla', 'nota', 'proveedor'],
        ['case/v-hostile', 'cliente', 'instrucción', 'autoriza', 'porque', 'herramienta', 'referencia'],
        ['causes', 'cliente', 'proveedor'],
        ['handover', 'cliente', 'turno', 'nota'],
        ['devices'],
        ['visit/v-formula', 'decisión'],
      ] as const;
      for (const [hash, ...names] of screens) {
        await goTo(page, `#/${hash}`);
        await shows(page, ...names);
      }
      await goTo(page, '#/visit/v-hostile');
      // Nobody sent its bytes.
      await expect.poll(() => page.locator('.no-picture').textContent()).toContain(hostile('toma'));
      await goTo(page, '#/search');
      await page.fill('[type=search]', 'cliente');
      await shows(page, 'cliente', 'caso', 'servicio', 'proveedor');
      await page.fill('[type=search]', payload);
      await shows(page);
      await goTo(page, '#/outage');
      await page.locator('.outage label input:not([type])').fill('lugar');
      await shows(page, 'cliente', 'lugar');
    }),
  );

  inChromium('are shown as text to a payer, and are no formula in a sheet', () =>
    withChromium(async (browser) => {
      const page = await enterConsole(await watched(browser), field.url, 'pablo');
      await page.getByRole('button', { name: 'Por valorar' }).click();
      await expect.poll(() => page.evaluate<string>('document.body.textContent')).toContain(formula);
      const [saved] = await Promise.all([page.waitForEvent('download'), page.click('.head > button')]);
      const cells = readFileSync(await saved.path(), 'utf8').split('\r\n')[1] ?? '';
      expect(cells.startsWith(`"'${formula.replaceAll('"', '""')}",`)).toBe(true);
      // The day and the hour of the place, as on the screen.
      const { day, time } = toControls(completedAt);
      expect(cells).toContain(`"${day} ${time}"`);
      await goTo(page, '#/visit/v-hostile');
      await shows(page, 'cliente', 'falla');
    }),
  );

  inChromium('are shown as text in a report', () =>
    withChromium(async (browser) => {
      const page = await (await watched(browser)).newPage();
      const html = reportHtml(log, { locale: 'es-CR' });
      await page.route('**/*', (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
      await page.goto('http://report.test/');
      expect(await page.evaluate('globalThis.ran ?? null')).toBe(null);
      await expect.poll(() => page.evaluate('refused')).toEqual([]);
      const text = await page.evaluate<string>(`document.body.textContent`);
      for (const name of ['cliente', 'falla', 'instrucción']) expect(text).toContain(hostile(name));
    }),
  );

  inChromium('in an address open no screen, and stop none', () =>
    withChromium(async (browser) => {
      const phone = await enterPhone(await watched(browser), field.url, 'gerardo');
      const desk = await enterConsole(await watched(browser), field.url, 'marta');
      for (const page of [phone, desk]) {
        const said: string[] = [];
        page.on('pageerror', (error) => said.push(error.message));
        for (const hash of [
          '#/visit/%',
          `#/visit/${encodeURIComponent(payload)}`,
          `#/case/${payload}`,
          '#/__proto__/constructor/toString',
          '#/act/v-hostile/Nothing',
          '#/act/v-hostile/__proto__',
          '#/closed/v-hostile/constructor',
          '#/visit/v-hostile/__proto__/despite',
          '#//////',
        ]) {
          await goTo(page, hash);
          await page.waitForSelector('main');
          await expect.poll(async () => [hash, said, await harm(page)]).toEqual([hash, [], harmless]);
        }
        await goTo(page, '#/visit/v-hostile');
        await shows(page, 'cliente');
      }
    }),
  );
});
