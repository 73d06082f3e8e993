import type { VisitEvent } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, type FieldInTest, password, startField } from '../../../scripts/field/field.ts';
import { fits, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { type Act, assign, handIn, minutesAgo, type Person, person, record, work } from './people.ts';
import { answer, choose, faults, place, saysNot, telephone } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
let operator: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('console');
  operator = await person(server.url, 'marta');
});
afterAll(() => server?.close());

async function enterAgain(desk: Page, login: string): Promise<void> {
  await desk.fill('input[name=login]', login);
  await desk.fill('input[name=password]', password);
  await desk.click('main.login button[type=submit]');
  await desk.waitForSelector('main.login', { state: 'detached' });
}

describe('a session that ends in the middle of a form', () => {
  inChromium('leaves what was typed to the one who typed it, and shows it to no one else', () =>
    withChromium(async (browser) => {
      await assign(operator, 'v-typed');
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      const desk = await enterConsole(context, server.url, 'marta');
      await desk.evaluate(`location.hash = '#/visit/v-typed'`);
      await choose(desk, 'Dar una instrucción');
      await answer(desk, '¿Qué se decide?', 'Proceder');
      const text = desk.locator('.act textarea').first();
      await text.fill('Siga con el trabajo; el cliente vuelve a las tres.');
      await context.clearCookies();
      await desk.keyboard.press('Control+Enter');
      await desk.waitForSelector('text=Su sesión venció. Entre de nuevo: sigue donde estaba.');
      await expect
        .poll(async () => [await text.isVisible(), await fits(desk), await faults(desk)])
        .toEqual([false, true, []]);
      // No key reaches what waits behind the login.
      await desk.locator('main.login h1').click();
      await desk.keyboard.press('Escape');
      await enterAgain(desk, 'marta');
      await expect.poll(() => text.inputValue()).toBe('Siga con el trabajo; el cliente vuelve a las tres.');
      await expect.poll(() => desk.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');

      await context.clearCookies();
      await desk.keyboard.press('Control+Enter');
      await enterAgain(desk, 'diego');
      await desk.waitForSelector('.person:has-text("Diego Rojas Alfaro")');
      await expect.poll(() => desk.getByText('el cliente vuelve a las tres').count()).toBe(0);
    }),
  );
});

describe('a form that is left before it is sent', () => {
  inChromium('goes on where it was left, with the present time, until it is given up', () =>
    withChromium(async (browser) => {
      await assign(operator, 'v-left');
      const desk = await enterConsole(
        await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place }),
        server.url,
        'marta',
      );
      const text = desk.locator('.act textarea').first();
      const typed = 'El cliente pide que lo atiendan el lunes.';
      async function open() {
        await desk.evaluate(`location.hash = '#/visit/v-left'`);
        await choose(desk, 'Dar una instrucción');
      }
      await open();
      await answer(desk, '¿Qué se decide?', 'Reprogramar');
      await text.fill(typed);
      // From the text, from the form and from the visit.
      for (const left of [
        'document.activeElement === document.body',
        `document.activeElement.id === 'act-GiveInstruction'`,
      ]) {
        await desk.keyboard.press('Escape');
        await until(desk, left);
      }
      await desk.keyboard.press('Escape');
      await desk.waitForSelector('main.visit', { state: 'detached' });
      await open();
      await expect.poll(() => text.inputValue()).toBe(typed);
      await expect.poll(() => desk.getByRole('radio', { name: 'Reprogramar' }).isChecked()).toBe(true);
      await expect.poll(() => desk.locator('.act').textContent()).toContain('Sigue donde lo dejó.');
      await desk.click('text=Empezar de nuevo');
      await expect.poll(() => text.inputValue()).toBe('');

      await text.fill(typed);
      await desk.reload();
      await open();
      await expect.poll(() => text.inputValue()).toBe(typed);
      await desk.click('.act >> text=Dejar');
      await open();
      await expect
        .poll(async () => [await text.inputValue(), await desk.getByText('Sigue donde lo dejó.').count()])
        .toEqual(['', 0]);
    }),
  );
});

