/**
 * Measures the phone of the field example in Chromium at a processor four times as slow, without a signal: `npm run field:phone-bench`.
 *
 * - from a cold start to the visits on the screen, and to the next act of a visit;
 * - from a touch on the next act to the screen of the one after it.
 */
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { enterPhone, startField } from './field/field.ts';
import { doNext } from './field/hands.ts';
import { onceDrawn, print } from './field/timing.ts';

const starts = 15;
const throttle = 4;

const stands = (selector: string) => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const nextAct = `document.querySelector('.next h2')?.textContent.trim()`;

/** The time of a step in the page, from its own clock. */
async function timed(page: Page, start: string, end: string): Promise<number> {
  return page.evaluate(`(async () => { const begun = performance.now(); ${start}; return (await ${end}) - begun; })()`);
}

const field = await startField('phone');
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'es-CR' });
  const first = await enterPhone(context, field.url, 'lucia');
  await first.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await first.close();
  await context.setOffline(true);

  const opened: number[] = [];
  for (let run = 0; run < starts; run += 1) {
    const page = await context.newPage();
    const devtools: CDPSession = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.goto(`${field.url}/phone/`, { waitUntil: 'commit' });
    opened.push(await page.evaluate(onceDrawn(stands('.card'))));
    await page.close();
  }
  print('cold start without a signal, to the visits', opened);

  const page = await context.newPage();
  await page.goto(`${field.url}/phone/`);
  await page.click('.card');
  const devtools: CDPSession = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const touched: number[] = [];
  const shown: number[] = [];
  for (;;) {
    const name: string | undefined = await page.evaluate(nextAct);
    if (name === undefined) break;
    if ((await page.locator('.next button.primary').count()) > 0) {
      const isAnother = onceDrawn(`${nextAct} !== ${JSON.stringify(name)}`);
      touched.push(await timed(page, `document.querySelector('.next button.primary').click()`, isAnother));
    } else {
      const isForm = onceDrawn(stands('form button[type=submit]'));
      shown.push(await timed(page, `document.querySelector('.next a.primary').click()`, isForm));
      await page.goBack();
      await page.waitForSelector('.next');
      await doNext(page);
    }
  }
  print('touch on an act without data, to the next act', touched);
  print('touch on an act with data, to its form', shown);
} finally {
  await browser.close();
  await field.close();
}
