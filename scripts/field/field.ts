/** The server of the field example for what plays it in a browser, with its screens as they are built. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { startFieldServer } from '../../examples/field/server/server.ts';

export const password = 'prueba de campo';

export type FieldInTest = Readonly<{ url: string; close: () => Promise<void> }>;

/** Builds screens into a folder of their own, and starts a server over an empty store. */
export async function startField(...screens: readonly ('phone' | 'console')[]): Promise<FieldInTest> {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-field-'));
  const root = (screen: string) => resolve('examples', 'field', screen);
  for (const screen of screens) {
    await build({ root: root(screen), logLevel: 'silent', build: { outDir: join(folder, screen) } });
  }
  const failures: unknown[] = [];
  const server = await startFieldServer({
    port: 0,
    folder,
    screens: { '/phone/': join(folder, 'phone'), '/console/': join(folder, 'console'), '/play/': root('play') },
    isDemo: true,
    password,
    onFailure: (error) => failures.push(error),
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
      if (failures.length > 0) throw new AggregateError(failures, 'the server of the two screens failed');
    },
  };
}

/** Opens a screen, and enters. What the page reports as an error is thrown. */
async function enter(context: BrowserContext, address: string, login: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(address);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.click('button[type=submit]');
  return page;
}

/** Opens the phone of a provider. */
export async function enterPhone(context: BrowserContext, url: string, login: string): Promise<Page> {
  const page = await enter(context, `${url}/phone/`, login);
  await page.waitForSelector('.card');
  return page;
}

/** Opens the console of an operator. */
export async function enterConsole(context: BrowserContext, url: string, login: string): Promise<Page> {
  const page = await enter(context, `${url}/console/`, login);
  await page.waitForSelector('h1');
  return page;
}
