import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** An origin that a browser trusts; what it asks for is answered by the test. */
export const ORIGIN = 'https://store.test';

let bundle: string | undefined;

/** The script of a page, a frame or a worker. */
function pageScript(): string {
  bundle ??= buildSync({
    entryPoints: [fileURLToPath(new URL('page.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    tsconfig: `${root}/tsconfig.json`,
  }).outputFiles[0]?.text;
  return bundle ?? '';
}

/** Serves the page in a context. */
export async function serve(context: BrowserContext): Promise<void> {
  await context.route(`${ORIGIN}/**`, (route) =>
    route.request().url().endsWith('.js')
      ? route.fulfill({ body: pageScript(), contentType: 'text/javascript; charset=utf-8' })
      : route.fulfill({
          body: '<!doctype html><title>auxilio</title><body><script src="/page.js"></script>',
          contentType: 'text/html; charset=utf-8',
        }),
  );
}

/** A page of the origin. */
export async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${ORIGIN}/`);
  return page;
}

/** Calls a function of `auxilioPage`, and returns its answer. */
export const call = <T>(page: Page, name: string, ...parameters: readonly unknown[]): Promise<T> =>
  page.evaluate(`auxilioPage.${name}(${parameters.map((one) => JSON.stringify(one)).join(', ')})`);
