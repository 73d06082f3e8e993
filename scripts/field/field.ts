/** The server of the field example for what plays it in a browser, with its screens as they are built. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import type { Field } from '../../examples/field/server/field.ts';
import { type FieldServerOptions, startFieldServer } from '../../examples/field/server/server.ts';
import { limits } from '../../test/support/limits.ts';

export const password = 'prueba de campo';

export type FieldInTest = Readonly<{ url: string; close: () => Promise<void> }>;

type ScreenName = 'phone' | 'console' | 'client';

const rootOf = (screen: string) => resolve('examples', 'field', screen);
const built = new Map<ScreenName, Promise<string>>();

/** The folder of a screen, which is built once in a process. */
function builtScreen(screen: ScreenName): Promise<string> {
  const known = built.get(screen);
  if (known !== undefined) return known;
  const outDir = mkdtempSync(join(tmpdir(), `auxilio-${screen}-`));
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
  const building = build({ root: rootOf(screen), logLevel: 'silent', build: { outDir } }).then(() => outDir);
  built.set(screen, building);
  return building;
}

/** The folders of screens by their paths. */
export async function builtScreens(screens: readonly ScreenName[]): Promise<Record<string, string>> {
  const folders: Record<string, string> = { '/play/': rootOf('play') };
  for (const screen of screens) folders[`/${screen}/`] = await builtScreen(screen);
  return folders;
}

/** Builds screens, and starts a server over an empty store. */
export const startField = (...screens: readonly ScreenName[]) => startFieldUnder({}, ...screens);

/** The same, under a policy. */
export async function startFieldUnder(
  given: Pick<FieldServerOptions, 'policy' | 'templates' | 'now'>,
  ...screens: readonly ScreenName[]
): Promise<FieldInTest & { field: Field }> {
  const root = mkdtempSync(join(tmpdir(), 'auxilio-field-'));
  const failures: unknown[] = [];
  const server = await startFieldServer({
    port: 0,
    folder: join(root, 'data'),
    screens: await builtScreens(screens),
    isDemo: true,
    password,
    ...given,
    onFailure: (error) => failures.push(error),
  });
  return {
    url: server.url,
    field: server.field,
    close: async () => {
      await server.close();
      rmSync(root, { recursive: true, force: true });
      if (failures.length > 0) throw new AggregateError(failures, 'the server of the two screens failed');
    },
  };
}

/** Opens a screen, and enters. What the page reports as an error is thrown. */
async function enter(context: BrowserContext, address: string, login: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(limits.waitMs);
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
  await page.waitForSelector('header.top');
  return page;
}
