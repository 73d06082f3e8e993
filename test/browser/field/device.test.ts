/** A phone whose device does not let it save, or has what a newer version saved. */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { fits, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { faults, place, says } from './story.ts';

const withChromium = chromiumOfFile();
let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startField('phone');
});
afterAll(() => field?.close());

const options = { viewport: { width: 320, height: 700 }, ...place };

describe('a phone', () => {
  inChromium('without room saves an act in the second place, whose worker the policy of the screens allows', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await enterPhone(context, field.url, 'lucia');
      await phone.click('.card');
      await phone.waitForSelector('.next');
      await context.setOffline(true);
      await phone.evaluate(`(({ prototype }) => {
        prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      })(IDBObjectStore)`);
      await phone.click('.next button.primary');
      await says(phone, '1 acto por enviar', '.status');
      const kept = await phone.evaluate(`(async () => {
        const directory = await navigator.storage.getDirectory();
        return (await (await directory.getFileHandle('auxilio-visits.journal')).getFile()).text();
      })()`);
      expect(kept).toContain('sealed:');
      expect(kept).not.toContain('RecordArrival');
      expect(await faults(phone)).toEqual([]);
    }),
  );

  inChromium('without room in both places says that an act was not saved, and why', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await enterPhone(context, field.url, 'lucia');
      await phone.click('.card');
      await phone.waitForSelector('.next');
      // A quota bounds blobs alone: the browser lets small records pass it.
      await phone.evaluate(`(({ prototype }) => {
        prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      })(IDBObjectStore)`);
      await phone.evaluate(`Worker.prototype.postMessage = () => {
        throw new DOMException('full', 'QuotaExceededError');
      }`);
      await phone.click('.next button.primary');
      await says(phone, 'No se guardó: no queda espacio en el teléfono.');
      await expect.poll(async () => [await fits(phone), await faults(phone)]).toEqual([true, []]);
    }),
  );

  inChromium('says nothing more of an act that was a mistake and was never sent', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      await context.clock.install();
      const phone = await enterPhone(context, field.url, 'lucia');
      await phone.click('.card');
      await phone.waitForSelector('.next');
      await context.setOffline(true);
      await phone.click('.next button.primary');
      await phone.waitForSelector('.status.saved');
      // It can no longer be undone at the top, and is still here.
      await context.clock.fastForward(10_000);
      await says(phone, '1 acto por enviar', '.status');
      await phone.click('text=Lo que ya registré');
      await phone.click('.done >> text=Me equivoqué');
      await phone.click('.ask button');
      await phone.waitForSelector('.done li', { state: 'detached' });
      await context.setOffline(false);
      await phone.evaluate(`location.hash = '#/waiting'`);
      await phone.click('text=Enviar ahora');
      await phone.waitForSelector('.status.sent');
      await says(phone, 'No falta nada por enviar.');
      await expect.poll(() => phone.getByText('Apartados').count()).toBe(0);
    }),
  );

  inChromium('of an older version than its visits says so, and keeps them', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await enterPhone(context, field.url, 'gerardo');
      const elsewhere = await context.newPage();
      await elsewhere.goto(`${field.url}/play/`);
      await phone.close();
      const versions = (version: number | undefined) =>
        elsewhere.evaluate<number>(`new Promise((resolve, reject) => {
          const opening = indexedDB.open('visits', ${version});
          opening.onsuccess = () => {
            opening.result.close();
            resolve(opening.result.version);
          };
          opening.onerror = () => reject(opening.error);
        })`);
      await versions(2000);
      await elsewhere.goto(`${field.url}/phone/`);
      await says(elsewhere, 'se guardaron con una versión más nueva de la aplicación. No se perdió nada.');
      await expect
        .poll(() => elsewhere.getByRole('link', { name: 'Llamar al centro' }).getAttribute('href'))
        .toMatch(/^tel:/);
      await expect.poll(async () => [await fits(elsewhere), await faults(elsewhere)]).toEqual([true, []]);
      await expect.poll(() => versions(undefined)).toBe(2000);
    }),
  );

  inChromium('that lost its data says so, sends what it kept a second time, and says it until it was read', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext(options);
      const phone = await enterPhone(context, field.url, 'lucia');
      const elsewhere = await context.newPage();
      await elsewhere.goto(`${field.url}/play/`);
      await phone.click('.card');
      await phone.waitForSelector('.next');
      // Without a signal until the end: the phone would else send the act before it is closed.
      await context.setOffline(true);
      await phone.click('.next button.primary');
      await phone.waitForSelector('.status.saved');
      await phone.close();
      await elsewhere.evaluate(`new Promise((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('visits');
        deleting.onsuccess = resolve;
        deleting.onerror = () => reject(deleting.error);
      })`);
      await elsewhere.goto(`${field.url}/phone/#/waiting`);
      await says(elsewhere, 'Este teléfono perdió los datos de la aplicación');
      await says(elsewhere, 'sin recibir: vea por qué', '.status.bad');
      await until(elsewhere, `document.querySelector('.figures dd').textContent === '1'`);
      expect([await fits(elsewhere), await faults(elsewhere)]).toEqual([true, []]);
      await context.setOffline(false);
      await elsewhere.click('text=Enviar ahora');
      await until(elsewhere, `document.querySelector('.figures dd').textContent === '0'`);
      await elsewhere.click('text=Ya lo leí');
      await says(elsewhere, 'Recibido por el centro', '.status.sent');
    }),
  );
});
