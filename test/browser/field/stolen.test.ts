import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { routes } from '../../../examples/field/server/routes.ts';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { doNext, nextAct, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, person } from './people.ts';
import { kept, opened } from './stored.ts';

const withChromium = chromiumOfFile();
const options = { locale: 'es-CR', timezoneId: 'America/Costa_Rica' };
let field: FieldInTest;

beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone', 'console');
});
afterAll(() => field?.close());

const shows = (page: Page, selector: string, text: string) =>
  until(page, `document.querySelector('${selector}')?.textContent.includes('${text}') === true`);
const goTo = (page: Page, hash: string) => page.evaluate(`location.hash = '${hash}'`);

const visitOf = (page: Page) => decodeURIComponent(page.url().split('/').at(-1) ?? '');

async function sendAll(phone: Page): Promise<void> {
  await goTo(phone, '#/waiting');
  await phone.getByText('Enviar ahora').click();
}

/** The types of the events of a visit, as the server has them. */
const typesOf = (page: Page, visitId: string) =>
  page.evaluate<readonly string[]>(
    `fetch('/api/visits/${visitId}/events').then((reply) => reply.json()).then(({ events }) => events.map(({ type }) => type))`,
  );

/** The status of a request of a page, and its text. */
const asked = (page: Page, method: string, path: string, body?: object) =>
  page.evaluate<readonly [number, string]>(
    `fetch(${JSON.stringify(path)}, {
      method: '${method}',
      headers: { 'x-field': '1', 'content-type': 'application/json' },
      ${method === 'GET' ? '' : `body: ${JSON.stringify(JSON.stringify(body ?? {}))},`}
    }).then(async (reply) => [reply.status, await reply.text()])`,
  );

const deviceOf = (phone: Page) => phone.evaluate<string>(`localStorage.getItem('device')`);

const arrivalAt = (visitId: string) => ({
  type: 'RecordArrival',
  data: { visitId, at: new Date().toISOString() },
  metadata: { commandId: 'c-thief' },
});

describe('the phone, open in two tabs', () => {
  inChromium('shows in both what either recorded, and sends it once', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const one = await enterPhone(context, field.url, 'lucia');
      const other = await context.newPage();
      await one.click('.card');
      const visitId = visitOf(one);
      await other.goto(one.url());
      await other.waitForSelector('.next');
      // The same act by both at once is recorded once.
      const touch = `[...document.querySelectorAll('.next button')]
        .find(({ textContent }) => textContent.includes('Registrar la llegada'))?.click()`;
      await Promise.all([one, other].map((page) => page.evaluate(touch)));
      // The one that comes second gets a screen of its own that says so.
      const screens = () => Promise.all([one, other].map((page) => page.evaluate<string>('location.hash')));
      const areRefused = async () => (await screens()).filter((hash) => hash.startsWith('#/closed/')).length;
      await expect.poll(areRefused).toBe(1);
      for (const page of [one, other]) {
        await goTo(page, `#/visit/${visitId}`);
        await shows(page, '.next h2', 'Mostrar el carné');
      }
      await doNext(one);
      await shows(other, '.next h2', 'Validar la identidad');
      await doNext(other);
      await shows(one, '.next h2', 'Anunciar el servicio');
      await expect.poll(() => nextAct(other)).toBe('Anunciar el servicio');
      await sendAll(one);
      for (const page of [one, other]) {
        await goTo(page, '#/waiting');
        await page.waitForSelector('.status.sent');
        await goTo(page, `#/done/${visitId}`);
        await until(page, `document.querySelectorAll('.done li.sent').length === 3`);
        await expect.poll(() => page.locator('.done li').count()).toBe(3);
      }
      const types = await typesOf(one, visitId);
      expect(types).toEqual(['VisitAssigned', 'ProviderArrived', 'CredentialShown', 'IdentityValidated']);
    }),
  );
});

