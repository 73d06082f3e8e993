/**
 * Measures the phone of the field example in Chromium at a processor four times as slow, or as many as its argument says, without a
 * signal: `npm run field:phone-bench`.
 *
 * - from a cold start to the visits on the screen;
 * - each touch of some plain visits, from the arrival to the farewell, to the act that is next, painted, with its form: that of an act
 *   without data, and that of a form that is saved. Beside it, the time that the main thread was at work meanwhile, which depends less
 *   on what else the machine does.
 */
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { enterPhone, type FieldInTest, startField } from './field/field.ts';
import { fillIn, nextAct } from './field/hands.ts';
import { onceDrawn, oncePainted, print } from './field/timing.ts';
import { assignVisits } from './field/visits.ts';

const starts = 15;
const plainVisits = 4;
const throttle = Number(process.argv[2] ?? 4);
/** Milliseconds between a screen and the next touch: people read. */
const pauseMs = 500;

const stands = (selector: string) => `document.querySelector(${JSON.stringify(selector)}) !== null`;

type Touch = Readonly<{ act: string; nth: number; ms: number; workedMs: number }>;

async function slowed(context: BrowserContext, page: Page): Promise<CDPSession> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  return devtools;
}

async function measureStarts(context: BrowserContext, { url }: FieldInTest): Promise<void> {
  const opened: number[] = [];
  for (let run = 0; run < starts; run += 1) {
    const page = await context.newPage();
    await slowed(context, page);
    await page.goto(`${url}/phone/`, { waitUntil: 'commit' });
    opened.push(await page.evaluate(onceDrawn(stands('.card'))));
    await page.close();
  }
  print('cold start without a signal, to the visits', opened);
}

/** Time that the main thread of the page has worked, in milliseconds. */
async function workedMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
}

/** Carries a plain visit out, and sorts its touches by what they lead to. */
async function touchAll(page: Page, devtools: CDPSession, touches: Record<string, Touch[]>): Promise<void> {
  let nth = 0;
  async function touch(kind: string, act: string, selector: string, end: string): Promise<void> {
    await page.waitForTimeout(pauseMs);
    const before = await workedMs(devtools);
    const ms: number = await page.evaluate(`(async () => {
      const begun = performance.now();
      document.querySelector(${JSON.stringify(selector)}).click();
      return (await ${oncePainted(end)}) - begun;
    })()`);
    nth += 1;
    touches[kind] ??= [];
    touches[kind].push({ act, nth, ms, workedMs: (await workedMs(devtools)) - before });
  }
  for (let act = await nextAct(page); act !== null; act = await nextAct(page)) {
    const isAnother = `${stands('.bottom')} && document.querySelector('.next h2')?.textContent.trim() !== ${JSON.stringify(act)}`;
    const hasForm = (await page.locator('.next form').count()) > 0;
    if (hasForm) await fillIn(page);
    const kind = hasForm ? 'a form that is saved, to the next act' : 'an act without data, to the next act';
    await touch(kind, act, '.next button.primary', isAnother);
  }
}

function report(what: string, touches: readonly Touch[]): void {
  print(
    what,
    touches.map(({ ms }) => ms),
  );
  print(
    '  of it the main thread at work',
    touches.map((touch) => touch.workedMs),
  );
  const slowest = touches.toSorted((one, other) => other.ms - one.ms).slice(0, 3);
  console.log(
    `  slowest: ${slowest.map(({ act, nth, ms }) => `${ms.toFixed(1)} ms ${act} (touch ${nth})`).join(', ')}`,
  );
}

const field = await startField('phone');
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const visitIds = await assignVisits(field, plainVisits);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es-CR' });
  const first = await enterPhone(context, field.url, 'lucia');
  await first.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await first.close();
  await context.setOffline(true);
  await measureStarts(context, field);

  const page = await context.newPage();
  await page.goto(`${field.url}/phone/`);
  await page.waitForSelector('.card');
  const devtools = await slowed(context, page);
  const touches: Record<string, Touch[]> = {};
  for (const visitId of visitIds) {
    await page.goto(`${field.url}/phone/#/visit/${visitId}`);
    await page.waitForSelector('.next');
    await touchAll(page, devtools, touches);
  }
  for (const [kind, all] of Object.entries(touches)) report(`touch on ${kind}`, all);
  report('touch, of all of these', Object.values(touches).flat());
} finally {
  await browser.close();
  await field.close();
}
