/**
 * Pictures of the report to look at: a phone, a screen by day and by night, and the pages as printed.
 * Run: `npx tsx scripts/report-screenshots.ts [folder]`; needs Chromium (`CHROMIUM_PATH`).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy, VisitEvent } from 'auxilio';
import { type ReportOptions, reportHtml, reportHtmlStream, type SourcedLog } from 'auxilio/report';
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

const options: ReportOptions = {
  policy,
  until: '2026-03-18T23:00:00.000Z',
  photoUrl: 'https://fotos.example/{photoId}?sha256={sha256}',
  provenance: {
    sources: [{ file: 'marzo/visitas-17.ndjson', sha256: '5f'.repeat(32), bytes: 182_334 }],
    version: '0.5.0',
    issuedAt: '2026-03-19T15:00:00.000Z',
  },
};

/** A log as a file has it: among lines of other visits, some of its acts missing, one line cut. */
function damaged(log: readonly VisitEvent[]): SourcedLog {
  const kept = log.filter(
    ({ type }) => type !== 'CredentialShown' && type !== 'ToolsShown' && type !== 'StartReported',
  );
  const events = [...kept.slice(0, 9), null, ...kept.slice(9)];
  const origins = events.map((event, place) => ({
    file: 'marzo/visitas-17.ndjson',
    line: 12 + 3 * place,
    ...(event === null && { problem: 'la línea está cortada: no es JSON' }),
  }));
  return { events, origins };
}

async function stream(logs: readonly SourcedLog[]): Promise<string> {
  const parts: string[] = [];
  for await (const part of reportHtmlStream(logs, options)) parts.push(part);
  return parts.join('');
}

async function pages(): Promise<Readonly<Record<string, string>>> {
  const day = await golden();
  const longest = [...day].sort((one, other) => other.length - one.length);
  return {
    plain: reportHtml(visitAt('completed').events),
    'plain-en': reportHtml(visitAt('completed').events, { locale: 'en' }),
    working: reportHtml(visitAt('working').events, { until: '2026-03-17T16:00:00.000Z' }),
    longest: reportHtml(longest[0] ?? [], options),
    ...Object.fromEntries(
      day.map((log, place) => [`golden-${String(place + 1).padStart(2, '0')}`, reportHtml(log, options)]),
    ),
    day: reportHtml(day, options),
    'day-en': reportHtml(day, { ...options, locale: 'en' }),
    simulated: reportHtml([...simulate({ visits: 30, seed: 7 })].map(({ events }) => events)),
    damaged: reportHtml(damaged(longest[0] ?? []), options),
    'damaged-en': reportHtml(damaged(longest[0] ?? []), { ...options, locale: 'en' }),
    packed: await stream(day.map((log, place) => (place % 4 === 0 ? damaged(log) : { events: log }))),
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
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const name of process.argv.slice(3)) await shoot(browser, name);
await browser.close();
