import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { password } from '../../../scripts/field/field.ts';
import { doNext, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { answer, assign, minutesAgo, openStage, type Stage, toScreen, toVisit, write } from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await openStage();
});
afterAll(() => stage?.close());

/** The texts of the parts of a screen that are read aloud when they change. */
const status = (page: Page) => page.locator('[role=status]').allTextContents();

const focused = (page: Page): Promise<string> =>
  page.evaluate(`document.activeElement === document.body ? 'nothing' : document.activeElement.textContent.trim()`);

/** The text that is read of the field that has the focus, beside its label. */
const described = (page: Page): Promise<string> =>
  page.evaluate(`(document.activeElement.getAttribute('aria-describedby') ?? '').split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '').join('')`);

/** Presses a key, and waits until the focus is on something that begins so. */
async function press(page: Page, key: string, text: string): Promise<void> {
  await page.keyboard.press(key);
  await until(page, `document.activeElement.textContent.trim().startsWith(${JSON.stringify(text)})`);
}

describe('an operator without a mouse', () => {
  inChromium('hears which visit is opened, and goes on in the list where they left it', async () => {
    for (const [place, visitId] of ['key-1', 'key-2', 'key-3'].entries()) {
      await assign(stage, visitId, { client: { name: `Cliente ${visitId}` } });
      await stage.gerardo.record(visitId, 'ReportTransitIssue', { at: minutesAgo(9 - place), issue: 'delay' });
    }
    const { desk, url } = stage;
    await desk.goto(`${url}/console/#/`);
    await desk.waitForSelector('text=EXP-key-3');
    await desk.keyboard.press('p');
    for (const key of ['j', 'j']) await desk.keyboard.press(key);
    await expect.poll(() => focused(desk)).toContain('EXP-key-2');
    await press(desk, 'Enter', 'Cliente key-2');
    // The browser keeps the titles of pages: no name of a person is in them.
    await expect.poll(() => desk.title()).toBe('EXP-key-2 · Centro de Contacto');
    await press(desk, 'Escape', 'Avise al cliente');
    await expect.poll(() => focused(desk)).toContain('EXP-key-2');
    await expect.poll(() => desk.locator('[aria-pressed=true]').textContent()).toContain('Por avisar o decidir');
  });

  inChromium('fills in a form whose choices no letter or digit leaves, and may do without such keys', async () => {
    await assign(stage, 'key-4');
    await toVisit(stage, 'key-4');
    const { desk } = stage;
    await desk.keyboard.press('i');
    await until(desk, `document.activeElement.matches('.templates button')`);
    for (const key of ['2', 'n']) await desk.keyboard.press(key);
    await expect.poll(() => desk.locator('.act h2').textContent()).toBe('Dar una instrucción');
    // From the text that it begins with, and from the form.
    await until(desk, `document.activeElement.matches('.act textarea')`);
    await desk.keyboard.press('Escape');
    await until(desk, `document.activeElement === document.body`);
    await press(desk, 'Escape', 'Dar una instrucción');
    await desk.keyboard.press('?');
    await desk.getByLabel('Usar teclas de una letra').press('Space');
    await desk.keyboard.press('Escape');
    for (const key of ['2', 'i', '?']) await desk.keyboard.press(key);
    await expect
      .poll(async () => [await desk.locator('main.visit').count(), await desk.locator('.act, dialog[open]').count()])
      .toEqual([1, 0]);
    await desk.getByRole('button', { name: 'Teclas' }).press('Enter');
    await desk.getByLabel('Usar teclas de una letra').press('Space');
    await desk.getByRole('button', { name: 'Cerrar' }).press('Enter');
    await press(desk, '2', 'Visitas');
  });

  inChromium('hears the visit that is found, and returns to what was looked for', async () => {
    const { desk } = stage;
    await desk.keyboard.press('/');
    await desk.keyboard.type('cliente');
    await until(desk, `document.querySelectorAll('.result').length > 2`);
    await desk.keyboard.press('ArrowDown');
    const { client, nth } = await desk.evaluate<{ client: string; nth: number }>(`({
      client: document.querySelector('.result.chosen b').textContent,
      nth: [...document.querySelectorAll('.result')].findIndex((one) => one.matches('.chosen')) + 1,
    })`);
    expect((await status(desk)).join()).toContain(`${nth} de 3: ${client}`);
    await press(desk, 'Enter', client);
    await desk.keyboard.press('Escape');
    await until(desk, `document.querySelector('input[type=search]')?.value === 'cliente'`);
  });

  inChromium('is told of no hindrance in a visit that has ended', async () => {
    const { desk, gerardo, marta } = stage;
    await assign(stage, 'key-5');
    await gerardo.record('key-5', 'RecordArrival');
    await toVisit(stage, 'key-5');
    await desk.waitForSelector('.held-up');
    await marta.record('key-5', 'GiveInstruction', { about: 'visit', decision: 'cancel', text: 'Se canceló.' });
    await marta.record('key-5', 'CloseVisit');
    await desk.waitForSelector('.phase.closed');
    await expect.poll(() => desk.locator('.held-up').count()).toBe(0);
  });

  inChromium('is asked for the name when the session has ended, and goes on where they were', async () => {
    const { desk } = stage;
    await toVisit(stage, 'key-4');
    await desk.context().clearCookies();
    await desk.getByLabel('Nota para el equipo').fill('Llamé.');
    await desk.keyboard.press('Enter');
    await until(desk, `document.activeElement.name === 'login'`);
    await expect.poll(() => desk.locator('main.login [role=alert]').textContent()).toContain('Su sesión venció.');
    await desk.keyboard.type('marta');
    await desk.keyboard.press('Tab');
    await desk.keyboard.type(password);
    await desk.keyboard.press('Enter');
    await until(desk, `document.activeElement.value === 'Llamé.'`);
  });

  inChromium('goes on beside a button that is gone, and is asked for what is corrected before the form', async () => {
    const { desk, url, gerardo } = stage;
    await desk.goto(`${url}/console/#/devices`);
    await desk.getByRole('button', { name: 'Dar de baja' }).first().press('Enter');
    await until(desk, `document.activeElement.textContent === 'Dejar'`);
    await press(desk, 'Enter', 'Dar de baja');
    await desk.goto(`${url}/console/#/handover`);
    await desk.getByRole('button', { name: 'Empezar turno' }).press('Enter');
    await until(desk, `document.activeElement.matches('textarea')`);
    await gerardo.record('key-4', 'RecordArrival');
    await toVisit(stage, 'key-4');
    await desk.getByRole('button', { name: 'Corregir una hora' }).press('Enter');
    await until(desk, `document.activeElement.textContent.startsWith('Llegada')`);
  });
});

