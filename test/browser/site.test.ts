import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { type ServedSite, serveSite } from './site/serve.ts';

const withChromium = chromiumOfFile();
let site: ServedSite;
beforeAll(async () => {
  if (noChromium === undefined) site = await serveSite();
});
afterAll(() => site?.close());

const pages = {
  landing: '/',
  'landing in Spanish': '/es-CR/',
  guide: '/how-to/pay-a-visit.html',
  API: '/api/auxilio/chain.html',
  reference: '/reference/rules.html',
} as const;

type Opened = { readonly page: Page; readonly elsewhere: readonly string[]; readonly said: readonly string[] };

/** Opens a page, and notes what it asks of other servers and what the console says. */
async function opened(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
  const elsewhere: string[] = [];
  const said: string[] = [];
  page.on('request', (request) => request.url().startsWith(site.url) || elsewhere.push(request.url()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  // Not the icon that Chromium asks for by itself.
  await page.route('**/favicon.ico', (route) => route.fulfill({ body: '' }));
  await page.goto(`${site.url}${path}`, { waitUntil: 'networkidle' });
  return { page, elsewhere, said };
}

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

async function violations(page: Page): Promise<readonly (readonly [string, string])[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run({ preload: false, resultTypes: ["violations"], selectors: false }).then((it) => it.violations)',
  );
  return found.map(({ id, nodes }) => [id, nodes[0]?.html ?? '']);
}

async function search(page: Page, words: string): Promise<readonly string[]> {
  if ((await page.locator('#localsearch-input').count()) === 0) await page.locator('#local-search button').click();
  await page.locator('#localsearch-input').fill(words);
  await page.locator('#localsearch-list a').first().waitFor();
  // The list is that of the words once two looks at it, with the delay of the input between them, agree.
  let before = '';
  await expect
    .poll(
      async () => {
        const now = await page.locator('#localsearch-list').innerHTML();
        const isSame = now === before;
        before = now;
        return isSame;
      },
      { interval: 400 },
    )
    .toBe(true);
  const links = page.locator('#localsearch-list a');
  return links.evaluateAll((all) => all.slice(0, 3).map((link) => link.getAttribute('href') ?? ''));
}

describe('the site in a browser', () => {
  for (const [name, path] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      inChromium(`is accessible: ${name}, ${colorScheme}`, () =>
        withChromium(async (browser) => {
          const { page, elsewhere, said } = await opened(browser, path, { colorScheme });
          expect(await violations(page)).toEqual([]);
          expect(elsewhere).toEqual([]);
          expect(said).toEqual([]);
        }),
      );
    }

    inChromium(`is as wide as a phone of 360 px: ${name}`, () =>
      withChromium(async (browser) => {
        const { page } = await opened(browser, path, { viewport: { width: 360, height: 740 } });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      }),
    );

    inChromium(`is read without a script: ${name}`, () =>
      withChromium(async (browser) => {
        const { page } = await opened(browser, path, { javaScriptEnabled: false });
        expect((await page.locator('main').textContent())?.length).toBeGreaterThan(1_000);
        expect(await page.locator('h1').isVisible()).toBe(true);
      }),
    );
  }

  for (const name of ['landing', 'landing in Spanish'] as const) {
    inChromium(`loads at most 200 kB, compressed: ${name}`, () =>
      withChromium(async (browser) => {
        site.reset();
        const { page } = await opened(browser, pages[name], { viewport: { width: 1280, height: 900 } });
        await page.locator('img').last().scrollIntoViewIfNeeded();
        await page.waitForLoadState('networkidle');
        expect(site.bytes()).toBeGreaterThan(50_000);
        expect(site.bytes()).toBeLessThanOrEqual(200_000);
      }),
    );
  }

  inChromium('shows the type of a name of the snippet', () =>
    withChromium(async (browser) => {
      const { page } = await opened(browser, '/');
      const name = page.locator('.twoslash .twoslash-hover').filter({ hasText: 'decide' }).first();
      await name.hover();
      // Loaded now, it takes the place of the word, which the pointer enters again.
      await page.locator('.twoslash .v-popper').first().waitFor();
      await page.mouse.move(0, 0);
      await name.hover();
      const pops = page.locator('.v-popper__popper--shown');
      await pops.first().waitFor();
      expect(await pops.first().textContent()).toMatch(/Decision/);
    }),
  );
});

/** Questions, each with the page that is expected among the first three results. */
const asked = {
  '/': {
    'how do I erase personal data': '/how-to/erase-personal-data.html',
    '1.1-19': '/reference/clauses.html',
    expectedLastEventId: '/api/auxilio/memory.html',
    postgresStore: '/api/auxilio/postgres.html',
    'clock skew': '/reliability.html',
    'pay a visit': '/how-to/pay-a-visit.html',
    'third party log': '/how-to/audit-a-third-party-log.html',
    'photos not sent': '/reference/rules.html',
    lambda: '/how-to/serve-visits.html',
    'my own event store': '/store-conformance.html',
  },
  '/es-CR/': {
    'cuándo se paga una visita': '/es-CR/hoja-de-pagos.html',
    'foto sin enviar': '/es-CR/reglas.html',
    'clausula 1.1-19': '/es-CR/clausulas.html',
    identificacion: '/es-CR/auditoria-y-dossier.html',
    sello: '/es-CR/que-prueba-el-sello.html',
  },
} as const;

describe('the search', () => {
  for (const [home, questions] of Object.entries(asked)) {
    inChromium(`finds among the first three what is asked at ${home}`, () =>
      withChromium(async (browser) => {
        const { page } = await opened(browser, home);
        const missed: unknown[] = [];
        for (const [words, expected] of Object.entries(questions)) {
          const found = await search(page, words);
          if (!found.some((link) => link.split('#')[0]?.startsWith(expected))) missed.push({ words, expected, found });
        }
        expect(missed).toEqual([]);
        // The box of the theme is a button with a field in it, and names its results without the marks between their titles.
        const ofTheme = ['nested-interactive', 'label-content-name-mismatch'];
        expect((await violations(page)).filter(([id]) => !ofTheme.includes(id))).toEqual([]);
      }),
    );
  }
});