/** A visit of a person, opened on their phone: its place on the list, from the end with -1. */
async function openedVisit(context: BrowserContext, login: string, place: number) {
  const page = await enterPhone(context, field.url, login);
  const card = page.locator('.card').nth(place);
  const name = (await card.locator('.name').textContent())?.replace(/^(don|doña) /, '') ?? '';
  await goTo(page, (await card.getAttribute('href')) ?? '');
  await page.waitForSelector('.next');
  return { page, name, visitId: visitOf(page) };
}

describe("another provider's visit", () => {
  inChromium('is neither shown nor answered, whatever address is asked for', () =>
    withChromium(async (browser) => {
      const victim = await openedVisit(await browser.newContext(options), 'gerardo', 0);
      const [state] = [await asked(victim.page, 'GET', `/api/visits/${victim.visitId}`)];
      const { caseNumber, place } = JSON.parse(state[1]).state as { caseNumber: string; place: string };
      const secrets = [victim.name, caseNumber, place, 'Gerardo', 'prov-014'];
      const phone = await enterPhone(await browser.newContext(options), field.url, 'lucia');
      await phone.evaluate(`
        globalThis.heard = [];
        const stream = new EventSource('/api/stream');
        for (const name of ['hello', 'reset', 'visit', 'assignments', 'claim', 'note', 'shift', 'device'])
          stream.addEventListener(name, ({ data }) => heard.push(name + ' ' + data));
      `);
      await until(phone, `heard.length > 0`);
      for (const screen of ['visit', 'act', 'closed', 'cannot', 'done', 'nowhere', 'waiting']) {
        await goTo(phone, `#/${screen}/${victim.visitId}/RecordArrival`);
        await phone.waitForSelector('main');
        const text = (await phone.textContent('body')) ?? '';
        expect([screen, secrets.filter((secret) => text.includes(secret))]).toEqual([screen, []]);
      }
      const hash = 'a'.repeat(64);
      const device = await deviceOf(phone);
      for (const { method, path, roles } of routes) {
        if (roles === 'anyone' || !/:/.test(path)) continue;
        const address = path.replace(':visitId', victim.visitId).replace(':sha256', hash).replace(/:\w+/, 'q-1');
        const body = path.endsWith('/commands') ? arrivalAt(victim.visitId) : { basedOn: 0, device, commands: [] };
        const [status, text] = await asked(phone, method, `/api${address}?visit=${victim.visitId}`, body);
        expect([method, path, status]).toEqual([method, path, expect.toBeOneOf([403, 404])]);
        expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []]);
      }
      await doNext(victim.page);
      await sendAll(victim.page);
      await victim.page.waitForSelector('.status.sent');
      // What the stream says next is of the other provider's own visit.
      const own = await phone.evaluate<string>(`decodeURIComponent(location.hash)`);
      expect(own).toContain(victim.visitId);
      const heard = await phone.evaluate<readonly string[]>('heard');
      expect(heard.filter((text) => [...secrets, victim.visitId].some((secret) => text.includes(secret)))).toEqual([]);
    }),
  );
});

