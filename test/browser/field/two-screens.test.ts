import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { carryOut, doNext, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { readAnyway } from './story.ts';

const withChromium = chromiumOfFile();
let field: FieldInTest;

beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone', 'console');
});
afterAll(() => field?.close());

const shows = (page: Page, selector: string, text: string) =>
  until(page, `document.querySelector('${selector}')?.textContent.includes('${text}') === true`);

async function sendAll(phone: Page): Promise<void> {
  await phone.goto(`${field.url}/phone/#/waiting`);
  await phone.getByText('Enviar ahora').click();
  await phone.waitForSelector('.status.sent');
}

describe('the visit on two screens', () => {
  inChromium(
    'is worked to its end without a signal while the center cancels it, and the operator takes what was done',
    () =>
      withChromium(async (browser) => {
        const options = { locale: 'es-CR', timezoneId: 'America/Costa_Rica' };
        const phoneContext = await browser.newContext({ viewport: { width: 390, height: 844 }, ...options });
        const deskContext = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
        const phone = await enterPhone(phoneContext, field.url, 'lucia');
        await readAnyway(phone);
        const desk = await enterConsole(deskContext, field.url, 'marta');
        await phone.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
        await phone.click('.card');
        const visitId = decodeURIComponent(phone.url().split('/').at(-1) ?? '');
        expect(await doNext(phone)).toBe('Registrar la llegada');
        await sendAll(phone);

        // The provider goes on in a house without a signal; the center hears from the client, and cancels.
        await phoneContext.setOffline(true);
        await phone.goto(`${field.url}/phone/#/visit/${visitId}`);
        await desk.goto(`${field.url}/console/#/visit/${visitId}`);
        await desk.getByText('Dar una instrucción').click();
        await desk.getByText('La visita', { exact: true }).click();
        await desk.getByText('Cancelar', { exact: true }).click();
        await desk.locator('form textarea').first().fill('El cliente llamó y canceló.');
        await desk.locator('form button.primary').click();
        await shows(desk, 'main', 'El cliente llamó y canceló.');
        const acts = await carryOut(phone);
        expect(acts).toContain('Concluir la visita');

        // The signal is back: nothing of it is lost, and the center is asked.
        await phoneContext.setOffline(false);
        await sendAll(phone);
        await phone.goto(`${field.url}/phone/#/visit/${visitId}`);
        await shows(phone, 'main', 'El centro está revisando lo que usted anotó. Nada se perdió.');
        await desk.goto(`${field.url}/console/#/`);
        await shows(desk, 'main', 'José Ángel Núñez Araya');
        await desk.goto(`${field.url}/console/#/case/${visitId}`);
        await shows(desk, 'main', 'y no lo vio');
        await desk.keyboard.press('t');
        await desk.keyboard.press('2');
        await desk.locator('button.confirm').click();

        // What was done counts, on both screens.
        await phone.goto(`${field.url}/phone/#/done/${visitId}`);
        await shows(phone, '.done', 'El centro lo tomó');
        await phone.goto(`${field.url}/phone/#/visit/${visitId}`);
        await shows(phone, 'main', 'Tiempo trabajado');
        // The visit that was cancelled is done: nobody is to close it.
        await expect.poll(() => phone.textContent('main')).not.toContain('Ciérrela');
        await desk.goto(`${field.url}/console/#/visit/${visitId}`);
        await shows(desk, 'main', 'Concluida');
      }),
  );
});
