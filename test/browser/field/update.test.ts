/** A new version of the phone, which its server has from one start to the next. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startFieldServer } from '../../../examples/field/server/server.ts';
import { builtScreens, enterPhone, password } from '../../../scripts/field/field.ts';
import { doNext, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { freePort } from '../../support/free-port.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
const folder = mkdtempSync(join(tmpdir(), 'auxilio-update-'));
const [next, damaged] = [join(folder, 'next'), join(folder, 'damaged')];
let first = '';

/** Builds the phone with another title, which tells the two versions apart. */
async function buildNext(): Promise<void> {
  const retitle = (code: string, id: string) =>
    id.endsWith('/phone/src/words.ts') ? code.replace("title: 'Mis visitas'", "title: 'Visitas mías'") : null;
  const plugins = [{ name: 'retitle', enforce: 'pre' as const, transform: retitle }];
  await build({ root: resolve('examples/field/phone'), logLevel: 'silent', build: { outDir: next }, plugins });
  // A host answers for a file that it doesn't have with its page.
  cpSync(next, damaged, { recursive: true });
  const inside = readdirSync(join(damaged, 'assets')).find((name) => name.startsWith('inside')) ?? '';
  writeFileSync(join(damaged, 'assets', inside), '<!doctype html><title>Portal</title>');
}

/** Starts the server over the same store with a version of the phone. */
const start = (phone: string, port: number) =>
  startFieldServer({
    port,
    folder: join(folder, 'data'),
    screens: { '/phone/': phone },
    isDemo: true,
    password,
    onFailure: console.error,
  });

/** The state in which a new version ends that the page looks for. */
const installed = (page: Page): Promise<string> =>
  page.evaluate(`navigator.serviceWorker.ready.then(async (registration) => {
    await registration.update();
    const worker = registration.installing ?? registration.waiting;
    if (worker === null) return 'none';
    await new Promise((resolve) => {
      const look = () => worker.state !== 'installing' && resolve();
      worker.addEventListener('statechange', look);
      look();
    });
    return worker.state;
  })`);

beforeAll(async () => {
  if (noChromium !== undefined) return;
  await buildNext();
  first = (await builtScreens(['phone']))['/phone/'] ?? '';
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a new version of the phone', () => {
  inChromium(
    'comes by itself when the server is back, and opens once the old one is closed, with all that was there',
    () =>
      withChromium(async (browser) => {
        const context = await browser.newContext(place);
        const port = await freePort();
        let server = await start(first, port);
        const page = await enterPhone(context, server.url, 'lucia');
        await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
        await page.click('.card');
        await page.waitForSelector('.next');
        const visit = page.url().split('/').at(-1) ?? '';
        await server.close();
        expect(await doNext(page)).toBe('Registrar la llegada');
        await page.goto(`${server.url}/phone/#/act/${visit}/EscalateClientImpact`);
        await page.locator('form textarea').first().fill('Falta una pieza');

        server = await start(next, port);
        await until(page, `navigator.serviceWorker.ready.then(({ waiting }) => waiting?.state === 'installed')`);
        await expect.poll(() => page.title()).toBe('Escalar una afectación al cliente · Mis visitas');
        await expect.poll(() => page.locator('form textarea').first().inputValue()).toBe('Falta una pieza');
        await page.goto(`${server.url}/phone/#/visits`);
        // The old page gets what it has not loaded yet from its own version.
        await page.getByText('English').click();
        await until(page, `document.title === 'My visits'`);
        await page.getByText('Español').click();
        await until(page, `document.title === 'Mis visitas'`);

        await page.close();
        const other = await context.newPage();
        // The browser may still be ending the last page of the old version.
        const titleOnOpening = async () => {
          await other.goto('about:blank');
          await other.goto(`${server.url}/phone/#/act/${visit}/EscalateClientImpact`);
          await other.waitForSelector('form textarea');
          return other.title();
        };
        await expect.poll(titleOnOpening).toMatch(/Visitas mías$/);
        await until(other, `document.querySelector('form textarea').value === 'Falta una pieza'`);
        await expect.poll(() => other.evaluate('caches.keys().then(({ length }) => length)')).toBe(1);
        await server.close();
      }),
  );

  inChromium('is not taken while a file of it is another than it names', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(place);
      const port = await freePort();
      let server = await start(first, port);
      const page = await enterPhone(context, server.url, 'gerardo');
      await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
      await server.close();
      server = await start(damaged, port);
      expect(await installed(page)).toBe('redundant');
      await server.close();
      server = await start(next, port);
      expect(await installed(page)).toBe('installed');
      await server.close();
    }),
  );
});
