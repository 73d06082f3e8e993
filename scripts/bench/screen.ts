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
  const rounds = size === 'quick' ? 2 : 12;
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
    for (const kind of ['', 'encrypted ']) {
      await call(page, 'fill', `${kind}many`, VISITS, EVENTS);
      await call(page, 'fill', `${kind}work`, rounds, 1);
    }
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const empty: number[] = [];
    const clear = { opened: [] as number[], acts: [] as number[] };
    const encrypted = { opened: [] as number[], acts: [] as number[] };
    for (let nth = 0; nth < rounds; nth += 1) {
      for (const [kind, taken] of [
        ['', clear],
        ['encrypted ', encrypted],
      ] as const) {
        taken.opened.push(await call(page, 'open', `${kind}many`));
        taken.acts.push(...(await call<number[]>(page, 'act', `${kind}work`, nth)));
      }
      empty.push(...(await call<number[]>(page, 'empty', 23)));
    }
    return { clear, encrypted, empty };
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
    `nothing to the list of ${VISITS} visits of ${EVENTS} events each with the guide of one. Each in clear and encrypted, in turn.`,
  async run(size) {
    if (!existsSync(executablePath))
      return { tables: [], bars: [], notes: [`Not measured: no Chromium at ${executablePath}.`] };
    const { clear, encrypted, empty } = await measure(size);
    const head = ['', 'p50 ms', 'p95 ms', `open ${VISITS} visits, ms`];
    const row = (name: string, taken: readonly number[], opened?: readonly number[]) => [
      name,
      ...[at(0.5, taken), at(0.95, taken)].map(digits),
      opened ? digits(median(opened)) : '',
    ];
    const rows = [
      row('act', clear.acts, clear.opened),
      row('act, encrypted', encrypted.acts, encrypted.opened),
      row('empty transaction', empty),
    ];
    return {
      tables: [{ head, rows }],
      bars: [
        { what: 'act to the next frame, p95', figure: at(0.95, clear.acts), unit: ' ms', bar: 50, is: 'at most' },
        { what: 'the same, encrypted', figure: at(0.95, encrypted.acts), unit: ' ms', bar: 50, is: 'at most' },
        { what: `opening with ${VISITS} visits`, figure: median(clear.opened), unit: ' ms', bar: 300, is: 'at most' },
        {
          what: 'opening them encrypted, of that',
          figure: median(encrypted.opened) / median(clear.opened),
          unit: '×',
          bar: 1.5,
          is: 'at most',
        },
      ],
    };
  },
};