describe('two tabs of one desk', () => {
  inChromium('have the same person, and leaving without a signal is no leaving', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      const desk = await enterConsole(context, server.url, 'marta');
      const tab = await context.newPage();
      await tab.goto(`${server.url}/console/`);
      await tab.waitForSelector('.person:has-text("Marta Solano Brenes")');
      await context.setOffline(true);
      await tab.click('text=Salir');
      await tab.waitForSelector('.toast:has-text("usted sigue adentro")');
      await context.setOffline(false);
      await tab.click('text=Salir');
      await enterAgain(tab, 'silvia');
      await desk.waitForSelector('.person:has-text("Silvia Quesada Mata")');
    }),
  );
});

/** Asks the case of a visit on the console of Marta. */
async function caseOf(desk: Page, visitId: string): Promise<string> {
  await desk.evaluate(`location.hash = '#/case/${visitId}'`);
  await desk.waitForSelector(`.case :text("EXP-${visitId}")`);
  return (await desk.textContent('main.case')) ?? '';
}

describe('the case of a discrepancy', () => {
  inChromium(
    'tells the hours as they count: of work that went on, that does not end, and by a clock that is wrong',
    () =>
      withChromium(async (browser) => {
        const phone = await person(server.url, 'gerardo');
        for (const visitId of ['v-went-on', 'v-wrong-clock']) {
          await assign(operator, visitId, { caseNumber: `EXP-${visitId}` });
          await record(phone, visitId, 'RecordArrival', { at: minutesAgo(80) });
        }
        await handIn(phone, 'v-went-on', 2, [['StartWork', { at: minutesAgo(75) }]]);
        const taken = { discrepancyId: 'd-3', taken: [0], text: 'Lo confirmé' };
        await record(operator, 'v-went-on', 'SettleDiscrepancy', { at: minutesAgo(70), ...taken });
        const cancelled = { about: 'visit', decision: 'cancel', text: 'El cliente canceló' };
        for (const visitId of ['v-went-on', 'v-wrong-clock'])
          await record(operator, visitId, 'GiveInstruction', { at: minutesAgo(60), ...cancelled });
        const tests = [{ name: 'agua', passed: true }];
        const tested: Act = ['TestQuality', { at: minutesAgo(40), withClient: true, tests }, { commandId: 'tested' }];
        await handIn(phone, 'v-went-on', 5, [tested]);
        const before: readonly Act[] = work('EXP-v-wrong-clock').map(([type, data]) => [
          type,
          { ...data, at: new Date(Date.parse(String(Reflect.get(data, 'at'))) - 7_200_000).toISOString() },
        ]);
        await handIn(phone, 'v-wrong-clock', 2, before);

        const context = await browser.newContext({ viewport: { width: 320, height: 700 }, ...place });
        const desk = await enterConsole(context, server.url, 'marta');
        const wentOn = await caseOf(desk, 'v-went-on');
        expect(wentOn).toContain('siguió con el trabajo sin señal hasta ');
        expect(wentOn).toContain('queda guardado; el tiempo sigue corriendo, va 1 h 15 min');
        expect(wentOn).toContain('¿Se probó con el cliente? Sí');
        expect(wentOn).not.toContain('Las horas no cuadran');
        await expect
          .poll(() => caseOf(desk, 'v-wrong-clock'))
          .toMatch(
            /Las horas no cuadran: «Iniciar el trabajo» dice .*, antes que «Registrar la llegada», .* que ya estaba anotado\./,
          );
        await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
        await desk.fill('.decision textarea', 'El reloj iba dos horas atrás');
        await desk.reload();
        await desk.waitForSelector('.decision textarea');
        await expect.poll(() => desk.inputValue('.decision textarea')).toBe('El reloj iba dos horas atrás');
      }),
  );

  inChromium('names who did what, what the center changed, and whom to call', () =>
    withChromium(async (browser) => {
      const [gerardo, lucia] = await Promise.all([person(server.url, 'gerardo'), person(server.url, 'lucia')]);
      for (const visitId of ['v-two-people', 'v-elsewhere', 'v-too-early', 'v-shut']) {
        await assign(operator, visitId, { caseNumber: `EXP-${visitId}` });
        await record(gerardo, visitId, 'RecordArrival', { at: minutesAgo(100) });
      }
      const instruction = { at: minutesAgo(60), about: 'visit', decision: 'reassign', text: 'El cliente lo pidió' };
      await record(operator, 'v-two-people', 'GiveInstruction', instruction);
      const provider = { id: 'prov-022', name: 'Lucía Mora Vargas' };
      const arriveBy = minutesAgo(10);
      await record(operator, 'v-two-people', 'ReassignProvider', { at: minutesAgo(60), provider, arriveBy });
      await record(lucia, 'v-two-people', 'RecordArrival', { at: minutesAgo(50) });
      await record(operator, 'v-elsewhere', 'AmendAssignment', { at: minutesAgo(95), place: 'Heredia' });
      await record(operator, 'v-too-early', 'AmendAssignment', { at: minutesAgo(95), instructions: 'Toque el timbre' });
      for (const visitId of ['v-two-people', 'v-too-early']) await handIn(gerardo, visitId, 2, work(`EXP-${visitId}`));
      const cancelled = { at: minutesAgo(60), about: 'visit', decision: 'cancel', text: 'El cliente canceló' };
      await record(operator, 'v-shut', 'GiveInstruction', cancelled);
      await record(operator, 'v-shut', 'CloseVisit', { at: minutesAgo(55) });
      await handIn(gerardo, 'v-shut', 2, [['ShowCredential', { at: minutesAgo(90) }]]);
      await handIn(gerardo, 'v-elsewhere', 2, [['ShowCredential', { at: minutesAgo(90) }]]);

      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      // The center has been waiting for some minutes.
      await context.clock.install({ time: Date.now() + 180_000 });
      const desk = await enterConsole(context, server.url, 'marta');
      const others = await caseOf(desk, 'v-two-people');
      await expect
        .poll(() => desk.locator('.clock tr', { hasText: 'Registrar la llegada' }).textContent())
        .toContain('Lucía Mora Vargas');
      expect(others).toContain('Llame a Lucía Mora Vargas.');
      expect(others).toMatch(/sin señal; el centro asignó a Lucía Mora Vargas a las? [^;]*, y no lo vio\./);
      expect(others).toContain('Cuando se recibió, la visita ya estaba asignada a otro proveedor.');
      await expect
        .poll(() => caseOf(desk, 'v-elsewhere'))
        .toMatch(/; el centro cambió el lugar a las? [^;]*, y no le había llegado\./);
      await expect.poll(() => caseOf(desk, 'v-shut')).toContain('queda guardado, no cuenta · Cerrada · No es pagable');
      const early = await caseOf(desk, 'v-too-early');
      expect(early).toContain(
        '; le faltaba algo del protocolo, y el centro registró «Corregir la asignación» mientras tanto.',
      );
      // What an instruction could have waived then is past.
      expect(early).not.toContain('dispensar');
    }),
  );
});

