/**
 * Measures the client's page of the field example in Chromium at a processor four times as slow, or as many as its argument says:
 * from a navigation until its first fact can be answered, of a device that has never seen the page, and of a device without a signal.
 */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { secret, startClientHost } from '../test/browser/client/host.ts';
import { onceDrawn, print } from './field/timing.ts';

const starts = 15;
const throttle = Number(process.argv[2] ?? 4);
const device = { viewport: { width: 390, height: 844 }, locale: 'es-CR' };
const usable = `document.querySelector('.fact .yes') !== null`;

async function measure(context: BrowserContext, address: string): Promise<number> {
  const page: Page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.goto(address, { waitUntil: 'commit' });
  const ms: number = await page.evaluate(onceDrawn(usable));
  await page.close();
  return ms;
}

/** A link opened for the first time. */
async function measureFirst(browser: Browser): Promise<number> {
  const host = await startClientHost('completed');
  const context = await browser.newContext(device);
  const ms = await measure(context, `${host.url}#${secret}`);
  await context.close();
  host.close();
  return ms;
}

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const host = await startClientHost('completed');
try {
  const first: number[] = [];
  for (let run = 0; run < starts; run += 1) first.push(await measureFirst(browser));
  print('a link that is opened for the first time, to the first fact', first);

  const context = await browser.newContext(device);
  const page = await context.newPage();
  await page.goto(`${host.url}#${secret}`);
  await page.waitForSelector('.fact');
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.close();
  await context.setOffline(true);
  const later: number[] = [];
  for (let run = 0; run < starts; run += 1) later.push(await measure(context, host.url));
  print('cold start without a signal, to the first fact', later);
} finally {
  await browser.close();
  host.close();
}
