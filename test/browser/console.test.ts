import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type FieldInTest, password, startField } from '../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
const mark = '<img src=x onerror="document.title=1">';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Asks the server as a person of the demo. */
async function person(login: string) {
  const send = (path: string, body: unknown, cookie = '') =>
    fetch(`${server.url}/api${path}`, {
      method: 'POST',
      headers: { 'x-field': '1', 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
  const entered = await send('/session', { login, password, device: `${login}-1` });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  return async (path: string, body: unknown) => {
    const reply = await send(path, body, cookie);
    expect([path, reply.status, reply.ok ? '' : await reply.text()]).toEqual([path, 200, '']);
  };
}

type Person = Awaited<ReturnType<typeof person>>;

const record = (as: Person, visitId: string, type: string, data: object) =>
  as(`/visits/${visitId}/commands`, {
    type,
    data: { visitId, ...data },
    metadata: { commandId: `${visitId}-${type}` },
  });

const assign = (operator: Person, visitId: string) =>
  record(operator, visitId, 'AssignVisit', {
    at: minutesAgo(120),
    caseNumber: 'EXP-7',
    client: { name: `${mark} Mata`, title: 'don' },
    provider: { id: 'prov-014', name: 'Gerardo Ureña Solís' },
    service: 'Fontanería',
    place: mark,
    arriveBy: minutesAgo(90),
  });

/** Hands in the acts that a phone recorded by itself. */
const offline = (visitId: string, acts: readonly (readonly [type: string, data: object])[]) =>
  acts.map(([type, data], nth) => ({
    type,
    data: { visitId, ...data },
    metadata: { actor: { role: 'provider', id: 'prov-014' }, commandId: `${visitId}-${nth}` },
  }));

/** A visit whose arrival was recorded twice, at hours far apart. */
async function arrivalTwice(visitId: string): Promise<void> {
  const [operator, phone] = [await person('marta'), await person('gerardo')];
  await assign(operator, visitId);
  await record(operator, visitId, 'RecordArrival', { at: minutesAgo(95) });
  const commands = offline(visitId, [['RecordArrival', { at: minutesAgo(60) }]]);
  await phone(`/visits/${visitId}/sync`, { device: 'gerardo-1', basedOn: 1, commands });
}

/** A visit whose provider works on without a signal after the center has cancelled it. */
async function unseenCancellation(visitId: string): Promise<void> {
  const [operator, phone] = [await person('marta'), await person('gerardo')];
  await assign(operator, visitId);
  await record(phone, visitId, 'RecordArrival', { at: minutesAgo(95) });
  await record(operator, visitId, 'GiveInstruction', {
    at: minutesAgo(60),
    about: 'visit',
    decision: 'cancel',
    text: mark,
  });
  const call = { at: minutesAgo(32) };
  const acts = [
    ['StartWork', { at: minutesAgo(80) }],
    ['ReportCompletion', { at: minutesAgo(32), caseNumber: 'EXP-7', call }],
    ['CompleteVisit', { at: minutesAgo(31) }],
  ] as const;
  const commands = offline(visitId, acts);
  await phone(`/visits/${visitId}/sync`, { device: 'gerardo-1', basedOn: 2, commands });
}

beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('console');
  await unseenCancellation('v-keys');
  await unseenCancellation('v-shown');
  await arrivalTwice('v-signal');
}, 60_000);

afterAll(async () => {
  await server?.close();
});

/** The console of a person who has entered, and what it says besides the refusal before that. */
async function entered(browser: Browser, login: string, language = 'es-CR') {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.addInitScript(`localStorage.setItem('locale', '${language}')`);
  await page.goto(`${server.url}/console/`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.click('[type=submit]');
  await page.waitForSelector('header.top');
  return { page, said: () => said.filter((text) => !/401/.test(text)) };
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<readonly string[]>(
    'axe.run({ resultTypes: ["violations"] }).then((it) => it.violations.map(({ id, nodes }) => id + " " + nodes[0].html))',
  );
}

const settled = (page: Page, visitId: string) =>
  page.evaluate<readonly { type: string; data: { taken?: number[]; text?: string } }[]>(
    `fetch('/api/visits/${visitId}/events').then((reply) => reply.json()).then(({ events }) => events.slice(-4))`,
  );

describe('the console in a browser', () => {
  inChromium('settles a discrepancy by keys, and shows what stands in a log as text', () =>
    withChromium(async (browser) => {
      const { page, said } = await entered(browser, 'marta');
      await page.waitForSelector('a.entry.discrepancy');
      expect(await page.textContent('a.entry.discrepancy')).toContain(`${mark} Mata`);
      await page.keyboard.press('d');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      const headline = await page.textContent('.headline');
      expect(headline).toMatch(/^Gerardo Ureña Solís trabajó .* sin señal; el centro canceló a las .*, y no lo vio\.$/);
      const visitId = decodeURIComponent(new URL(page.url()).hash.split('/')[2] ?? '');
      await page.keyboard.press('t');
      expect(await page.textContent('.way:has([aria-pressed=true])')).toContain('cuenta 48 min');
      await page.keyboard.press('Enter');
      expect(await page.textContent('.decision [role=alert]')).toMatch(/^Diga por qué/);
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.toast:not(:empty)');
      const events = await settled(page, visitId);
      expect(events.map(({ type }) => type)).toEqual([
        'WorkStarted',
        'CompletionReported',
        'Completed',
        'DiscrepancySettled',
      ]);
      expect(events.at(-1)?.data).toMatchObject({
        taken: [0, 1, 2],
        text: 'Lo confirmé por teléfono con el proveedor',
      });
      await expect.poll(() => page.locator(`a.entry.discrepancy[href$="${visitId}"]`).count()).toBe(0);
      expect(said()).toEqual([]);
    }),
  );

  inChromium('gives an instruction by keys, which the list of another console shows at once', () =>
    withChromium(async (browser) => {
      const [{ page }, other] = [await entered(browser, 'marta'), await entered(browser, 'diego', 'en')];
      await page.evaluate(`location.hash = '#/visit/v-2026-0002'`);
      await page.waitForSelector('.act-list');
      await page.keyboard.press('h');
      await other.page.waitForSelector('a.entry, .empty');
      await other.page.evaluate(`location.hash = '#/visits'`);
      await other.page.waitForSelector('.holder:has-text("Marta Solano Brenes")');
      await page.keyboard.press('i');
      await page.check('[name=decision][value=wait]');
      await page.fill('textarea', 'Espere la llamada');
      await page.click('.act [type=submit]');
      await page.waitForSelector('.timeline .chip:has-text("no visto")');
      expect(await page.textContent('.timeline li')).toContain('Espere la llamada');
    }),
  );

  inChromium('shows what a correction changes before it is recorded', () =>
    withChromium(async (browser) => {
      const { page } = await entered(browser, 'marta');
      await page.evaluate(`location.hash = '#/visit/v-shown'`);
      await page.waitForSelector('.act-list');
      await page.keyboard.press('z');
      await page.click('.act .chip');
      await page.fill('.act textarea', 'Era otra casa');
      expect(await page.textContent('.preview')).toMatch(/Estado:.*En el lugar.*En camino/);
      await page.click('.act [type=submit]');
      await page.waitForSelector('.timeline li.annulled');
      expect(await page.textContent('.visit-head .phase')).toBe('En camino');
    }),
  );

  inChromium('groups discrepancies by their cause, and takes those of pure signal loss together', () =>
    withChromium(async (browser) => {
      const { page } = await entered(browser, 'marta');
      await page.evaluate(`location.hash = '#/causes'`);
      const signal = page.locator('section', { hasText: 'Solo faltó la señal' });
      await signal.locator('input').fill('Corte en la zona');
      await signal.locator('[type=submit]').click();
      await signal.waitFor({ state: 'detached' });
      expect((await settled(page, 'v-signal')).at(-1)?.data).toMatchObject({ taken: [0], text: 'Corte en la zona' });
      expect(await page.textContent('main')).toContain('El centro canceló o reprogramó');
    }),
  );

  for (const language of ['es-CR', 'en'] as const) {
    inChromium(`has accessible screens, in ${language}`, () =>
      withChromium(async (browser) => {
        const { page, said } = await entered(browser, 'silvia', language);
        const screens = [
          '#/',
          '#/visits',
          '#/case/v-shown',
          '#/visit/v-shown',
          '#/search',
          '#/handover',
          '#/outage',
          '#/payment',
        ];
        for (const screen of screens) {
          await page.evaluate(`location.hash = '${screen}'`);
          await page.waitForSelector('main.screen');
          if (screen === '#/case/v-shown') await page.keyboard.press('p');
          if (screen === '#/visit/v-shown') await page.keyboard.press('i');
          expect([screen, await violations(page)]).toEqual([screen, []]);
          for (const width of [320, 390, 768]) {
            await page.setViewportSize({ width, height: 844 });
            const spills = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
            expect([screen, width, await page.evaluate(spills)]).toEqual([screen, width, false]);
          }
          await page.setViewportSize({ width: 1440, height: 900 });
        }
        expect(said()).toEqual([]);
      }),
    );
  }
});
