import type { Browser, BrowserContext } from 'playwright-core';
import { describe, expect } from 'vitest';
import { chromiumOfFile, inChromium } from '../support/chromium.ts';
import type { Outcome } from './indexeddb/page.ts';
import { call, ORIGIN, openPage, serve } from './indexeddb/pages.ts';

const withChromium = chromiumOfFile();

const inContext = (run: (context: BrowserContext, browser: Browser) => Promise<void>) => () =>
  withChromium(async (browser) => {
    const context = await browser.newContext();
    await serve(context);
    await run(context, browser);
  });

type Faults = { faults: number; found: string[] };

describe('the store suite in Chromium', () => {
  for (const part of [0, 1, 2]) {
    inChromium(
      `passes for all that the store claims, part ${part + 1} of 3`,
      inContext(async (context) => {
        const outcomes = await call<Outcome[]>(await openPage(context), 'conformance', part);
        expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
        const skipped = outcomes.filter(({ outcome }) => outcome === 'skipped');
        const claimed = skipped.filter(({ why }) => !/^not claimed: (copies|held|immutability)$/.test(why));
        expect(claimed).toEqual([]);
        expect(outcomes.length - skipped.length).toBeGreaterThan(65);
      }),
    );

    inChromium(
      `notices each fault of a store that is spoilt, part ${part + 1} of 3`,
      inContext(async (context) => {
        const { faults, found } = await call<Faults>(await openPage(context), 'survivors', part);
        expect(found).toEqual([]);
        expect(faults).toBeGreaterThan(60);
      }),
    );
  }

  for (const encrypted of [false, true]) {
    inChromium(
      `passes for the store of a replica${encrypted ? ' that is encrypted' : ''}`,
      inContext(async (context) => {
        const found = await call(await openPage(context), 'replicaCases', encrypted);
        expect(found).toEqual({ passed: 31, failed: [] });
      }),
    );
  }
});

describe('a store in Chromium', () => {
  inChromium(
    'writes in strict transactions, which the browser would not do unasked',
    inContext(async (context) => {
      const { writing, unasked } = await call<{ writing: string[]; unasked: string }>(
        await openPage(context),
        'durabilities',
        'visits',
      );
      expect(writing).toEqual(Array.from({ length: 9 }, () => 'strict'));
      expect(unasked).toBe('default');
    }),
  );

  inChromium(
    'keeps the key of the device, for two tabs and after a reload, and no script reads it',
    inContext(async (context) => {
      type Signed = { key: string; signature: number[]; read: string };
      const pages = [await openPage(context), await openPage(context)];
      const found = await Promise.all(pages.map((page) => call<Signed>(page, 'signed', 'visits', 'acts')));
      await pages[0]?.reload();
      found.push(await call<Signed>(pages[0] ?? expect.unreachable(), 'signed', 'visits', 'acts'));
      expect(new Set(found.map(({ key }) => key)).size).toBe(1);
      const algorithm = { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' };
      const spki = Buffer.from(found[0]?.key ?? '', 'base64');
      const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);
      for (const { signature, read } of found) {
        const bytes = new TextEncoder().encode('acts');
        expect(await crypto.subtle.verify(algorithm, key, Uint8Array.from(signature), bytes)).toBe(true);
        expect(read).toBe('refused');
      }
    }),
  );

  inChromium(
    'is one of two tabs that write at the same time: no write is lost, and each conflict is met',
    inContext(async (context) => {
      const pages = [await openPage(context), await openPage(context)];
      await Promise.all(pages.map((page, n) => call(page, 'writeBeside', 'visits', `tab-${n}`, 30)));
      const expected = [0, 1].flatMap((tab) => Array.from({ length: 30 }, (_, n) => `tab-${tab}-${n}`)).sort();
      for (const page of pages) {
        const { ids, versions, keys } = await call<Record<'ids' | 'versions' | 'keys', unknown[]>>(
          page,
          'written',
          'visits',
        );
        expect([ids.toSorted(), keys]).toEqual([expected, expected]);
        expect(versions).toEqual(expected.map((_, n) => n + 1));
      }
    }),
  );

  inChromium(
    'is closed, and says so, when another tab upgrades the database',
    inContext(async (context) => {
      const page = await openPage(context);
      await call(page, 'keep', 'visits');
      const refused = await call(await openPage(context), 'upgrade', 'visits', 7);
      expect(refused).toMatchObject({ code: 'store-newer-schema', cause: 'VersionError' });
      const closed = {
        code: 'store-closed',
        message: expect.stringContaining('upgrades the database "visits" to version 7'),
      };
      expect(await call(page, 'refusals')).toMatchObject({ reasons: [closed, closed], refused: [closed, closed] });
    }),
  );

  inChromium(
    'is closed, and says so, when another tab deletes the database, and does not create it again',
    inContext(async (context) => {
      const page = await openPage(context);
      await call(page, 'keep', 'visits');
      await call(await openPage(context), 'remove', 'visits');
      const closed = { code: 'store-closed', message: expect.stringContaining('was deleted while it was open') };
      expect(await call(page, 'refusals')).toMatchObject({ reasons: [closed, closed], refused: [closed, closed] });
      await expect.poll(() => page.evaluate('indexedDB.databases()')).toEqual([]);
    }),
  );

  inChromium(
    'says that it is gone when the browser clears the storage of the origin; the store of a replica is opened again',
    inContext(async (context) => {
      const page = await openPage(context);
      await call(page, 'keep', 'visits');
      const session = await context.newCDPSession(page);
      await session.send('Storage.clearDataForOrigin', { origin: ORIGIN, storageTypes: 'indexeddb' });
      await expect
        .poll(() => call<{ reasons: unknown[] }>(page, 'refusals').then(({ reasons }) => reasons.length))
        .toBe(1);
      const gone = { code: 'store-unavailable', message: expect.stringContaining('The browser closed the database') };
      expect(await call(page, 'refusals')).toMatchObject({ reasons: [gone], refused: [gone, 'no refusal'] });
      expect(await call(page, 'append', 'visits', 'again')).toBe(1);
    }),
  );

  inChromium(
    'refuses the write that is under way when the browser clears the storage, and never hangs',
    inContext(async (context) => {
      const page = await openPage(context);
      const session = await context.newCDPSession(page);
      const refused = call<string[]>(page, 'writeUntilGone', 'visits');
      await expect.poll(() => page.evaluate('auxilioPage.acknowledged()')).toBeGreaterThan(5);
      await session.send('Storage.clearDataForOrigin', { origin: ORIGIN, storageTypes: 'indexeddb' });
      // The write that was under way may be in doubt.
      expect(['store-io', 'store-unavailable']).toEqual(expect.arrayContaining(await refused));
    }),
  );

  inChromium(
    'is full: the write is refused as such, what was acknowledged is there, and it goes on when there is room',
    inContext(async (context) => {
      const page = await openPage(context);
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 3_000_000 });
      await call(page, 'append', 'visits', 'first');
      type Filled = Record<'events' | 'blobs', number> & { refused: unknown[]; held: unknown };
      const { events, blobs, refused, held } = await call<Filled>(page, 'fill', 'visits');
      const full = { code: 'store-full', cause: 'QuotaExceededError' };
      expect(refused).toMatchObject([full, full]);
      expect(blobs).toBeGreaterThan(5);
      expect(held).toEqual({ events: 1 + events, blobs });
      await session.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN });
      expect(await call(page, 'append', 'visits', 'last')).toBe(2 + events);
    }),
  );
});
