import type { VisitEvent } from 'auxilio';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, handIn, minutesAgo, type Person, person, record, work } from './people.ts';
import { answer, choose, faults, place } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
let marta: Person;
let diego: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('console');
  [marta, diego] = await Promise.all([person(server.url, 'marta'), person(server.url, 'diego')]);
});
afterAll(() => server?.close());

const deskOf = async (browser: Browser, login: string) =>
  enterConsole(await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place }), server.url, login);

/** Opens the form of an instruction, and fills it in. */
async function instructs(desk: Page, visitId: string, decision: string, text: string): Promise<void> {
  await desk.evaluate(`location.hash = '#/visit/${visitId}'`);
  await choose(desk, 'Dar una instrucción');
  await answer(desk, '¿Qué se decide?', decision);
  await desk.locator('.act textarea').first().fill(text);
}

const eventsOf = async (visitId: string) =>
  ((await marta(`/visits/${visitId}/events`)) as { events: readonly VisitEvent[] }).events;

const decisionsOn = async (visitId: string) =>
  (await eventsOf(visitId)).flatMap((event) => (event.type === 'InstructionGiven' ? [event.data.decision] : []));

describe('two operators who decide the opposite at the same moment', () => {
  inChromium(
    'do not both read that it is recorded: the second one sees the decision of the first, and decides on it',
    () =>
      withChromium(async (browser) => {
        await assign(marta, 'v-opposite');
        const [first, second] = await Promise.all([deskOf(browser, 'marta'), deskOf(browser, 'silvia')]);
        await instructs(first, 'v-opposite', 'Cancelar', 'El cliente llamó: ya no lo necesita.');
        await instructs(second, 'v-opposite', 'Proceder', 'Siga; el cliente lo espera.');
        await Promise.all([first, second].map((desk) => desk.keyboard.press('Control+Enter')));
        const told = (desk: Page) => desk.locator('.act .problem').count();
        // The form of what is recorded closes.
        const open = (desk: Page) => desk.locator('.act form').count();
        await expect
          .poll(async () => [(await told(first)) + (await told(second)), (await open(first)) + (await open(second))])
          .toEqual([1, 1]);
        expect(await decisionsOn('v-opposite')).toHaveLength(1);

        const isFirst = (await told(first)) === 1;
        const [late, own, other] = isFirst ? [first, 'Cancelar', 'Proceder'] : [second, 'Proceder', 'Cancelar'];
        await late.waitForSelector(`.act .unseen li:has-text("${other}")`);
        expect(await late.textContent('.act .problem')).toContain('si todavía corresponde, puede decidir otra vez');
        expect(await late.getByRole('radio', { name: own, exact: true }).isChecked()).toBe(true);
        expect(await late.locator('.act textarea').first().inputValue()).not.toBe('');
        await late.waitForSelector(`.act .unseen .own:has-text("${own}")`);
        expect(await late.locator('.act .buttons button').allTextContents()).toEqual([
          expect.stringContaining('Registrar de todos modos'),
          'Descartar lo mío',
        ]);
        await expect.poll(() => faults(late)).toEqual([]);
        await late.keyboard.press('Control+Enter');
        await late.waitForSelector('.toast:has-text("Registrado: Dar una instrucción")');
        expect(await decisionsOn('v-opposite')).toHaveLength(2);
      }),
  );

  inChromium('nor is what the second one drops recorded', () =>
    withChromium(async (browser) => {
      await assign(marta, 'v-dropped');
      const desk = await deskOf(browser, 'marta');
      await instructs(desk, 'v-dropped', 'Cancelar', 'El cliente llamó: ya no lo necesita.');
      await desk.route('**/api/visits/v-dropped/commands', async (route) => {
        const proceed = { about: 'visit', decision: 'proceed', text: 'Siga.' };
        await record(diego, 'v-dropped', 'GiveInstruction', { at: minutesAgo(0), ...proceed });
        await route.continue();
      });
      await desk.keyboard.press('Control+Enter');
      await desk.waitForSelector('.act .unseen li:has-text("Proceder")');
      await desk.getByRole('button', { name: 'Descartar lo mío' }).click();
      await desk.waitForSelector('.act-list');
      expect(await decisionsOn('v-dropped')).toEqual(['proceed']);
      // It is not there again when the form is opened.
      await choose(desk, 'Dar una instrucción');
      expect(await desk.locator('.act textarea').first().inputValue()).toBe('');
    }),
  );

  inChromium('nor where the screen of the second one had the decision of the first when they confirmed', () =>
    withChromium(async (browser) => {
      const gerardo = await person(server.url, 'gerardo');
      await assign(marta, 'v-shown', { caseNumber: 'EXP-v-shown' });
      await record(gerardo, 'v-shown', 'RecordArrival', { at: minutesAgo(80) });
      await handIn(gerardo, 'v-shown', 2, work('EXP-v-shown'));
      const desk = await deskOf(browser, 'marta');
      await desk.evaluate(`location.hash = '#/case/v-shown'`);
      await desk.waitForSelector('.case .ways');
      await desk.keyboard.press('t');
      await desk.fill('.decision textarea', 'El cliente confirma que se hizo.');
      await desk.waitForSelector('.confirm:enabled');
      const cancelled = { about: 'visit', decision: 'cancel', text: 'El cliente canceló' };
      await record(diego, 'v-shown', 'GiveInstruction', { at: minutesAgo(0), ...cancelled });
      await desk.waitForSelector('.decision .unseen li:has-text("Cancelar")');
      await desk.click('.confirm');
      await desk.waitForSelector('.decision .problem:has-text("La visita cambió mientras usted decidía")');
      expect((await eventsOf('v-shown')).some(({ type }) => type === 'DiscrepancySettled')).toBe(false);
      expect(await desk.inputValue('.decision textarea')).toBe('El cliente confirma que se hizo.');
      await desk.waitForSelector('.decision .unseen .own:has-text("El cliente confirma que se hizo.")');
      await desk.waitForSelector('.confirm:enabled');
      await desk.click('.confirm');
      await desk.waitForSelector('.toast:has-text("Decidido")');
      expect((await eventsOf('v-shown')).some(({ type }) => type === 'DiscrepancySettled')).toBe(true);
    }),
  );

  inChromium('nor where the other one took all of it: what was typed is still there', () =>
    withChromium(async (browser) => {
      const gerardo = await person(server.url, 'gerardo');
      await assign(marta, 'v-taken', { caseNumber: 'EXP-v-taken' });
      await record(gerardo, 'v-taken', 'RecordArrival', { at: minutesAgo(80) });
      await handIn(gerardo, 'v-taken', 2, work('EXP-v-taken'));
      const desk = await deskOf(browser, 'marta');
      await desk.evaluate(`location.hash = '#/case/v-taken'`);
      await desk.waitForSelector('.case .ways');
      await desk.keyboard.press('n');
      await desk.fill('.decision textarea', 'El cliente dice que no llegó nadie.');
      await desk.waitForSelector('.confirm:enabled');
      const taken = { discrepancyId: 'd-3', taken: [0, 1, 2], text: 'Las fotos lo muestran' };
      await desk.route('**/api/visits/v-taken/commands', async (route) => {
        await record(diego, 'v-taken', 'SettleDiscrepancy', { at: minutesAgo(0), ...taken });
        await route.continue();
      });
      await desk.click('.confirm');
      await desk.waitForSelector('.empty:has-text("se tomó todo. Las fotos lo muestran")');
      await desk.waitForSelector('.empty q:has-text("El cliente dice que no llegó nadie.")');
      await expect.poll(() => faults(desk)).toEqual([]);
    }),
  );
});