describe('two operators on one visit', () => {
  inChromium('are told of each other: one decision stands, and a form says what came meanwhile', () =>
    withChromium(async (browser) => {
      const [phone, diego] = [await person(server.url, 'gerardo'), await person(server.url, 'diego')];
      await assign(operator, 'v-both', { caseNumber: 'EXP-v-both' });
      await record(phone, 'v-both', 'RecordArrival', { at: minutesAgo(80) });
      await handIn(phone, 'v-both', 2, work('EXP-v-both'));
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      await context.clock.install({ time: Date.now() });
      const desk = await enterConsole(context, server.url, 'marta');
      await caseOf(desk, 'v-both');
      for (const key of ['t', '2']) await desk.keyboard.press(key);
      await desk.waitForSelector('.way [aria-pressed=true]:has-text("Tomar todo")');
      await desk.waitForSelector('[aria-pressed=true]:has-text("Lo confirmé con el cliente")');
      await desk.waitForSelector('.confirm:enabled');
      // The other decides while the decision of Marta is on its way.
      const left = { discrepancyId: 'd-3', taken: [], text: 'El cliente dice que no se hizo' };
      await desk.route('**/api/visits/v-both/commands', async (route) => {
        await record(diego, 'v-both', 'SettleDiscrepancy', { at: minutesAgo(0), ...left });
        await route.continue();
      });
      await desk.keyboard.press('Enter');
      await desk.waitForSelector('.toast:has-text("No se registró. La visita cambió mientras usted decidía")');
      await desk.waitForSelector('.empty:has-text("no se tomó nada. El cliente dice que no se hizo")');
      await desk.unroute('**/api/visits/v-both/commands');
      // What was left may be taken later, at the time at which that is decided.
      await context.clock.fastForward(20 * 60_000);
      await desk.getByLabel('Si se decide otra cosa, ¿por qué?').fill('El cliente se equivocó de visita');
      await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
      await desk.getByRole('button', { name: 'Tomar ahora lo que no se tomó' }).click();
      await desk.waitForSelector('.toast:has-text("Decidido")');
      const { events } = (await operator('/visits/v-both/events')) as { events: readonly VisitEvent[] };
      expect(events.slice(-4).map(({ type }) => type)).toEqual([
        'WorkStarted',
        'CompletionReported',
        'Completed',
        'DiscrepancySettled',
      ]);
      expect(Date.parse(events.at(-1)?.data.at ?? '') - Date.now()).toBeGreaterThan(15 * 60_000);
      // Nothing is left by now.
      await desk.evaluate(`location.hash = '#/visit/v-both'`);
      await desk.waitForSelector('.visit .columns');
      await expect.poll(() => desk.locator('a[href="#/case/v-both"]').count()).toBe(0);

      await assign(operator, 'v-form');
      await desk.evaluate(`location.hash = '#/visit/v-form'`);
      await choose(desk, 'Dar una instrucción');
      const given = { about: 'visit', decision: 'cancel', text: 'El cliente canceló' };
      await record(diego, 'v-form', 'GiveInstruction', { at: minutesAgo(0), ...given });
      await desk.waitForSelector('.act .unseen li:has-text("Dar una instrucción · la visita · Cancelar")');
      await expect.poll(() => faults(desk)).toEqual([]);
      await desk.getByRole('button', { name: 'Dejar' }).click();
      await choose(desk, 'Cerrar la visita');
      await record(diego, 'v-form', 'CloseVisit', { at: minutesAgo(0), reason: 'No hay nadie' });
      await desk.waitForSelector(
        '.toast:has-text("«Cerrar la visita» ya no se puede registrar: se registró «Cerrar la visita».")',
      );
    }),
  );
});

