import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { type ReportOptions, reportHtml, reportHtmlStream } from '../../src/report.ts';
import { storedDay } from '../report/page.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';

const options: ReportOptions = { policy: { id: 'hogar-2026', allow: ['other'] }, until: '2026-03-18T23:00:00.000Z' };

const withChromium = chromiumOfFile();
let packed = '';
let whole = '';
beforeAll(async () => {
  if (noChromium !== undefined) return;
  const day = await storedDay();
  const broken = day.map((log, place) =>
    place % 5 === 0 ? log.filter(({ type }) => type !== 'CredentialShown') : log,
  );
  whole = reportHtml(broken, options);
  for await (const part of reportHtmlStream(broken, options)) packed += part;
});

type Opened = { readonly page: Page; readonly said: string[]; readonly requests: string[] };

async function opened(browser: Browser, html: string, settings = {}, hash = ''): Promise<Opened> {
  const page = await (await browser.newContext(settings)).newPage();
  const [said, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.route('**/*', (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await page.goto(`http://report.test/${hash}`);
  return { page, said, requests };
}

const visible = (page: Page) => page.locator('.o tbody tr:visible');
const casesOf = (page: Page) => page.locator('.o tbody tr:visible th > a').allTextContents();

describe('the page of many visits', () => {
  inChromium('opens a compressed visit as it stands in a page of whole ones, under its own policy', () =>
    withChromium(async (browser) => {
      const { page, said, requests } = await opened(browser, packed);
      const other = await opened(browser, whole);
      for (const id of ['v1', 'v9', 'v30']) {
        await page.locator(`#${id} > summary`).click();
        await page.locator(`#${id} table.a`).waitFor();
        const markup = (of: Page) =>
          of.locator(`#${id}`).evaluate('(one) => { one.open = true; return one.innerHTML; }');
        await expect.poll(() => markup(page)).toBe(await markup(other.page));
      }
      await expect.poll(() => page.locator('table.a').count()).toBe(3);
      expect([said, requests]).toEqual([[], ['http://report.test/']]);
    }),
  );

  inChromium('leads from the index, from a finding and from outside to what is compressed', () =>
    withChromium(async (browser) => {
      const { page, said } = await opened(browser, packed, {}, '#v3-e4');
      await page.locator('#v3-e4').waitFor();
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('v3-e4');
      await page.locator('.o tbody a[href="#v6-f"]').first().click();
      await page.locator('#v6-f').waitFor();
      await expect.poll(() => page.locator('#v6-f h4').textContent()).toBe('Hallazgos');
      await page.locator('.o tbody a[href="#v7"]').click();
      await page.locator('#v7 table.a').waitFor();
      expect(said).toEqual([]);
    }),
  );

  inChromium('filters by words and by what is to be looked at', () =>
    withChromium(async (browser) => {
      const { page, said } = await opened(browser, packed);
      const counted = () => page.locator('.tools output').textContent();
      await expect.poll(() => counted()).toBe('Se muestran 30 de 30 visitas; elegidas: 0');
      await page.locator('.tools input[type=search]').fill('SOLANO  fontaneria');
      await expect.poll(() => visible(page).count()).toBe(1);
      await expect.poll(() => page.locator('details.visit:visible').count()).toBe(1);
      await expect.poll(() => counted()).toBe('Se muestran 1 de 30 visitas; elegidas: 0');
      await page.locator('.tools input[type=search]').fill('');
      await page.locator('.tools .facet').selectOption('unclean');
      const marked = () => visible(page).locator('a[href$="-f"] .bad').count();
      await expect.poll(async () => (await visible(page).count()) - (await marked())).toBe(0);
      expect(await marked()).toBeGreaterThan(4);
      await page.locator('.tools .facet').selectOption('conduct');
      await expect.poll(() => visible(page).locator('.x .c').count()).toBeGreaterThan(0);
      await page.locator('.tools input[type=search]').fill('nobody has this name');
      await expect.poll(() => visible(page).count()).toBe(0);
      expect(said).toEqual([]);
    }),
  );

  inChromium('sorts by a column, both ways, and back', () =>
    withChromium(async (browser) => {
      const { page, said } = await opened(browser, packed);
      const given = await casesOf(page);
      const worked = () =>
        page.evaluate<number[]>(`[...document.querySelectorAll('.o tbody tr')].map((row) => Number(row.dataset.w))`);
      await page.locator('.tools .order').selectOption('4 down');
      const down = (await worked()).sort((one, other) => other - one);
      await expect.poll(() => worked()).toEqual(down);
      await page.locator('.o thead th').nth(4).locator('button').click();
      await expect.poll(() => worked()).toEqual([...down].reverse());
      await expect.poll(() => page.locator('.o thead th').nth(4).getAttribute('aria-sort')).toBe('ascending');
      await page.locator('.o thead th').first().locator('button').click();
      await expect.poll(() => casesOf(page)).toEqual([...given].sort());
      await page.locator('.tools .order').selectOption('');
      await expect.poll(() => casesOf(page)).toEqual(given);
      await expect.poll(() => page.locator('.o thead [aria-sort]').count()).toBe(0);
      expect(said).toEqual([]);
    }),
  );

  inChromium('prints the visits that are selected, and those alone', () =>
    withChromium(async (browser) => {
      const { page, said } = await opened(browser, packed);
      await page.evaluate('window.print = () => { window.printed = true; }');
      await page.locator('#v2 > summary').click();
      await page.locator('#v2 table.a').waitFor();
      await page.locator('.o tbody tr').nth(4).locator('input').check();
      await page.locator('.o tbody tr').nth(8).locator('input').check();
      await page.locator('.tools button').click();
      await page.waitForFunction('window.printed');
      await page.evaluate('dispatchEvent(new Event("beforeprint"))');
      await page.emulateMedia({ media: 'print' });
      const shown = () =>
        page.evaluate(
          `[...document.querySelectorAll('details.visit')].filter((one) => one.checkVisibility()).map(({ id }) => id)`,
        );
      await expect.poll(() => shown()).toEqual(['v5', 'v9']);
      await expect.poll(() => page.locator('#v5 table.a').isVisible()).toBe(true);
      await expect.poll(() => page.locator('.tools').isVisible()).toBe(false);
      await expect.poll(() => page.locator('#v9 .dec').isVisible()).toBe(true);
      await page.evaluate('dispatchEvent(new Event("afterprint"))');
      await page.emulateMedia({ media: 'screen' });
      await expect
        .poll(() => page.evaluate(`[...document.querySelectorAll('details[open].visit')].map(({ id }) => id)`))
        .toEqual(['v2']);
      expect(said).toEqual([]);
    }),
  );

  inChromium('says so where a browser cannot open what is compressed', () =>
    withChromium(async (browser) => {
      const page = await (await browser.newContext()).newPage();
      await page.addInitScript('delete globalThis.DecompressionStream');
      await page.route('**/*', (route) => route.fulfill({ body: packed, contentType: 'text/html; charset=utf-8' }));
      await page.goto('http://report.test/');
      await page.locator('#v2 > summary').click();
      await page.getByText('Este navegador no puede abrir los detalles.').waitFor();
    }),
  );

  inChromium('can be read without a script: findings, index, debts, measures', () =>
    withChromium(async (browser) => {
      const { page, said } = await opened(browser, packed, { javaScriptEnabled: false });
      await expect.poll(() => visible(page).count()).toBe(30);
      await expect.poll(() => page.getByText('Los detalles de cada visita los abre el script').isVisible()).toBe(true);
      await expect.poll(() => page.locator('.tools:visible, .o button, .o input').count()).toBe(0);
      expect(said).toEqual([]);
    }),
  );

  inChromium('runs no other script, were any to get into what is compressed', () =>
    withChromium(async (browser) => {
      const planted = packed.replace('<main>', '<main><script>document.title = "run"</script>');
      const { page } = await opened(browser, planted);
      await expect.poll(() => page.title()).not.toBe('run');
      await page.locator('#v1 > summary').click();
      await page.locator('#v1 table.a').waitFor();
      const title = await page.evaluate(
        `(() => { document.getElementById('v1').insertAdjacentHTML('beforeend', '<img src="x" onerror="document.title = 1">'); return document.title; })()`,
      );
      expect(title).toContain('Visitas');
    }),
  );

  inChromium('is accessible, and fits a phone and a screen, also enlarged to twice its size', () =>
    withChromium(async (browser) => {
      // A screen of 1,200 pixels whose letters are twice as large is one of 600.
      for (const width of [320, 360, 600, 1200]) {
        const { page } = await opened(browser, packed, { viewport: { width, height: 900 } });
        await page.locator('#v1 > summary').click();
        await page.locator('#v1 table.a').waitFor();
        const fits = '[document.documentElement.scrollWidth, document.documentElement.clientWidth]';
        const [content, screen] = await page.evaluate<[number, number]>(fits);
        expect([width, content]).toEqual([width, screen]);
        // At 360 pixels the layout is that of 320.
        if (width === 360) continue;
        await page.evaluate(axe.source);
        const found = await page.evaluate(
          'axe.run({ preload: false, resultTypes: ["violations"], selectors: false }).then((it) => it.violations.map(({ id, nodes }) => [id, nodes[0].html]))',
        );
        expect([width, found]).toEqual([width, []]);
      }
    }),
  );
});
