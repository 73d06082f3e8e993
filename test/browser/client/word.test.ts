import { readFileSync } from 'node:fs';
import type { VisitEvent } from 'auxilio';
import { dossier, replay } from 'auxilio';
import { verifyActs, verifyReceipt } from 'auxilio/chain';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect } from 'vitest';
import { chromiumOfFile, inChromium } from '../../support/chromium.ts';
import { place, says } from '../field/story.ts';
import { type ClientHost, code, keyOf, secret, startClientHost } from './host.ts';

const withChromium = chromiumOfFile();
let host: ClientHost;
afterEach(() => host?.close());

async function opened(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  host = await startClientHost('completed');
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...place });
  const page = await context.newPage();
  await page.goto(`${host.url}#${secret}`);
  await page.waitForSelector('.fact');
  return { context, page };
}

/** The words on facts that are on record: how many each act has, and whether it agrees. */
const words = (spoken: readonly VisitEvent[]) =>
  spoken.flatMap(({ type, data }) =>
    type === 'FactsAttested' ? [[data.facts.length, data.facts[0]?.agrees, data.facts[0]?.what]] : [],
  );

const allSent = (page: Page) => says(page, 'Todo lo que dijo llegó al centro', '.status');

describe("the client's word", () => {
  inChromium(
    'is kept without a signal, over a reload and in two tabs, and is on record once though an answer is lost',
    () =>
      withChromium(async (browser) => {
        const { context, page } = await opened(browser);
        await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
        await context.setOffline(true);
        await page.getByRole('button', { name: 'Sí, así fue' }).click();
        await says(page, 'Hay 1 respuesta por enviar', '.status');
        await page.getByRole('button', { name: 'No fue así' }).click();
        await page.fill('textarea', 'No me pidieron\nla cédula');
        await page.getByRole('button', { name: 'Guardar: no fue así' }).click();
        await says(page, 'Hay 2 respuestas por enviar', '.status');
        await page.reload();
        await says(page, 'Hay 2 respuestas por enviar', '.status');
        const other = await context.newPage();
        await other.goto(`${host.url}#/facts`);
        await other.getByRole('button', { name: /^Sí a las/ }).click();
        await says(page, 'Hay 3 respuestas por enviar', '.status');
        expect(await host.spoken()).toEqual([]);

        host.counts.toLose = 1;
        await context.setOffline(false);
        await expect.poll(() => host.counts.sent).toBeGreaterThanOrEqual(3);
        await page.reload();
        for (const one of [page, other]) await allSent(one);
        expect(host.counts.sent).toBeGreaterThan(3);
        expect(words(await host.spoken())).toEqual([
          [1, true, undefined],
          [1, false, 'No me pidieron la cédula'],
          [11, true, undefined],
        ]);
        const { acts } = await verifyActs(await host.events(), [await keyOf(host.keys)]);
        expect(acts.slice(-3).map(({ status, signed }) => [status, signed?.basedOn])).toEqual(
          Array(3).fill(['valid', 23]),
        );
      }),
  );

  inChromium('is taken back by another one, and opens no more than the denial did', () =>
    withChromium(async (browser) => {
      const { page } = await opened(browser);
      await page.goto(`${host.url}#/trouble`);
      await page.getByRole('button', { name: 'Nadie vino' }).click();
      await says(page, '¿No vino nadie?');
      await page.getByRole('button', { name: 'Guardar: nadie vino' }).click();
      await allSent(page);
      await page.goto(`${host.url}#/facts`);
      const arrival = page.locator('.fact').first();
      await expect.poll(() => arrival.textContent()).toContain('Usted dijo: no fue así.');
      await arrival.getByRole('button', { name: 'Cambiar mi respuesta' }).click();
      await arrival.getByRole('button', { name: 'Sí, así fue' }).click();
      await expect.poll(() => arrival.textContent()).toContain('Usted dijo: sí, así fue.');
      await expect
        .poll(async () => words(await host.spoken()))
        .toEqual([
          [1, false, 'Nadie vino'],
          [1, true, undefined],
        ]);
      expect(replay(await host.events()).attestations).toMatchObject([{ fact: 'arrival', agrees: true }]);
    }),
  );

  inChromium('tells what was damaged and who behaved badly, with a text', () =>
    withChromium(async (browser) => {
      const { page } = await opened(browser);
      for (const [choice, told] of [
        ['Dañó algo', 'Rompió un florero'],
        ['Se comportó mal', 'Gritó'],
      ] as const) {
        await page.goto(`${host.url}#/trouble`);
        await page.getByRole('button', { name: choice }).click();
        await page.getByRole('button', { name: 'Guardar y enviar' }).click();
        await says(page, 'Escriba qué pasó.');
        await page.fill('textarea', told);
        await page.getByRole('button', { name: 'Guardar y enviar' }).click();
        await says(page, told, '.facts');
      }
      await allSent(page);
      expect((await host.spoken()).map(({ data }) => data)).toMatchObject([
        { kind: 'other', detail: 'Rompió un florero', by: { role: 'client', id: 'cli-01' } },
        { kind: 'discourtesy', detail: 'Gritó' },
      ]);
    }),
  );
});