describe('a phone that was stolen', () => {
  inChromium('loses what was received, keeps nothing of the client, and what waits counts once someone vouches', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const { page: phone, name, visitId } = await openedVisit(context, 'gerardo', -1);
      const desk = await enterConsole(await browser.newContext(options), field.url, 'marta');
      const before = await typesOf(phone, visitId);
      const [, doors] = await asked(phone, 'GET', '/api/door-secrets');
      const { secret } = JSON.parse(doors).doors[0] as { secret: string };
      await context.setOffline(true);
      const acts = [await doNext(phone), await doNext(phone)];
      expect(await kept(phone)).not.toContain(name);
      expect(await opened(phone)).toContain(name);
      expect(await kept(phone)).toContain(secret);
      const device = await deviceOf(phone);

      await goTo(desk, '#/devices');
      const entry = desk.locator('.notes li', { has: desk.locator(`[title="${device}"]`) });
      await entry.getByText('Dar de baja').click();
      await entry.getByText('Sí, darlo de baja').click();
      await entry.getByText('De baja:').waitFor();

      await context.setOffline(false);
      await sendAll(phone);
      await shows(phone, '.status.bad', 'El centro dio de baja este teléfono');
      await goTo(phone, '#/');
      await shows(phone, '.status', 'El centro dio de baja este teléfono');
      await shows(phone, 'h1', 'Mis visitas');
      // The visits are still theirs, on another phone.
      await expect.poll(() => phone.textContent('main')).not.toContain('No tiene visitas asignadas.');
      await phone.reload();
      await phone.waitForSelector('main h1');
      await expect.poll(() => phone.textContent('body')).not.toContain(name);
      await expect.poll(() => kept(phone)).not.toContain(name);
      await expect.poll(() => opened(phone)).not.toContain(name);
      await expect.poll(() => kept(phone)).not.toContain(secret);
      for (const [method, path, body] of [
        ['GET', '/api/assignments'],
        ['GET', '/api/door-secrets'],
        ['GET', `/api/visits/${visitId}`],
        ['GET', `/api/visits/${visitId}/events`],
        ['GET', '/api/stream'],
        ['POST', `/api/visits/${visitId}/commands`, arrivalAt(visitId)],
        ['PUT', `/api/visits/${visitId}/lead`, { device }],
      ] as const) {
        const [status, text] = await asked(phone, method, path, body);
        expect([path, status, text.includes('device-revoked')]).toEqual([path, 403, true]);
      }

      // It waits apart, and changes nothing until someone answers for it.
      await expect.poll(() => typesOf(desk, visitId)).toEqual(before);
      await shows(desk, '[href="#/devices"]', '1');
      const batch = desk.locator('.notes li', { hasText: acts[0] ?? '' });
      await expect.poll(() => batch.textContent()).toContain(name);
      await batch.locator('input').fill('Lo confirmó por teléfono');
      await batch.getByText('Lo hizo el proveedor').click();
      await desk.getByText('No hay nada por decidir.').waitFor();
      expect((await typesOf(desk, visitId)).length).toBe(before.length + 2);
    }),
  );
});

/** The phone of Gerardo, with an arrival that waits. */
async function withArrival(context: BrowserContext, visitId: string): Promise<Page> {
  await assign(await person(field.url, 'marta', 'seed'), visitId);
  const phone = await enterPhone(context, field.url, 'gerardo');
  await goTo(phone, `#/visit/${visitId}`);
  await phone.waitForSelector('.next');
  await context.setOffline(true);
  await doNext(phone);
  return phone;
}

async function handedIn(phone: Page): Promise<string> {
  await goTo(phone, '#/waiting');
  const [file] = await Promise.all([phone.waitForEvent('download'), phone.getByText('Entregar archivo').click()]);
  return readFileSync(await file.path(), 'utf8');
}

describe('the phone, when its storage is cleared while it is open', () => {
  inChromium('hands in and sends what waits, and says that the data were lost', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const visitId = 'w-cleared';
      const phone = await withArrival(context, visitId);
      const session = await context.newCDPSession(phone);
      const { origin } = new URL(field.url);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
      expect(await handedIn(phone)).toContain('"type":"RecordArrival"');
      await shows(phone, '.figures dd', '1');
      await context.setOffline(false);
      await phone.getByText('Enviar ahora').click();
      await expect.poll(() => typesOf(phone, visitId)).toEqual(['VisitAssigned', 'ProviderArrived']);
      await shows(phone, 'main', 'Este teléfono perdió los datos de la aplicación');
      await phone.getByText('Ya lo leí').click();
      await phone.waitForSelector('.status.sent');
      await goTo(phone, `#/visit/${visitId}`);
      expect(await doNext(phone)).toBe('Mostrar el carné');
      await shows(phone, '.status', 'Guardado en este teléfono');
    }),
  );
});

describe('the phone, when its database is deleted by another window', () => {
  inChromium('says that it saves nothing more, and hands in what it knows', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await withArrival(context, 'w-deleted');
      await phone.evaluate(`indexedDB.deleteDatabase('visits')`);
      await shows(phone, '.status.bad', 'Este teléfono ya no guarda nada');
      expect(await handedIn(phone)).toContain('"type":"RecordArrival"');
    }),
  );
});
