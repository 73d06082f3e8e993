import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { installed, run } from '../package/packed.ts';
import { chromiumOfFile, inChromium, noChromium, withChromium } from '../support/chromium.ts';
import type { answers } from './answers.ts';
import { foundBy } from './page.ts';

const strict = "default-src 'none'; script-src 'self'; connect-src 'self'";
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const printing = "import { answers } from './answers.ts';\nconsole.log(JSON.stringify(await answers()));\n";

/** The packed package with fast-check, bundled for a browser as a user of it would. */
async function bundled(folder: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    entryPoints: ['main.ts'],
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs).join('\n');
  for (const part of ['auxilio/dist/index', 'auxilio/dist/wire', 'auxilio/dist/testing', 'fast-check']) {
    expect(inputs).toContain(part);
  }
  return outputFiles[0]?.text ?? '';
}

describe('the packed package in a browser', () => {
  let script = '';
  let inNode: unknown;

  beforeAll(async () => {
    if (noChromium !== undefined) return;
    const { folder } = installed();
    for (const file of ['main.ts', 'answers.ts']) cpSync(resolve('test', 'browser', file), join(folder, file));
    writeFileSync(join(folder, 'print.mts'), printing);
    script = await bundled(folder);
    inNode = JSON.parse(run(folder, process.execPath, '--import', tsx, 'print.mts'));
  });

  const inBrowser = chromiumOfFile();
  const found = (policy?: string, text = script) => inBrowser((browser) => foundBy(text, browser, policy));

  inChromium('answers as in Node.js, with compiled validators', async () => {
    const { answered, mode, barred, evaluates } = await found();
    expect([mode, evaluates, barred]).toEqual(['compiled', true, []]);
    expect(answered).toEqual(inNode);
  });

  inChromium('answers the same under a policy that bars eval, says that it interprets, and tries once', async () => {
    const { answered, mode, barred, evaluates } = await found(strict);
    expect([mode, evaluates, barred]).toEqual(['interpreted', false, ['eval']]);
    expect(answered).toEqual(inNode);
  });

  inChromium('was asked for what holds, what is found and what is refused', async () => {
    expect(inNode).toMatchObject({
      read: { bad: [{ ok: false }, { ok: false }, { ok: false }] },
      specified: expect.stringMatching(/^Given .*\nWhen .*\nThen .*\nBut /),
      planted: expect.stringMatching(/tools-shown[\s\S]*\nseed 1, path /),
      handled: [expect.stringMatching(/^holds: /), expect.stringMatching(/^holds: /)],
    });
    const { laws, read, simulated, explored } = inNode as Awaited<ReturnType<typeof answers>>;
    expect(laws.map(([, outcome]) => outcome)).toEqual(laws.map(() => 'holds'));
    expect(read.same).toBe(read.texts);
    expect([read.texts > 2_500, laws.length > 10, simulated.length, explored.states > 3_000]).toEqual([
      true,
      true,
      50,
      true,
    ]);
  });

  inChromium('is closed when what runs in it does not come to an end', async () => {
    const browsers: Browser[] = [];
    const endless = withChromium((browser) => new Promise(() => browsers.push(browser)), 500);
    await expect(endless).rejects.toThrow('not done in Chromium after 500 ms');
    expect(browsers.map((browser) => browser.isConnected())).toEqual([false]);
  });

  inChromium('is not taken to answer when its page throws', async () => {
    await expect(found(strict, 'throw new Error("planted");')).rejects.toThrow('planted');
    await expect(found(strict, 'eval("1");')).rejects.toThrow(/unsafe-eval/);
  });
});
