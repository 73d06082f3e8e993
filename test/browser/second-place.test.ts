/** The second place of what waits, in Chromium: a file of OPFS, beside a database that is deleted, closed or killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type PhoneServer, startServer } from '../../scripts/faults/phone/server.ts';
import { assignVisit } from '../../scripts/faults/phone/visits.ts';
import { NOW, type Step, type Work } from '../../scripts/faults/phone/work.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';
import { startChromium } from '../support/chromium-process.ts';

const withChromium = chromiumOfFile();
let server: PhoneServer;
let visits = 0;
beforeAll(async () => {
  if (noChromium === undefined)
    server = await startServer(() => NOW, new URL('../../scripts/faults/phone/page.ts', import.meta.url));
});
afterAll(() => server?.close());

const workOf = (steps: readonly Step[], fault?: Work['fault']): Work => ({
  ...{ steps, now: NOW, syncEvery: 0 },
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

const deleteDatabase = (page: Page) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase('phone');
    deleting.onsuccess = () => resolve();
    deleting.onerror = () => reject(deleting.error);
  })`);

/** The bytes of the file of the journal, as text. */
const journalText = (page: Page): Promise<string> =>
  page.evaluate(`(async () => {
    const directory = await navigator.storage.getDirectory();
    return (await (await directory.getFileHandle('auxilio-phone.journal')).getFile()).text();
  })()`);

describe('the second place of what waits', () => {
  inChromium('has the acts of a database that was deleted: they are sent once, in their order', () =>
    withChromium(async (browser: Browser) => {
      const { visitId, steps, ids } = await assigned();
      const context = await browser.newContext();
      const page = await openPage(context);
      await call(page, 'rest', workOf([]));
      const taken = await call<object>(page, 'takeWhileFull', workOf(steps));
      expect(taken).toEqual({ codes: [], waiting: 5, storeFull: false, journal: 'ready', losses: [] });
      expect((await journalText(page)).length).toBeGreaterThan(8_000_000);
      await page.reload();
      await deleteDatabase(page);
      expect(await call(page, 'held', workOf([]), [visitId])).toEqual(ids);
      expect(await call(page, 'unsent', workOf([]))).toEqual(ids);
      await call(page, 'rest', workOf([]));
      expect(await recorded(visitId)).toEqual(ids);
      expect(await call<{ losses: object[] }>(page, 'takeWhileFull', workOf([]))).toMatchObject({
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
      await call(page, 'rest', workOf([]));
      const taken = await call(page, 'takeWhileFull', workOf(steps, 'no-second-place'));
      expect(taken).toMatchObject({ waiting: 5, journal: 'none' });
      await page.reload();
      await deleteDatabase(page);
      expect(await call(page, 'held', workOf([]), [visitId])).toEqual([]);
      expect(ids).toHaveLength(5);
    }),
  );

  inChromium('is one file of several tabs, which write at once', () =>
    withChromium(async (browser: Browser) => {
      const context = await browser.newContext();
      const given = [await assigned(), await assigned()];
      const pages = [await openPage(context), await openPage(context)] as const;
      await call(pages[0], 'rest', workOf([]));
      const answers = await Promise.all(
        given.map(({ steps }, n) => call<{ codes: unknown[] }>(pages[n] as Page, 'takeWhileFull', workOf(steps))),
      );
      expect(answers.map(({ codes }) => codes)).toEqual([[], []]);
      for (const page of pages) await page.reload();
      await deleteDatabase(pages[0]);
      const visitIds = given.map((one) => one.visitId);
      expect(await call(pages[1], 'held', workOf([]), visitIds)).toEqual(given.flatMap(({ ids }) => ids));
    }),
  );

  inChromium('goes on with the next database when the browser clears that of an open page', () =>
    withChromium(async (browser: Browser) => {
      const context = await browser.newContext();
      const { visitId, steps, ids } = await assigned();
      const page = await openPage(context);
      await call(page, 'rest', workOf([]));
      await call(page, 'takeWhileFull', workOf(steps.slice(0, 3)));
      const session = await context.newCDPSession(page);
      await session.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
      await expect
        .poll(() => call<string[]>(page, 'held', workOf([]), [visitId]).catch((error: Error) => error.message))
        .toEqual(ids.slice(0, 3));
      await call(page, 'rest', workOf([]));
      expect(await recorded(visitId)).toEqual(ids.slice(0, 3));
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
        await call(page, 'rest', workOf([]));
        await call(page, 'takeWhileFull', workOf(steps.slice(0, 4)));
      });
      await inBrowser(async (page) => {
        await deleteDatabase(page);
        expect(await call(page, 'held', workOf([]), [visitId])).toEqual(ids.slice(0, 4));
      });
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
