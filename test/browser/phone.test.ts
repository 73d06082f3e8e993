import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { type PhoneServer, startServer } from '../../scripts/faults/phone/server.ts';
import { assignVisit } from '../../scripts/faults/phone/visits.ts';
import { NOW, type Step } from '../../scripts/faults/phone/work.ts';
import { chromiumOfFile, inChromium, noChromium } from '../support/chromium.ts';

type Acted = { answered: string[]; failed: string | null };
type Visit = { confirmed: string[]; waiting: string[]; phases: string[] };

const withChromium = chromiumOfFile();
let server: PhoneServer;
let steps: readonly Step[];
let visitId = '';
let visits = 0;

beforeAll(async () => {
  if (noChromium === undefined) server = await startServer(() => NOW, new URL('phone/page.ts', import.meta.url));
});
afterAll(() => server?.close());
beforeEach(async () => {
  if (noChromium !== undefined) return;
  visits += 1;
  visitId = `v-${visits}`;
  steps = await assignVisit(server, visitId, Math.random);
});

const inContext = (run: (context: BrowserContext) => Promise<void>) => () =>
  withChromium(async (browser) => run(await browser.newContext()));

async function opened(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.url);
  return page;
}

const call = <T>(page: Page, name: string, ...parameters: readonly unknown[]): Promise<T> =>
  page.evaluate(`phone.${name}(${parameters.map((one) => JSON.stringify(one)).join(', ')})`);

const idsOf = (some: readonly Step[]) => some.map(({ command }) => command.metadata.commandId);

/** The ids of the acts that the server has recorded in the visit of the test. */
async function recorded(): Promise<unknown[]> {
  const [, ...events] = (await server.service.load(visitId)).events;
  return events.map(({ metadata }) => metadata?.commandId);
}