describe("the client's receipt", () => {
  inChromium('is saved as a file, which holds by itself and with the log, and says why not without a signal', () =>
    withChromium(async (browser) => {
      const { context, page } = await opened(browser);
      await page.goto(`${host.url}#/facts`);
      await page.getByRole('button', { name: /^Sí a las/ }).click();
      await allSent(page);
      await page.goto(`${host.url}#/receipt`);
      const save = page.getByRole('button', { name: 'Guardar el archivo' });
      const [saved] = await Promise.all([page.waitForEvent('download'), save.click()]);
      expect(saved.suggestedFilename()).toBe(`comprobante-${host.visitId}.json`);
      const text = readFileSync(await saved.path(), 'utf8');
      const log = await host.events();
      const readFacts = (events: readonly unknown[]) => dossier(events as readonly VisitEvent[]).facts;
      for (const options of [{}, { log, readFacts, keys: [await keyOf(host.keys)] }])
        expect(await verifyReceipt(text, options)).toMatchObject({
          ...{ ok: true, findings: [], signatures: [{ version: 24, status: 'valid' }] },
          receipt: { visitId: host.visitId, facts: Array(13).fill({ word: 'both' }) },
        });
      await context.setOffline(true);
      await save.click();
      await says(page, 'No se pudo guardar.', '.problem');
    }),
  );
});

describe('the way in', () => {
  inChromium('takes the secret out of the address, and opens the same link again on the device that has used it', () =>
    withChromium(async (browser) => {
      const { page } = await opened(browser);
      expect(page.url()).toBe(host.url);
      expect(await page.evaluate('JSON.stringify({ ...localStorage }) + history.state')).not.toContain(secret);
      await page.goto(`${host.url}#${secret}`);
      await page.waitForSelector('.fact');
      expect(page.url()).toBe(host.url);

      const forwarded = await (await browser.newContext(place)).newPage();
      await forwarded.goto(`${host.url}#${secret}`);
      await says(forwarded, 'Este enlace ya se abrió en otro teléfono.');
      expect(await forwarded.getByRole('link', { name: /Llamar al centro/ }).getAttribute('href')).toMatch(/^tel:/);
      await forwarded.goto(`${host.url}#${secret.slice(4)}`);
      await says(forwarded, 'Este enlace no sirve.');
    }),
  );

  inChromium('by the code of a QR asks for six digits, and says what to do where they are others', () =>
    withChromium(async (browser) => {
      host = await startClientHost('completed');
      const page = await (await browser.newContext(place)).newPage();
      await page.goto(`${host.url}?v=door-1`);
      await page.fill('.digits', '12345');
      await page.getByRole('button', { name: 'Entrar' }).click();
      await says(page, 'Son seis números.');
      await page.fill('.digits', '123 456');
      await page.getByRole('button', { name: 'Entrar' }).click();
      await says(page, 'Ese código no es.');
      await page.fill('.digits', `${code.slice(0, 3)} ${code.slice(3)}`);
      await page.getByRole('button', { name: 'Entrar' }).click();
      await page.waitForSelector('.fact');
      expect(page.url()).toBe(host.url);
    }),
  );
});
