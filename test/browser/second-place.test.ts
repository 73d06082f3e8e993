/** The second place of what waits, in Chromium: a file of OPFS, beside a database that is deleted, closed or killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { type PhoneServer, startServer } from '../../scripts/faults/phone/server.ts';
import { assignVisit } from '../../scripts/faults/phone/visits.ts';
import { NOW, type Step, type Work } from '../../scripts/faults/phone/work.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { startChromium } from '../support/chromium-process.ts';

const withChromium = chromiumOfFile();
let server: PhoneServer;
let visits = 0;
beforeEach(async () => {
  if (noChromium === undefined)
    server = await startServer(() => NOW, new URL('../../scripts/faults/phone/page.ts', import.meta.url));
});
afterEach(() => server?.close());

const workOf = (steps: readonly Step[], { encrypted, fault }: Pick<Work, 'encrypted' | 'fault'> = {}): Work => ({
  ...{ steps, now: NOW, syncEvery: 0 },
  ...(encrypted && { encrypted }),
  ...(fault !== undefined && { fault }),
});
const call = <T>(page: Page, name: string, ...given: readonly unknown[]): Promise<T> =>
  page.evaluate(`phone.${name}(${given.map((one) => JSON.stringify(one)).join(', ')})`);

async function assigned(): Promise<{ visitId: string; steps: readonly Step[]; ids: readonly string[] }> {
  visits += 1;
  const visitId = `second-${visits}`;
  const steps = (await assignVisit(server, visitId, () => 0.5)).slice(0, 5);
  return { visitId, steps, ids: steps.map(({ command }) => command.metadata.commandId) };
}

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.exposeFunction('begun', () => undefined);
  await page.exposeFunction('answered', () => undefined);
  await page.goto(server.url);
  return page;
}

const recorded = async (visitId: string) =>
  (await server.service.load(visitId)).events.slice(1).map(({ metadata }) => metadata?.commandId);

const deleteDatabase = (page: Page, name: string) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('${name}');
    deleting.onsuccess = () => resolve();
    deleting.onerror = () => reject(deleting.error);
  })`);

/** The bytes of the file of the journal, as text. */
const journalText = (page: Page): Promise<string> =>
  page.evaluate(`(async () => {
    const directory = await navigator.storage.getDirectory();
    return (await (await directory.getFileHandle('auxilio-phone.journal')).getFile()).text();
  })()`);

/** The whole loss of what the browser keeps for the databases of a page, as where it cannot read them: keys, too. */
const deleteAll = async (page: Page) => {
  for (const name of ['phone', 'phone-key']) await deleteDatabase(page, name);
};

