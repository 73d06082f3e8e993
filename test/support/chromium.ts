import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { afterAll, it } from 'vitest';
import { limits } from './limits.ts';

export const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The reason why no browser is available, if so. */
export const noChromium = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath}: install the package chromium, or set CHROMIUM_PATH`;
if (noChromium !== undefined) console.warn(`skipped: ${noChromium}`);

/** A test that needs a browser; without one it is skipped, and its name says why. */
export const inChromium = (name: string, test: () => Promise<void>): void =>
  it(noChromium === undefined ? name : `${name} (${noChromium})`, async ({ skip }) => {
    skip(noChromium !== undefined);
    await test();
  });

export const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Launches a headless Chromium, which its caller closes. */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: chromiumArguments, timeout: limits.waitMs });
  const { newContext } = browser;
  browser.newContext = async (options) => patient(await newContext.call(browser, options));
  return browser;
}

/** A context whose pages wait as long as a busy machine may need. */
export function patient(context: BrowserContext): BrowserContext {
  context.setDefaultTimeout(limits.waitMs);
  return context;
}

/** Runs something in a headless Chromium, which is gone afterwards, however that ends. */
export async function withChromium<T>(
  run: (browser: Browser) => Promise<T>,
  limitMs: number = limits.browserMs,
): Promise<T> {
  const browser = await launchChromium();
  try {
    return await within(limitMs, run(browser));
  } finally {
    await browser.close();
  }
}

/** Runs something in the Chromium of this file of tests, in contexts that are closed after it. After a failure it is launched again. */
export function chromiumOfFile(): <T>(run: (browser: Browser) => Promise<T>) => Promise<T> {
  let launched: Promise<Browser> | undefined;
  const close = async () => {
    const browser = await launched;
    launched = undefined;
    await browser?.close();
  };
  afterAll(close);
  return async (run) => {
    launched ??= launchChromium();
    const browser = await launched;
    try {
      const answer = await within(limits.browserMs, run(browser));
      for (const context of browser.contexts()) await context.close();
      return answer;
    } catch (error) {
      await close();
      throw error;
    }
  };
}

async function within<T>(limitMs: number, running: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in Chromium after ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}
