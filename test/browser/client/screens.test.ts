import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect } from 'vitest';
import { fits } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium } from '../../support/chromium.ts';
import { routedScreens } from '../field/people.ts';
import { place } from '../field/story.ts';
import { type ClientHost, secret, startClientHost } from './host.ts';

const withChromium = chromiumOfFile();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let host: ClientHost | undefined;
afterEach(() => host?.close());

async function opened(browser: Browser, options: object = {}): Promise<Page> {
  host = await startClientHost('completed');
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...place, ...options });
  const page = await context.newPage();
  await page.goto(`${host.url}#${secret}`);
  await page.waitForSelector('.fact');
  return page;
}

/** Lists what axe finds wrong on the screen, texts with a contrast below 7:1 (4.5:1 for large ones) too. */
async function faults(page: Page): Promise<unknown[]> {
  await page.evaluate(axe);
  return page.evaluate(`axe.run({ rules: { 'color-contrast-enhanced': { enabled: true } } }).then(({ violations }) =>
    violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`);
}

const screens = ['', ...routedScreens('examples/field/client/src/root.tsx')];

describe("the client's page", () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    inChromium(
      `fits a narrow screen, with text of 200 % too, and has nothing that axe finds wrong, in both languages: ${colorScheme}`,
      () =>
        withChromium(async (browser) => {
          const page = await opened(browser, { colorScheme });
          for (const language of ['es-CR', 'en']) {
            for (const screen of screens) {
              await page.goto(`${host?.url}#/${screen}`);
              await page.waitForSelector('main h1');
              await expect
                .poll(async () => [screen, await page.getAttribute('html', 'lang'), await faults(page)])
                .toEqual([screen, language, []]);
              await page.evaluate(`document.documentElement.style.setProperty('font-size', '250%')`);
              await expect.poll(async () => [screen, await fits(page)]).toEqual([screen, true]);
              await page.evaluate(`document.documentElement.style.removeProperty('font-size')`);
            }
            if (language === 'es-CR') await page.getByText('English').click();
          }
        }),
    );
  }

  inChromium('loads no more than 60 kB of JavaScript and style, compressed, before anything is loaded lazily', () =>
    withChromium(async (browser) => {
      const page = await opened(browser);
      const files: string[] = await page.evaluate(
        `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /\\.(js|css)$/.test(name))`,
      );
      const sizes = await Promise.all(
        files.map(async (file) => gzipSync(await (await fetch(file)).arrayBuffer(), { level: 9 }).length),
      );
      const total = sizes.reduce((sum, size) => sum + size, 0);
      console.log(`JavaScript and style of the client's page: ${(total / 1_000).toFixed(1)} kB`);
      expect(files.length).toBeGreaterThan(1);
      expect(total).toBeLessThanOrEqual(60_000);
    }),
  );
});
