import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type FieldInTest, password, startField } from '../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { assign, handIn, minutesAgo, type Person, person, record, routedScreens, work } from './field/people.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
const mark = '<img src=x onerror="document.title=1">';

const people = () => Promise.all([person(server.url, 'marta'), person(server.url, 'gerardo')]);
const marked = { client: { name: `${mark} Mata`, title: 'don' }, place: mark };

/** A visit whose arrival was recorded twice, at hours far apart. */
async function arrivalTwice(visitId: string): Promise<void> {
  const [operator, phone] = await people();
  await assign(operator, visitId, marked);
  await record(operator, visitId, 'RecordArrival', { at: minutesAgo(95) });
  await handIn(phone, visitId, 1, [['RecordArrival', { at: minutesAgo(60) }]]);
}

/** A visit whose provider works on without a signal after the center has cancelled it. */
async function unseenCancellation(visitId: string): Promise<void> {
  const [operator, phone] = await people();
  await assign(operator, visitId, marked);
  await record(phone, visitId, 'RecordArrival', { at: minutesAgo(95) });
  const cancel = { at: minutesAgo(60), about: 'visit', decision: 'cancel', text: mark };
  await record(operator, visitId, 'GiveInstruction', cancel);
  await handIn(phone, visitId, 2, work());
}

async function closeVisit(operator: Person, visitId: string, minutes: number): Promise<void> {
  const cancel = { at: minutesAgo(minutes), about: 'visit', decision: 'cancel', text: 'Ya no' };
  await record(operator, visitId, 'GiveInstruction', cancel);
  await record(operator, visitId, 'CloseVisit', { at: minutesAgo(minutes - 1) });
}

/** A visit that was given to another provider and closed, while the first one worked on without a signal. */
async function givenAwayAndClosed(visitId: string): Promise<void> {
  const [operator, phone] = await people();
  const lucia = { id: 'prov-022', name: 'Lucía Mora Vargas' };
  await assign(operator, visitId);
  await record(phone, visitId, 'RecordArrival', { at: minutesAgo(95) });
  const reassign = { at: minutesAgo(60), about: 'visit', decision: 'reassign', text: 'Otra' };
  await record(operator, visitId, 'GiveInstruction', reassign);
  await record(operator, visitId, 'ReassignProvider', {
    at: minutesAgo(59),
    provider: lucia,
    arriveBy: minutesAgo(20),
  });
  await closeVisit(operator, visitId, 30);
  await handIn(phone, visitId, 2, work());
}

beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('console');
  await unseenCancellation('v-keys');
  await unseenCancellation('v-shown');
  await arrivalTwice('v-signal');
  await givenAwayAndClosed('v-long');
  await givenAwayAndClosed('v-stop');
});

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

const worked = ['WorkStarted', 'CompletionReported', 'Completed'];

const typesOf = (page: Page, visitId: string) =>
  page.evaluate<readonly string[]>(
    `fetch('/api/visits/${visitId}/events').then((reply) => reply.json()).then(({ events }) => events.map(({ type }) => type))`,
  );

const settled = (page: Page, visitId: string) =>
  page.evaluate<readonly { type: string; data: { taken?: number[]; text?: string } }[]>(
    `fetch('/api/visits/${visitId}/events').then((reply) => reply.json()).then(({ events }) => events.slice(-4))`,
  );

