import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ndjson': 'application/x-ndjson',
};

/** A secure context, as that of every site and of a file. */
export const origin = 'https://playground.test';

/** A page of the playground, what it asked for from elsewhere, and what went wrong in it. */
type Opened = { readonly page: Page; readonly strayed: readonly string[]; readonly failed: readonly string[] };

/** The playground as it was built for one file of tests. */
export type Playground = {
  readonly folder: string;
  /** Opens it as a site would serve it; `more` are pages beside it, by their paths. */
  readonly open: (
    browser: Browser,
    path: string,
    options?: BrowserContextOptions,
    more?: Readonly<Record<string, string>>,
  ) => Promise<Opened>;
  readonly remove: () => void;
};

/** Builds the playground in a folder of its own. */
export function buildPlayground(): Playground {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const build = fileURLToPath(new URL('../../site/playground/build.ts', import.meta.url));
  execFileSync(process.execPath, ['--import', 'tsx', build, folder], { stdio: 'pipe' });
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    open: async (browser, path, options = {}, more = {}) => {
      const context = await browser.newContext({ locale: 'es-CR', ...options });
      const page = await context.newPage();
      const strayed: string[] = [];
      const failed: string[] = [];
      page.on('pageerror', (error) => failed.push(error.message));
      page.on('console', (message) => message.type() === 'error' && failed.push(message.text()));
      await context.route('**/*', async (route) => {
        const url = new URL(route.request().url());
        const file = join(folder, url.pathname === '/' ? 'index.html' : url.pathname);
        const body = more[url.pathname] ?? (existsSync(file) ? readFileSync(file) : undefined);
        if (url.origin !== origin || body === undefined) {
          strayed.push(url.href);
          await route.abort();
        } else await route.fulfill({ body, contentType: types[extname(file)] ?? 'text/html; charset=utf-8' });
      });
      await page.goto(`${origin}${path}`);
      return { page, strayed, failed };
    },
  };
}

/** The number of acts in the log that is shown. */
export const countActs = (page: Page): Promise<number> => page.locator('ol.log > li').count();

/** Waits until the log has so many acts. */
export const hasActs = (page: Page, count: number): Promise<void> => expect.poll(() => countActs(page)).toBe(count);

/** Fails where a page is wider than its screen, or where something to be touched is lower than a finger is wide. */
export async function fits(page: Page, what: string): Promise<void> {
  const [content, screen] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  const low = await page.evaluate<readonly string[]>(lowTargets);
  expect([what, content, low]).toEqual([what, screen, []]);
}

/** The violations that axe finds in a page. */
export async function faultsOf(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes[0].html))');
}

/** Elements that are operated by touch and lower than 44 pixels. */
const lowTargets = `[...document.querySelectorAll('button, a, summary, select, textarea, label.choice')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 1 && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 120))`;