describe('a phone in Chromium', () => {
  inChromium(
    'is opened again without a network, with all that was recorded, and loses nothing',
    inContext(async (context) => {
      const page = await opened(context);
      await call(page, 'install');
      await call(page, 'sync');
      await context.setOffline(true);
      expect(await call<Acted>(page, 'act', steps.slice(0, 3))).toEqual({
        answered: idsOf(steps.slice(0, 3)),
        failed: null,
      });
      await page.reload();
      expect(await call<Visit>(page, 'visit', visitId)).toEqual({
        confirmed: ['VisitAssigned'],
        waiting: idsOf(steps.slice(0, 3)),
        phases: ['in-transit', 'on-site'],
      });
      expect(await call(page, 'sync')).toMatchObject({ result: 'offline', waiting: 3 });
      expect(await call<Acted>(page, 'act', steps.slice(3))).toEqual({ answered: idsOf(steps.slice(3)), failed: null });
      await page.reload();
      await context.setOffline(false);
      await expect.poll(() => call(page, 'sync')).toEqual({ result: 'done', waiting: 0 });
      await expect.poll(() => recorded()).toEqual(idsOf(steps));
    }),
  );

  inChromium(
    'is open in two tabs: each sees what the other did, and each act is on record once',
    inContext(async (context) => {
      const [one, other] = [await opened(context), await opened(context)];
      await call(one, 'sync');
      await expect.poll(() => call<Visit>(other, 'visit', visitId)).toMatchObject({ confirmed: ['VisitAssigned'] });
      await call(one, 'act', steps.slice(0, 2));
      await expect.poll(() => call<unknown[]>(other, 'heard')).toContain(visitId);
      expect((await call<Visit>(other, 'visit', visitId)).waiting).toEqual(idsOf(steps.slice(0, 2)));
      await call(other, 'act', steps.slice(2, 5));
      await Promise.all([call(one, 'sync'), call(other, 'sync'), call(one, 'act', steps.slice(5))]);
      await expect.poll(() => call(other, 'sync')).toEqual({ result: 'done', waiting: 0 });
      await expect.poll(() => recorded()).toEqual(idsOf(steps));
      await expect.poll(async () => (await call<Visit>(one, 'visit', visitId)).waiting).toEqual([]);
    }),
  );

  for (const [place, quotaSize, fullSize] of [
    ['beside the second place of what waits', 9_400_000, 9_400_000],
    // A log of the database that is compacted meanwhile makes room for a photograph: the quota goes below what is there.
    ['nor any for the second place of what waits', 1_000_000, 500_000],
  ] as const) {
    inChromium(
      `has no room left, ${place}: says what is not saved, keeps what is, and goes on when there is room`,
      inContext(async (context) => {
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        const quota = { origin: new URL(server.url).origin };
        await session.send('Storage.overrideQuotaForOrigin', { ...quota, quotaSize });
        await page.goto(server.url);
        await call(page, 'sync');
        const { answered } = await call<Acted>(page, 'act', steps.slice(0, 2));
        expect(answered).toHaveLength(2);
        const { kept, failed } = await call<{ kept: number; failed: string }>(page, 'fill', visitId);
        expect([kept > 3, failed]).toEqual([true, 'store-full']);
        await session.send('Storage.overrideQuotaForOrigin', { ...quota, quotaSize: fullSize });
        const later = await call<Acted>(page, 'act', steps.slice(2));
        expect(later.failed).toBe('store-full'); // the photograph, at the latest
        await page.reload();
        expect((await call<Visit>(page, 'visit', visitId)).waiting).toEqual([...answered, ...later.answered]);
        await session.send('Storage.overrideQuotaForOrigin', quota);
        const rest = steps.slice(answered.length + later.answered.length);
        expect(await call<Acted>(page, 'act', rest)).toEqual({ answered: idsOf(rest), failed: null });
        await expect.poll(() => call(page, 'sync')).toEqual({ result: 'done', waiting: 0 });
        await expect.poll(() => recorded()).toEqual(idsOf(steps));
      }),
    );
  }

  inChromium(
    'has its storage cleared: keeps what waits, refuses what it cannot judge, says so, and is filled again from the server',
    inContext(async (context) => {
      const page = await opened(context);
      await call(page, 'sync');
      await call(page, 'act', steps.slice(0, 2));
      await call(page, 'sync');
      await call(page, 'act', steps.slice(2, 4));
      const session = await context.newCDPSession(page);
      const { origin } = new URL(server.url);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
      await expect.poll(() => call<Visit>(page, 'visit', visitId)).toMatchObject({ confirmed: [] });
      expect((await call<Visit>(page, 'visit', visitId)).waiting).toEqual(idsOf(steps.slice(2, 4)));
      // Of the visit only what waits is here: a further act is refused, and not answered and lost.
      expect(await call<Acted>(page, 'act', steps.slice(4))).toEqual({ answered: [], failed: 'refused' });
      await expect.poll(() => call(page, 'sync')).toEqual({ result: 'done', waiting: 0 });
      expect(await call(page, 'losses')).toEqual(['store']);
      expect(await call<Acted>(page, 'act', steps.slice(4))).toEqual({ answered: idsOf(steps.slice(4)), failed: null });
      await page.reload();
      expect((await call<Visit>(page, 'visit', visitId)).waiting).toEqual(idsOf(steps.slice(4)));
      await expect.poll(() => call(page, 'sync')).toEqual({ result: 'done', waiting: 0 });
      await expect.poll(() => recorded()).toEqual(idsOf(steps));
      expect((await call<Visit>(page, 'visit', visitId)).confirmed).toHaveLength(steps.length + 1);
    }),
  );

  inChromium(
    'has all data of the site cleared: after the first round it says that the store was lost, and which act the server has last',
    inContext(async (context) => {
      const page = await opened(context);
      await call(page, 'sync');
      await call(page, 'act', steps.slice(0, 2));
      await call(page, 'sync');
      await call(page, 'act', steps.slice(2, 4));
      await page.goto('about:blank');
      const session = await context.newCDPSession(page);
      const { origin } = new URL(server.url);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await page.goto(server.url);
      await expect.poll(() => call(page, 'sync')).toEqual({ result: 'done', waiting: 0 });
      const said = {
        verdict: 'attention',
        // A mark of the page before that the browser wrote while it cleared the data names its acts, too.
        losses: expect.arrayContaining([
          expect.objectContaining({ kind: 'store', received: expect.objectContaining({ visitId, at: NOW }) }),
        ]),
      };
      expect(await call(page, 'status')).toMatchObject(said);
      await page.reload();
      await call(page, 'visit', visitId);
      expect(await call(page, 'status')).toMatchObject(said);
      expect(await call<Acted>(page, 'act', steps.slice(2))).toEqual({ answered: idsOf(steps.slice(2)), failed: null });
    }),
  );
});