describe('the console in a browser', () => {
  inChromium('settles a discrepancy by keys, and shows what stands in a log as text', () =>
    withChromium(async (browser) => {
      const { page, said } = await entered(browser, 'marta');
      await page.waitForSelector('a.entry.owed');
      await expect.poll(() => page.textContent('a.entry.owed')).toContain(`${mark} Mata`);
      await page.keyboard.press('p');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await expect
        .poll(() => page.textContent('.headline'))
        .toMatch(/^Gerardo Ureña Solís trabajó .* sin señal; el centro canceló a las? .*, y no lo vio\.$/);
      const visitId = decodeURIComponent(new URL(page.url()).hash.split('/')[2] ?? '');
      await page.keyboard.press('t');
      await expect.poll(() => page.textContent('.way:has([aria-pressed=true])')).toContain('cuenta 48 min');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.textContent('.decision [role=alert]')).toMatch(/^Diga por qué/);
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.toast:has-text("Decidido")');
      const events = await settled(page, visitId);
      expect(events.map(({ type }) => type)).toEqual([...worked, 'DiscrepancySettled']);
      expect(events.at(-1)?.data).toMatchObject({
        taken: [0, 1, 2],
        text: 'Lo confirmé por teléfono con el proveedor',
      });
      await expect.poll(() => page.locator(`a.entry.owed[href$="${visitId}"]`).count()).toBe(0);
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
      await page.waitForSelector('.timeline .chip:has-text("no ha llegado al teléfono")');
      await expect.poll(() => page.textContent('.timeline li')).toContain('Espere la llamada');
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
      await expect.poll(() => page.textContent('.preview')).toMatch(/Estado:.*En el lugar.*En camino/);
      await page.click('.act [type=submit]');
      await page.waitForSelector('.timeline li.annulled');
      await expect.poll(() => page.textContent('.visit-head .phase')).toBe('En camino');
      // The annulment cannot be recorded again: the focus is at another act.
      await page.waitForSelector('.act-list button:focus');
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
      await expect.poll(() => page.textContent('main')).toContain('El centro canceló o reprogramó');
    }),
  );

  const longSequence = ['ActAnnulled', 'InstructionGiven', 'ProviderReassigned'];

  /** Chooses to take all of a case in its long sequence, with a reason. */
  async function takeInSteps(page: Page, visitId: string) {
    await page.evaluate(`location.hash = '#/case/${visitId}'`);
    await page.waitForSelector('.ways');
    await page.keyboard.press('t');
    await expect
      .poll(() => page.textContent('.way:has([aria-pressed=true])'))
      .toMatch(/Tomar todo, en 4 pasos.*cuenta 48 min/);
    await expect.poll(() => page.locator('.steps li').count()).toBe(4);
    await page.keyboard.press('1');
  }

  inChromium('opens a closed visit, gives it back and takes the acts by one confirmation', () =>
    withChromium(async (browser) => {
      const { page, said } = await entered(browser, 'marta');
      await takeInSteps(page, 'v-long');
      await expect.poll(() => page.textContent('.steps')).toMatch(/1\. Anular.*2\. Dar una instrucción.*3\. .*4\. /);
      await page.click('button.confirm');
      await page.waitForSelector('.toast:has-text("Decidido")');
      const types = await typesOf(page, 'v-long');
      expect(types.slice(-7)).toEqual([...longSequence, ...worked, 'DiscrepancySettled']);
      expect(said()).toEqual([]);
    }),
  );

  inChromium('stops such a sequence where another operator came first, and goes on as the visit is then', () =>
    withChromium(async (browser) => {
      const { page } = await entered(browser, 'marta');
      const diego = await person(server.url, 'diego');
      await takeInSteps(page, 'v-stop');
      // Before the second step another operator closes the visit again.
      let sent = 0;
      await page.route('**/api/visits/v-stop/commands', async (route) => {
        sent += 1;
        if (sent === 2) await closeVisit(diego, 'v-stop', 1);
        await route.continue();
      });
      await page.click('button.confirm');
      await page.waitForSelector('.decision [role=alert]');
      await expect
        .poll(() => page.textContent('.decision [role=alert]'))
        .toMatch(/^Se detuvo: van 1 de 4 pasos\. .*Lo hecho queda\./);
      expect(sent).toBe(2);
      const before = await typesOf(page, 'v-stop');
      expect(before.slice(-3)).toEqual(['ActAnnulled', 'InstructionGiven', 'VisitClosed']);

      // Another decision than the one that stopped is that one, and what is confirmed again begins with the new closing.
      await page.keyboard.press('n');
      await expect.poll(() => page.textContent('button.confirm')).toContain('No tomar');
      await expect.poll(() => page.locator('.steps').count()).toBe(0);
      await page.keyboard.press('t');
      await expect.poll(() => page.locator('.steps li:not(.done)').count()).toBe(4);
      await page.click('button.confirm');
      await page.waitForSelector('.toast:has-text("Decidido")');
      await expect
        .poll(() => typesOf(page, 'v-stop'))
        .toEqual([...before, ...longSequence, ...worked, 'DiscrepancySettled']);
    }),
  );

  for (const language of ['es-CR', 'en'] as const) {
    inChromium(`has accessible screens, in ${language}`, () =>
      withChromium(async (browser) => {
        const { page, said } = await entered(browser, 'silvia', language);
        const names = [
          'case',
          'causes',
          'devices',
          'erasures',
          'handover',
          'new',
          'outage',
          'payment',
          'search',
          'visit',
          'visits',
        ];
        expect(names).toEqual(routedScreens('examples/field/console/src/root.tsx'));
        const screens = ['', ...names].map((name) => `#/${name}${/^(case|visit)$/.test(name) ? '/v-shown' : ''}`);
        for (const screen of screens) {
          await page.evaluate(`location.hash = '${screen}'`);
          await page.waitForSelector('main.screen');
          if (screen === '#/causes') await page.waitForSelector('main section li');
          if (screen === '#/devices') await page.click('.notes li > button');
          if (screen === '#/case/v-shown') await page.keyboard.press('p');
          if (screen === '#/visit/v-shown') await page.keyboard.press('i');
          await expect.poll(async () => [screen, await violations(page)]).toEqual([screen, []]);
          for (const width of [320, 390, 768]) {
            await page.setViewportSize({ width, height: 844 });
            const spills = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
            await expect.poll(async () => [screen, width, await page.evaluate(spills)]).toEqual([screen, width, false]);
          }
          await page.setViewportSize({ width: 1440, height: 900 });
        }
        expect(said()).toEqual([]);
      }),
    );
  }
});
