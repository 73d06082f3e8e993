/**
 * Measures the console of the field example in Chromium over a board of 10,000 open visits, each of which waits for the center:
 * `npm run field:board-bench [-- VISITS]`.
 *
 * - from the navigation to the list, for an operator (who waits) and a supervisor (all visits);
 * - from a committed event to the list that shows it, and the work of the page's main thread for it;
 * - from a key to the next row.
 */

import { commands, type VisitCommand } from 'auxilio';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import type { Field } from '../examples/field/server/field.ts';
import { enterConsole, startField } from './field/field.ts';
import { until } from './field/hands.ts';
import { onceDrawn, print } from './field/timing.ts';

const visits = Number(process.argv[2] ?? 10_000);
const [starts, changes, keys] = [9, 60, 60];
const operator = { role: 'contact-center', id: 'op-03' } as const;
const idOf = (nth: number) => `v-${String(nth).padStart(5, '0')}`;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function assigned(nth: number): VisitCommand {
  const provider = { id: `prov-${nth % 400}`, name: `Gerardo Ureña Solís ${nth % 400}` };
  const data = {
    visitId: idOf(nth),
    at: minutesAgo(600),
    arriveBy: minutesAgo(nth % 500),
    caseNumber: `EXP-2026-${nth}`,
    client: { name: 'Marta Eugenia Rojas Chaves', title: 'doña' },
    provider,
    service: 'Fontanería',
    place: 'Barva, Heredia, costado norte del parque central',
  } as const;
  return commands.assignVisit(data, operator, `assign-${nth}`);
}

/** One in three is a person who waits; the others are notices to a client. */
function owed(nth: number): VisitCommand {
  const [visitId, at] = [idOf(nth), minutesAgo(550 - (nth % 540))];
  if (nth % 3 === 0) return escalated(visitId, at, nth);
  return commands.reportTransitIssue({ visitId, at, issue: 'delay', detail: 'presa' }, operator, `delay-${nth}`);
}

const escalated = (visitId: string, at: string, nth: number) =>
  commands.escalateClientImpact({ visitId, at, what: 'hay una fuga de agua' }, operator, `escalated-${nth}`);

const instructed = (visitId: string, nth: number) =>
  commands.giveInstruction(
    { visitId, at: minutesAgo(0), about: 'escalation', decision: 'proceed', text: 'Siga' },
    operator,
    `instructed-${nth}`,
  );

async function handle({ service }: Field, command: VisitCommand): Promise<number> {
  const answer = await service.handle(command);
  if (!answer.ok) throw new Error(JSON.stringify(answer.rejection));
  return performance.timeOrigin + performance.now();
}

async function seed(field: Field): Promise<void> {
  for (let from = 0; from < visits; from += 500) {
    const some = Array.from({ length: Math.min(500, visits - from) }, (_, nth) => from + nth);
    const answers = await field.service.handleBatch(some.flatMap((nth) => [assigned(nth), owed(nth)]));
    for (const answer of answers) if (!answer.ok) throw new Error(JSON.stringify(answer));
  }
  await field.models.catchUp('board');
}

const counted = `[...document.querySelectorAll('.filters b')].map((one) => one.textContent.replace(/\\D/g, '')).join(' ')`;
const isFull = `document.querySelector('.rows li') !== null && Number(${counted}.split(' ')[0]) >= ${visits}`;

/** The milliseconds of processor time that the main thread of a page has worked so far, which other programs do not change. */
async function workOf(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

/** In each page from its beginning: the times of the frames with the first rows, and with all visits counted. */
const watch = `(() => {
  globalThis.drawn = {};
  const look = () => {
    const { drawn } = globalThis;
    const note = (name) => setTimeout(() => { drawn[name] ??= performance.now(); });
    if (drawn.first === undefined && document.querySelector('.rows li') !== null) note('first');
    if (${isFull}) note('full');
    if (drawn.full === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

async function measureStart(page: Page, url: string, devtools: CDPSession, screen: string): Promise<void> {
  const [first, full, worked]: [number[], number[], number[]] = [[], [], []];
  await page.addInitScript(watch);
  for (let run = 0; run < starts; run += 1) {
    await page.goto('about:blank');
    const workBefore = await workOf(devtools);
    await page.goto(`${url}/console/${screen}`);
    await until(page, 'globalThis.drawn.full !== undefined');
    worked.push((await workOf(devtools)) - workBefore);
    const drawn = await page.evaluate<{ first: number; full: number }>('globalThis.drawn');
    first.push(drawn.first);
    full.push(drawn.full);
  }
  print(`navigation to the first rows, ${screen}`, first);
  print(`navigation to the list with all counted, ${screen}`, full);
  print(`work of the main thread until then, ${screen}`, worked);
}

async function measureChanges(page: Page, field: Field, devtools: CDPSession, screen: string): Promise<void> {
  const [seen, worked]: [number[], number[]] = [[], []];
  for (let nth = 0; nth < changes; nth += 1) {
    // One of the demo, which owes nothing: the counts say when it does.
    const visitId = `v-2026-000${1 + ((nth >> 1) % 4)}`;
    const before = await page.evaluate<string>(counted);
    const drawn = page.evaluate<number>(
      `${onceDrawn(`${counted} !== '${before}'`)}.then((at) => performance.timeOrigin + at)`,
    );
    const workBefore = await workOf(devtools);
    const isNew = nth % 2 === 0;
    const number = Number(screen.length * 10_000) + nth;
    const committed = await handle(
      field,
      isNew ? escalated(visitId, minutesAgo(0), number) : instructed(visitId, number),
    );
    seen.push((await drawn) - committed);
    worked.push((await workOf(devtools)) - workBefore);
  }
  print(`committed to painted, ${screen}`, seen);
  print(`work of the main thread for a change, ${screen}`, worked);
}

async function measureKeys(page: Page, screen: string): Promise<void> {
  await page.evaluate(`(() => {
    globalThis.keyTimes = [];
    document.addEventListener('keydown', ({ timeStamp }) =>
      requestAnimationFrame(() => setTimeout(() => globalThis.keyTimes.push(performance.now() - timeStamp))), true);
  })()`);
  for (let nth = 1; nth <= keys; nth += 1) {
    await page.keyboard.press(nth === 40 ? 'End' : nth === 50 ? 'Home' : 'j');
    await until(page, `globalThis.keyTimes.length === ${nth}`);
  }
  print(`key to painted, ${screen}`, await page.evaluate<number[]>('globalThis.keyTimes'));
}

async function measure(browser: Browser, url: string, field: Field, login: string, screen: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'es-CR' });
  const page = await enterConsole(context, url, login);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await measureStart(page, url, devtools, screen);
  await page.evaluate(`(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' });
  })()`);
  await measureChanges(page, field, devtools, screen);
  await measureKeys(page, screen);
  const long = await page.evaluate<number[]>('globalThis.longTasks');
  console.log(`tasks longer than 50 ms meanwhile: ${long.length === 0 ? 'none' : long.map(Math.round).join(', ')}`);
  await context.close();
}

const server = await startField('console');
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const seededAt = performance.now();
  await seed(server.field);
  console.log(`${visits} visits in ${Math.round(performance.now() - seededAt)} ms`);
  await measure(browser, server.url, server.field, 'marta', '#/');
  await measure(browser, server.url, server.field, 'silvia', '#/visits');
} finally {
  await browser.close();
  await server.close();
}