describe('a provider who does not see the screen', () => {
  inChromium('hears what is saved, what is next, and why an act is refused', async () => {
    await assign(stage, 'ear-1');
    const { phone } = stage;
    await toScreen(stage, phone, 'visit', 'ear-1');
    await doNext(phone);
    await until(phone, `document.activeElement.textContent.trim() === 'Mostrar el carné'`);
    expect((await status(phone)).join()).toContain('Registrar la llegada. Guardado en este teléfono.');
    await toScreen(stage, phone, 'act', 'ear-1', 'ValidateIdentity');
    for (const question of ['¿Dio el nombre completo?', '¿Mostró un documento']) await answer(phone, question, 'Sí');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await until(phone, `document.activeElement.textContent === 'Todavía no puede validar la identidad'`);
    await expect.poll(() => phone.title()).toBe('Todavía no puede validar la identidad · Mis visitas');
  });

  inChromium('is taken to the first field that lacks something, and hears it with the field', async () => {
    const { phone } = stage;
    await toScreen(stage, phone, 'act', 'ear-1', 'ClearArea');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await until(phone, `document.activeElement.matches('textarea[aria-invalid=true]')`);
    await expect.poll(() => described(phone)).toContain('Falta este dato.');
    await toScreen(stage, phone, 'act', 'ear-1', 'ReportStart');
    await write(phone, 'Referencia', '12');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await until(phone, `document.activeElement.matches('input[type=time]')`);
    await expect.poll(() => described(phone)).toContain('Falta este dato.');
  });

  inChromium('hears the words to say until the next act, and no longer', async () => {
    const { phone } = stage;
    await assign(stage, 'ear-2');
    await toScreen(stage, phone, 'visit', 'ear-2');
    await phone.waitForSelector('.next');
    await phone.evaluate(`Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: {
      said: [], getVoices: () => [], speak({ text }) { this.said.push(text); }, cancel() { this.said.push('hush'); },
    } })`);
    await phone.getByText('Escuchar').click();
    await phone.getByText('Callar').waitFor();
    await doNext(phone);
    await phone.getByText('Escuchar').waitFor();
    const said = await phone.evaluate<string[]>('speechSynthesis.said');
    expect(said[1]).toMatch(/^Buen[oa]s (días|tardes|noches), doña Zaida Rojas Mora\. Soy Gerardo Ureña Solís\./);
    expect([said[0], ...said.slice(2)]).toEqual(['hush', 'hush']);
  });

  inChromium('hears an instruction on any screen, and not each minute that all was received', async () => {
    const { phone, marta } = stage;
    await toScreen(stage, phone, 'waiting');
    await phone.getByText('Enviar ahora').click();
    await phone.waitForSelector('.status.sent');
    await expect.poll(() => status(phone)).toContain('El centro tiene todo lo que usted registró.');
    await marta.record('ear-1', 'GiveInstruction', { about: 'visit', decision: 'proceed', text: 'Siga.' });
    await until(
      phone,
      `[...document.querySelectorAll('[role=status]')].some(({ textContent }) =>
        textContent.startsWith('doña Zaida Rojas Mora: El centro le indicó a la'))`,
    );
  });
});
