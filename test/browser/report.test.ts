import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import type { Locale } from '../../src/protocol/index.ts';
import { reportHtml } from '../../src/report.ts';
import { advance } from '../../src/testing.ts';
import { storedDay } from '../report/page.ts';
import { plain } from '../scenarios/commands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';

const policy = { id: 'hogar-2026', allow: ['other'] };
const until = '2026-03-18T23:00:00.000Z';
const withChromium = chromiumOfFile();
const locales: readonly Locale[] = ['es-CR', 'en'];
const long = 'a'.repeat(400);
const piled = `\u0e14${'\u0e49'.repeat(400)}`;

/** A visit of two days with a breakdown and a debt, one that has a violation, some others, and one of long texts. */
async function logs() {
  const day = await storedDay();
  const wordy = advance([], plain).map((event) =>
    event.type === 'FaultLocated' || event.type === 'ServiceAssessed'
      ? { ...event, data: { ...event.data, where: long, diagnosis: piled } }
      : event,
  );
  return { visit: day[22] ?? [], day: [...day.slice(20, 24), ...day.slice(12, 14), wordy], all: day, wordy };
}

let given: Awaited<ReturnType<typeof logs>>;
beforeAll(async () => {
  if (noChromium === undefined) given = await logs();
});

type Opened = { readonly page: Page; readonly requests: readonly string[]; readonly said: readonly string[] };