describe('a visit that is held', () => {
  inChromium('is not taken over behind the back of the one who holds it', () =>
    withChromium(async (browser) => {
      const supervisor = await person(server.url, 'silvia');
      await assign(operator, 'v-held', { caseNumber: 'EXP-v-held' });
      const context = await browser.newContext({ viewport: { width: 320, height: 700 }, ...place });
      const desk = await enterConsole(context, server.url, 'marta');
      await desk.evaluate(`location.hash = '#/visit/v-held'`);
      await desk.waitForSelector('.visit .columns');
      await desk.keyboard.press('h');
      await desk.waitForSelector('.primary:has-text("Dejar de atenderla")');
      await supervisor('/claims/v-held', { take: true });
      await desk.waitForSelector(
        '.toast:has-text("Silvia Quesada Mata pasó a su nombre la visita del expediente EXP-v-held, que usted atendía.")',
      );
      await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
    }),
  );
});

describe('a call', () => {
  inChromium('stands in the act that asked for it, and in no later one', () =>
    withChromium(async (browser) => {
      const phone = await person(server.url, 'gerardo');
      await assign(operator, 'v-called');
      await record(phone, 'v-called', 'RecordArrival', { at: minutesAgo(30) });
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      await context.addInitScript(telephone);
      const desk = await enterConsole(context, server.url, 'marta');
      await desk.evaluate(`location.hash = '#/visit/v-called'`);
      await desk.click('.facts .call');
      await desk.waitForSelector('text=queda en el acto que la pide');
      await choose(desk, 'Reportar la ausencia del cliente');
      await desk.keyboard.press('Control+Enter');
      await desk.waitForSelector('.debts b:has-text("El cliente no está: diga qué hacer")');
      await saysNot(desk, 'queda en el acto que la pide');
    }),
  );
});
