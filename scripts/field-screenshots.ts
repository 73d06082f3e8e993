/**
 * Pictures of the main screens of the field example, in docs/images: `npm run field:screenshots`. Needs Chromium
 * (`CHROMIUM_PATH`). Plays a visit that is worked without a signal while the center cancels it; its clocks are put forward between
 * the acts, so that the work takes its time.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { enterConsole, enterPhone, startFieldUnder } from './field/field.ts';
import { carryOut, doNext } from './field/hands.ts';

const folder = 'docs/images';
mkdirSync(folder, { recursive: true });
/** A morning in Costa Rica. */
let shiftMs = Date.parse('2026-11-30T15:46:00.000Z') - Date.now();
const now = () => new Date(Date.now() + shiftMs).toISOString();
const field = await startFieldUnder({ now }, 'phone', 'console');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

/** Puts the clocks of the server and of all pages forward. */
async function pass(minutes: number, ...contexts: readonly BrowserContext[]): Promise<void> {
  shiftMs += minutes * 60_000;
  for (const { clock: ofPages } of contexts) await ofPages.fastForward(minutes * 60_000);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1_000);
  // Away from every button: one under the pointer looks as if it were chosen.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 78 });
}

try {
  const options = { locale: 'es-CR', timezoneId: 'America/Costa_Rica' };
  const phoneContext = await browser.newContext({ viewport: { width: 390, height: 780 }, ...options });
  const deskContext = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  for (const { clock: ofPages } of [phoneContext, deskContext]) await ofPages.install({ time: now() });
  const later = (minutes: number) => pass(minutes, phoneContext, deskContext);
  const phone = await enterPhone(phoneContext, field.url, 'lucia');
  const desk = await enterConsole(deskContext, field.url, 'marta');
  await phone.click('.card');
  const visitId = decodeURIComponent(phone.url().split('/').at(-1) ?? '');
  await doNext(phone);
  await later(3);
  await phone.goto(`${field.url}/phone/#/closed/${visitId}/StartWork`);
  await picture(phone, 'phone-refusal');
  await phone.goto(`${field.url}/phone/#/waiting`);
  await phone.getByText('Enviar ahora').click();
  await phone.waitForSelector('.status.sent');
  await phoneContext.setOffline(true);
  await phone.goto(`${field.url}/phone/#/visit/${visitId}`);
  await doNext(phone);
  await picture(phone, 'phone-visit');
  await desk.goto(`${field.url}/console/#/visit/${visitId}`);
  await picture(desk, 'console-visit');
  await later(2);
  await carryOut(phone, () => later(2), 'Iniciar el trabajo');
  await later(14);
  await desk.getByText('Dar una instrucción').click();
  await desk.getByText('La visita', { exact: true }).click();
  await desk.getByText('Cancelar', { exact: true }).click();
  await desk.locator('form textarea').first().fill('El cliente llamó y canceló.');
  await desk.locator('form button.primary').click();
  await later(70);
  await carryOut(phone, () => later(2));
  await phone.goto(`${field.url}/phone/#/waiting`);
  await picture(phone, 'phone-waiting');
  await phoneContext.setOffline(false);
  await phone.getByText('Enviar ahora').click();
  await phone.waitForSelector('.status.sent');
  await desk.goto(`${field.url}/console/#/`);
  await picture(desk, 'console-queue');
  await desk.goto(`${field.url}/console/#/case/${visitId}`);
  await picture(desk, 'console-case');
} finally {
  await browser.close();
  await field.close();
}
