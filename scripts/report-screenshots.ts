/**
 * Pictures of the report to look at: a phone, a screen by day and by night, and the pages as printed.
 * Run: `npx tsx scripts/report-screenshots.ts [folder]`; needs Chromium (`CHROMIUM_PATH`).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy, VisitEvent } from 'auxilio';
import { type ReportOptions, reportHtml } from 'auxilio/report';
import { simulate, visitAt } from 'auxilio/testing';
import { parseLog } from 'auxilio/wire';
import { type Browser, chromium, type Page } from 'playwright-core';

const folder = process.argv[2] ?? join(tmpdir(), 'auxilio-report');
const policy: Policy = { id: 'hogar-2026', allow: ['material-purchase', 'other'] };

async function golden(): Promise<VisitEvent[][]> {
  const files = readdirSync('test/golden/v1').filter((name) => name.endsWith('.events.ndjson'));
  return Promise.all(
    files.map(async (name) => {
      const log: VisitEvent[] = [];
      for await (const line of parseLog(readFileSync(join('test/golden/v1', name), 'utf8'))) {
        if (line.ok) log.push(line.value);
      }
      return log;
    }),
  );
}

async function pages(): Promise<Readonly<Record<string, string>>> {
  const day = await golden();
  const longest = [...day].sort((one, other) => other.length - one.length);
  const until: ReportOptions = { policy, until: '2026-03-18T23:00:00.000Z' };
  return {
    plain: reportHtml(visitAt('completed').events),
    'plain-en': reportHtml(visitAt('completed').events, { locale: 'en' }),
    working: reportHtml(visitAt('working').events, { until: '2026-03-17T16:00:00.000Z' }),
    longest: reportHtml(longest[0] ?? [], until),
    ...Object.fromEntries(
      day.map((log, place) => [`golden-${String(place + 1).padStart(2, '0')}`, reportHtml(log, until)]),
    ),
    day: reportHtml(day, until),
    'day-en': reportHtml(day, { ...until, locale: 'en' }),
    simulated: reportHtml([...simulate({ visits: 30, seed: 7 })].map(({ events }) => events)),
    empty: reportHtml([]),
  };
}

async function shoot(browser: Browser, name: string): Promise<void> {
  const url = `file://${join(folder, `${name}.html`)}`;
  const views = [
    ['phone', { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 }],
    ['light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
    ['print', { viewport: { width: 688, height: 970 }, colorScheme: 'dark' }],
    ['dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
  ] as const;
  for (const [view, options] of views) {
    const page = await browser.newPage(options);
    await page.goto(url);
    if (view === 'print') await page.emulateMedia({ media: 'print' });
    await tiles(page, join(folder, `${name}.${view}`));
    if (view === 'light')
      await page.pdf({ path: join(folder, `${name}.pdf`), preferCSSPageSize: true, printBackground: true });
    await page.close();
  }
}

/** A page of any length, in pictures of a size that can be looked at. */
async function tiles(page: Page, path: string): Promise<void> {
  const { width, height } = await page.evaluate<{ width: number; height: number }>(
    '({ width: innerWidth, height: document.documentElement.scrollHeight })',
  );
  const tall = width < 500 ? 1300 : 1650;
  for (let top = 0; top < Math.min(height, 8 * tall); top += tall) {
    const clip = { x: 0, y: top, width, height: Math.min(tall, height - top) };
    await page.screenshot({ path: `${path}.${top / tall}.png`, fullPage: true, clip });
  }
}

mkdirSync(folder, { recursive: true });
const made = await pages();
for (const [name, page] of Object.entries(made)) {
  writeFileSync(join(folder, `${name}.html`), page);
  console.log(name, page.length);
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const name of process.argv.slice(3)) await shoot(browser, name);
await browser.close();
