import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { it } from 'vitest';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why there is no browser here, if there is none. */
export const noChromium = existsSync(executablePath)
  ? undefined
  : `no Chromium at ${executablePath}: install the package chromium, or set CHROMIUM_PATH`;
if (noChromium !== undefined) console.warn(`skipped: ${noChromium}`);

/** A test that needs a browser; where there is none it is skipped, and its name says why. */
export const inChromium = (name: string, test: () => Promise<void>): void =>
  it(noChromium === undefined ? name : `${name} (${noChromium})`, async ({ skip }) => {
    skip(noChromium !== undefined);
    await test();
  });

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs something in a headless Chromium, which is gone afterwards, however that ends. */
export async function withChromium<T>(run: (browser: Browser) => Promise<T>, limitMs = 90_000): Promise<T> {
  const browser = await chromium.launch({ executablePath, args });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in Chromium after ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([run(browser), late]);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
