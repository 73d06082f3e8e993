import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { temporaryDirectory } from '../stores/files.ts';
import { inChromium } from '../support/chromium.ts';
import { startChromium } from '../support/chromium-process.ts';
import { call, openPage, serve } from './indexeddb/pages.ts';

type Left = {
  ids: string[];
  records: [string, string][];
  blobs: { sha256: string; size: number }[];
};

/** Starts Chromium on a profile, with a page of the origin. */
async function started(profile: string) {
  const { browser, kill } = await startChromium(profile);
  onTestFinished(kill);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium has no context');
  await serve(context);
  return { page: await openPage(context), kill };
}

/** Writes until so many writes were acknowledged, and kills Chromium then; the number of the last one. */
async function killAfter(profile: string, count: number): Promise<number> {
  const { page, kill } = await started(profile);
  let last = -1;
  let reached = () => {};
  const enough = new Promise<void>((resolve) => {
    reached = resolve;
  });
  await page.exposeFunction('acknowledge', (n: number) => {
    last = n;
    if (n + 1 >= count) reached();
  });
  let killing = false;
  const writing = page.evaluate('auxilioPage.writeEndlessly("visits", acknowledge)').catch((error: unknown) => {
    if (!killing) throw error;
  });
  await Promise.race([enough, writing]);
  killing = true;
  await kill();
  await writing;
  return last;
}

/** Cuts the log of IndexedDB in a profile, as a kill in the middle of a write does. */
function cutLog(profile: string, bytes: number): void {
  const folder = join(profile, 'Default', 'IndexedDB');
  const [database = ''] = readdirSync(folder).filter((name) => name.endsWith('.leveldb'));
  const [log = ''] = readdirSync(join(folder, database)).filter((name) => name.endsWith('.log'));
  const path = join(folder, database, log);
  truncateSync(path, statSync(path).size - bytes);
}

describe('Chromium, killed in the middle of writing its own log', () => {
  for (const cut of [100, 30_000]) {
    inChromium(`${cut} bytes before its end: what was acknowledged before and after it is there`, async () => {
      const profile = temporaryDirectory();
      const first = await started(profile);
      for (const n of [1, 2, 3]) await call(first.page, 'append', 'visits', `before-${n}`);
      await call(first.page, 'putBytes', 'visits', 60_000);
      await first.kill();
      cutLog(profile, cut);
      const second = await started(profile);
      for (let n = 1; n <= 30; n += 1) await call(second.page, 'append', 'visits', `after-${n}`);
      await second.kill();
      const { page } = await started(profile);
      const { ids } = await call<Left>(page, 'left', 'visits');
      expect(ids.filter((id) => id.startsWith('before'))).toHaveLength(3);
      expect(ids.filter((id) => id.startsWith('after'))).toHaveLength(30);
    });
  }
});

describe('Chromium, killed while a page writes', () => {
  for (const count of [7, 20, 33]) {
    inChromium(`after ${count} writes: what was acknowledged is there, and no half of a write`, async () => {
      const profile = temporaryDirectory();
      const last = await killAfter(profile, count);
      const { page } = await started(profile);
      const { ids, records, blobs } = await call<Left>(page, 'left', 'visits');
      const batches = ids.length / 2;
      expect(ids).toEqual(Array.from({ length: batches }, (_, n) => [`${n}-a`, `${n}-b`]).flat());
      const written = Number(records[0]?.[1]);
      expect(records).toEqual([
        ['head', `${written}`],
        ['k', `${written}`],
      ]);
      expect(blobs.every(({ sha256, size }, n) => Number(sha256) === n && size === 20_000)).toBe(true);
      expect(written).toBeGreaterThanOrEqual(last);
      expect([batches - written - 1, batches - blobs.length].every((ahead) => ahead === 0 || ahead === 1)).toBe(true);
    });
  }
});
