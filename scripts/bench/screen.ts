import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright-core';
import type { Bench, Size } from './bench.ts';
import { digits, median } from './interleave.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The throttle of the processor: a cheap phone beside this machine. */
const THROTTLE = 4;
const VISITS = 200;
const EVENTS = 12;

async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('screen/page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['node:*'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

const call = <T>(page: Page, name: string, ...given: readonly unknown[]): Promise<T> =>
  page.evaluate(`measured.${name}(${given.map((one) => JSON.stringify(one)).join(', ')})`);

const at = (share: number, taken: readonly number[]) =>
  [...taken].sort((one, other) => one - other)[Math.floor(taken.length * share)] ?? Number.NaN;

async function measure(size: Size) {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await (await browser.newContext()).newPage();
    const script = await pageScript();
    const html = '<!doctype html><body></body><script type="module" src="/page.js"></script>';
    await page.route('**/*', (route) =>
      route.request().url().endsWith('.js')
        ? route.fulfill({ body: script, contentType: 'text/javascript' })
        : route.fulfill({ body: html, contentType: 'text/html' }),
    );
    await page.goto('https://phone.test/');
    await page.waitForFunction('globalThis.measured !== undefined');
    await call(page, 'fill', 'many', VISITS, EVENTS);
    await call(page, 'fill', 'work', size === 'quick' ? 2 : 12, 1);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const [opened, acts, empty]: [number[], number[], number[]] = [[], [], []];
    for (let nth = 0; nth < (size === 'quick' ? 2 : 12); nth += 1) {
      opened.push(await call(page, 'open', 'many'));
      acts.push(...(await call<number[]>(page, 'act', 'work', nth)));
      empty.push(...(await call<number[]>(page, 'empty', 23)));
    }
    return { opened, acts, empty };
  } finally {
    await browser.close();
  }
}

export const screen: Bench = {
  name: 'screen',
  title: 'A phone’s screen',
  says:
    `A replica on IndexedDB in headless Chromium, at a ${THROTTLE}-fold throttle of the processor: from the touch of an act to its durable record and\n` +
    'the new guide in the next frame; for comparison, a strict transaction of one small record until the next frame, in turn. And from\n' +
    `nothing to the list of ${VISITS} visits of ${EVENTS} events each with the guide of one.`,
  async run(size) {
    if (!existsSync(executablePath))
      return { tables: [], bars: [], notes: [`Not measured: no Chromium at ${executablePath}.`] };
    const { opened, acts, empty } = await measure(size);
    const p95 = at(0.95, acts);
    const head = ['act, p50 ms', 'act, p95 ms', 'empty transaction, p50 ms', 'p95 ms', `open ${VISITS} visits, ms`];
    const row = [at(0.5, acts), p95, at(0.5, empty), at(0.95, empty), median(opened)].map(digits);
    return {
      tables: [{ head, rows: [row] }],
      bars: [
        { what: 'act to the next frame, p95', figure: p95, unit: ' ms', bar: 50, is: 'at most' },
        { what: `opening with ${VISITS} visits`, figure: median(opened), unit: ' ms', bar: 300, is: 'at most' },
      ],
    };
  },
};
