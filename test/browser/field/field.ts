/** The server of the field example for tests in a browser, with its screens as they are built. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { startFieldServer } from '../../../examples/field/server/server.ts';

const password = 'prueba de campo';

export type FieldInTest = Readonly<{ url: string; close: () => Promise<void> }>;

/** Builds screens into a folder of their own, and starts a server over an empty store. */
export async function startField(...screens: readonly ('phone' | 'console')[]): Promise<FieldInTest> {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-field-test-'));
  const root = (screen: string) => resolve('examples', 'field', screen);
  for (const screen of screens) {
    await build({ root: root(screen), logLevel: 'silent', build: { outDir: join(folder, screen) } });
  }
  const server = await startFieldServer({
    port: 0,
    folder,
    screens: { '/phone/': join(folder, 'phone'), '/console/': join(folder, 'console'), '/play/': root('play') },
    isDemo: true,
    password,
    onFailure: (error) => {
      throw error;
    },
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the phone of a provider who enters. What the page reports as an error is thrown. */
export async function enterPhone(context: BrowserContext, url: string, login: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${url}/phone/`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  await page.waitForSelector('.card');
  return page;
}