/** Opens a page as a host would serve it, and notes what it gets from where and what the console says. */
async function opened(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const said: string[] = [];
  page.on('response', (response) => requests.push(response.url()));
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.route('**/*', (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await page.goto('http://report.test/');
  return { page, requests, said };
}

const unfold = (page: Page) =>
  page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true; document.body.offsetHeight');

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** The violations that axe finds, best practices included. */
async function violations(page: Page): Promise<readonly (readonly [string, string])[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<readonly Violation[]>(
    'axe.run({ preload: false, resultTypes: ["violations"], selectors: false }).then((it) => it.violations)',
  );
  return found.map(({ id, nodes }) => [id, nodes[0]?.html ?? '']);
}

describe('a report in a browser', () => {
  // Contrast is the scheme's, words are the language's: two pages have both of each.
  for (const [locale, colorScheme] of [
    ['es-CR', 'light'],
    ['en', 'dark'],
  ] as const) {
    inChromium(`is accessible, ${colorScheme}, in ${locale}`, () =>
      withChromium(async (browser) => {
        for (const log of [given.visit, given.day.slice(0, 2)]) {
          const html = reportHtml(log as never, { policy, until, locale });
          const { page } = await opened(browser, html, { colorScheme });
          await unfold(page);
          await expect.poll(() => violations(page)).toEqual([]);
        }
      }),
    );
  }

  inChromium('fits any screen from 320 pixels on, folded or not, long texts included', () =>
    withChromium(async (browser) => {
      const measure = '[document.documentElement.scrollWidth, document.documentElement.clientWidth]';
      for (const log of [given.visit, given.wordy, given.day]) {
        const { page } = await opened(browser, reportHtml(log as never, { policy, until }));
        for (const fold of [true, false]) {
          if (!fold) await unfold(page);
          for (const width of [320, 360, 480, 700, 831, 834, 1024, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            const [content, screen] = await page.evaluate<[number, number]>(measure);
            expect([width, content]).toEqual([width, screen]);
          }
        }
      }
    }),
  );

  inChromium('asks for nothing, says nothing, and needs no script', () =>
    withChromium(async (browser) => {
      const html = reportHtml(given.all, { policy, until });
      const { page, requests, said } = await opened(browser, html, { javaScriptEnabled: false });
      await page.locator('summary').first().click();
      expect([requests, said]).toEqual([['http://report.test/'], []]);
    }),
  );

  inChromium('lets nothing run, were anything to get into it', () =>
    withChromium(async (browser) => {
      const script = '<script>document.title = "run"</script><img src="http://elsewhere.test/x.png">';
      const { page, requests } = await opened(browser, reportHtml(given.visit).replace('</main>', `${script}</main>`));
      await expect
        .poll(async () => [await page.title(), requests])
        .toEqual(['Expediente EXP-2026-004556', ['http://report.test/']]);
    }),
  );

  inChromium('leads from a list to a visit, and from a verdict to its act, unfolding what is folded', () =>
    withChromium(async (browser) => {
      const { page } = await opened(browser, reportHtml(given.day, { policy, until }));
      await page.locator('.o a').nth(2).click();
      await page.goto('http://report.test/#v3-e2');
      await expect.poll(() => page.locator('#v3-e2').isVisible()).toBe(true);
      await expect.poll(() => page.locator('#v4-e2').isVisible()).toBe(false);
      await page.locator('#v3-e2 a').first().click();
      await expect.poll(() => page.locator('dl.cl div:target').isVisible()).toBe(true);
    }),
  );

  inChromium('has a timeline in which no words overlap, on a phone and on a screen', () =>
    withChromium(async (browser) => {
      for (const locale of locales) {
        for (const width of [360, 1200]) {
          const { page } = await opened(browser, reportHtml(given.day, { policy, until, locale }), {
            viewport: { width, height: 900 },
          });
          await unfold(page);
          const { texts, overlaps } = await page.evaluate<{ texts: number; overlaps: readonly string[] }>(overlapping);
          expect(texts).toBeGreaterThan(100);
          expect([locale, width, overlaps]).toEqual([locale, width, []]);
        }
      }
    }),
  );
});

/** The pairs of texts of a picture that cover each other, or one that leaves its picture. */
const overlapping = `(() => {
  const overlaps = [];
  let texts = 0;
  for (const picture of document.querySelectorAll('svg.tl, svg.hg')) {
    const frame = picture.getBoundingClientRect();
    const boxes = [...picture.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
    texts += boxes.length;
    for (const [index, [one, a]] of boxes.entries()) {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.bottom > frame.bottom + 1) overlaps.push(one);
      for (const [other, b] of boxes.slice(index + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
        if (!apart) overlaps.push(one + ' / ' + other);
      }
    }
  }
  return { texts, overlaps };
})()`;

describe('a report on paper', () => {
  const printed = async (browser: Browser, html: string) => {
    const { page } = await opened(browser, html, { colorScheme: 'dark' });
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const boxes = new Set([...pdf.matchAll(/\/MediaBox \[([^\]]*)\]/g)].map(([, box]) => box));
    return { pages: pdf.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0, boxes: [...boxes] };
  };

  inChromium('has the case number, the day and a hash on each page of each visit, and page numbers', () =>
    withChromium(async (browser) => {
      for (const log of [advance([], plain), given.day]) {
        const { page } = await opened(browser, reportHtml(log as never));
        // The links of each page stand in the file as they are.
        const heads = (await page.evaluate(`[...document.querySelectorAll('.rt')].map((line, place) => {
          for (const one of document.querySelectorAll('details')) one.open = true;
          const link = document.createElement('a');
          link.href = 'https://head.example/' + place;
          link.append('1');
          const head = line.textContent;
          line.replaceChildren(link);
          return head;
        })`)) as readonly string[];
        const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
        const objects = new Map(
          [...pdf.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body = '']) => [id, body]),
        );
        const pages = [...objects.values()].filter((body) => /\/Type \/Page\b(?!s)/.test(body));
        const headsOn = (page: string) =>
          [...(/\/Annots \[([^\]]*)\]/.exec(page)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].flatMap(
            ([, id]) => /head\.example\/(\d+)/.exec(objects.get(id) ?? '')?.[1] ?? [],
          );
        expect(pages.length).toBeGreaterThan(3);
        for (const one of pages) expect(headsOn(one)).not.toEqual([]);
        expect(new Set(pages.flatMap(headsOn)).size).toBe(heads.length);
        for (const head of heads)
          expect(head).toMatch(/^(?:Expediente .+ · .+ 2026 · (?:sello [0-9a-f]{12}|sin sello)|Visitas del .+ 2026)$/);
      }
    }),
  );

  inChromium('is A4, a visit on a few pages, a day folded on few more', () =>
    withChromium(async (browser) => {
      for (const [log, least, most] of [
        [advance([], plain), 4, 7],
        [given.visit, 5, 9],
        [given.all, 3, 7],
        [[], 1, 1],
      ] as const) {
        const { pages, boxes } = await printed(browser, reportHtml(log as never, { policy, until }));
        expect(boxes.map((box) => box?.split(' ').map((one) => Math.round(Number(one))))).toEqual([[0, 0, 595, 842]]);
        expect(pages).toBeGreaterThanOrEqual(least);
        expect(pages).toBeLessThanOrEqual(most);
      }
    }),
  );

  inChromium('is as wide as the paper: nothing is cut off', () =>
    withChromium(async (browser) => {
      const { page } = await opened(browser, reportHtml(given.all, { policy, until }), {
        viewport: { width: 688, height: 1000 },
      });
      await page.emulateMedia({ media: 'print' });
      await unfold(page);
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(688);
    }),
  );
});