describe.each([
  { kind: 'in clear', encrypted: false },
  { kind: 'encrypted', encrypted: true },
])('the second place of what waits, $kind', ({ encrypted }) => {
  inChromium('has the acts of a database that was deleted: they are sent once, in their order', () =>
    withChromium(async (browser: Browser) => {
      const { visitId, steps, ids } = await assigned();
      const context = await browser.newContext();
      const page = await openPage(context);
      await call(page, 'rest', workOf([], { encrypted }));
      const taken = await call<object>(page, 'takeWhileFull', workOf(steps, { encrypted }));
      expect(taken).toEqual({ codes: [], waiting: 5, storeFull: false, journal: 'ready', losses: [] });
      const journal = await journalText(page);
      expect(journal.length).toBeGreaterThan(8_000_000);
      expect(journal.includes(visitId) && journal.includes('RecordArrival')).toBe(!encrypted);
      await page.reload();
      await deleteAll(page);
      expect(await call(page, 'held', workOf([], { encrypted }), [visitId])).toEqual(ids);
      expect(await call(page, 'unsent', workOf([], { encrypted }))).toEqual(ids);
      await call(page, 'rest', workOf([], { encrypted }));
      expect(await recorded(visitId)).toEqual(ids);
      expect(await call<{ losses: object[] }>(page, 'takeWhileFull', workOf([], { encrypted }))).toMatchObject({
        ...{ waiting: 0, journal: 'ready', losses: [{ kind: 'store' }] },
      });
      // What was sent is in no byte of the file.
      expect(await journalText(page)).not.toContain(visitId);
    }),
  );

  inChromium('names the acts that are lost where there is none: the control', () =>
    withChromium(async (browser: Browser) => {
      const { visitId, steps, ids } = await assigned();
      const page = await openPage(await browser.newContext());
      await call(page, 'rest', workOf([], { encrypted }));
      const taken = await call(page, 'takeWhileFull', workOf(steps, { encrypted, fault: 'no-second-place' }));
      expect(taken).toMatchObject({ waiting: 5, journal: 'none' });
      await page.reload();
      await deleteAll(page);
      expect(await call(page, 'held', workOf([], { encrypted }), [visitId])).toEqual([]);
      expect(ids).toHaveLength(5);
    }),
  );

  inChromium('is one file of several tabs, which write at once', () =>
    withChromium(async (browser: Browser) => {
      const context = await browser.newContext();
      const given = [await assigned(), await assigned()];
      const pages = [await openPage(context), await openPage(context)] as const;
      await call(pages[0], 'rest', workOf([], { encrypted }));
      const answers = await Promise.all(
        given.map(({ steps }, n) =>
          call<{ codes: unknown[] }>(pages[n] as Page, 'takeWhileFull', workOf(steps, { encrypted })),
        ),
      );
      expect(answers.map(({ codes }) => codes)).toEqual([[], []]);
      for (const page of pages) await page.reload();
      await deleteAll(pages[0]);
      const visitIds = given.map((one) => one.visitId);
      expect(await call(pages[1], 'held', workOf([], { encrypted }), visitIds)).toEqual(
        given.flatMap(({ ids }) => ids),
      );
    }),
  );

  inChromium('goes on with the next database when the browser clears that of an open page', () =>
    withChromium(async (browser: Browser) => {
      const context = await browser.newContext();
      const { visitId, steps, ids } = await assigned();
      const page = await openPage(context);
      await call(page, 'rest', workOf([], { encrypted }));
      await call(page, 'takeWhileFull', workOf(steps.slice(0, 3), { encrypted }));
      const session = await context.newCDPSession(page);
      await session.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
      const held = () => call<string[]>(page, 'held', workOf([], { encrypted }), [visitId]);
      // This clears the bucket of the key, too: then the acts are named as lost.
      const kept = encrypted ? [] : ids.slice(0, 3);
      await expect.poll(() => held().catch((error: Error) => error.message)).toEqual(kept);
      await call(page, 'rest', workOf([], { encrypted }));
      expect(await recorded(visitId)).toEqual(kept);
      await page.reload();
      const { losses } = await call<{ losses: object[] }>(page, 'takeWhileFull', workOf([], { encrypted }));
      const missing = { kind: 'acts', visitId, commandIds: ids.slice(0, 3) };
      expect(losses).toEqual([expect.objectContaining({ kind: 'store' }), ...(encrypted ? [missing] : [])]);
    }),
  );

  inChromium('survives a SIGKILL of the browser in the middle of acts', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'auxilio-second-'));
    try {
      const { visitId, steps, ids } = await assigned();
      const inBrowser = async <T>(work: (page: Page) => Promise<T>): Promise<T> => {
        const { browser, kill } = await startChromium(profile);
        try {
          return await work(await openPage(browser.contexts()[0] as BrowserContext));
        } finally {
          await kill();
        }
      };
      await inBrowser(async (page) => {
        await call(page, 'rest', workOf([], { encrypted }));
        await call(page, 'takeWhileFull', workOf(steps.slice(0, 4), { encrypted }));
      });
      await inBrowser(async (page) => {
        await deleteAll(page);
        expect(await call(page, 'held', workOf([], { encrypted }), [visitId])).toEqual(ids.slice(0, 4));
      });
      // Chromium has the databases of a page in one directory.
      rmSync(join(profile, 'Default', 'IndexedDB'), { recursive: true });
      await inBrowser(async (page) => {
        expect(await call(page, 'held', workOf([], { encrypted }), [visitId])).toEqual(ids.slice(0, 4));
      });
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
