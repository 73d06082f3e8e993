import { readFile } from 'node:fs/promises';
import type { VisitEvent } from 'auxilio';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { fillIn, fits } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, minutesAgo, type Person, person, record } from './people.ts';
import { faults, place, says } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
let marta: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('phone', 'console');
  marta = await person(server.url, 'marta');
});
afterAll(() => server?.close());

const eventsOf = async (visitId: string) =>
  ((await marta(`/visits/${visitId}/events`)) as { events: readonly VisitEvent[] }).events;

describe('the file of a phone that cannot send', () => {
  inChromium('is taken in at the console, with its photographs, and counts once', () =>
    withChromium(async (browser) => {
      const gerardo = await person(server.url, 'gerardo');
      await assign(marta, 'u-1', { caseNumber: 'EXP-u-1' });
      const acts = [
        ['RecordArrival', {}],
        ['ShowCredential', {}],
        ['ValidateIdentity', { person: 'client', fullNameGiven: true, documentShown: true, documentKind: 'cedula' }],
        ['AnnounceService', { service: 'Fontanería' }],
        ['LocateFault', { where: 'cocina' }],
        ['InspectArea', { clientPresent: true }],
      ] as const;
      for (const [nth, [type, data]] of acts.entries())
        await record(gerardo, 'u-1', type, { at: minutesAgo(60 - nth), ...data });
      const phones = await browser.newContext({
        viewport: { width: 390, height: 780 },
        acceptDownloads: true,
        ...place,
      });
      const phone = await enterPhone(phones, server.url, 'gerardo');
      await phone.goto(`${server.url}/phone/#/visit/u-1`);
      await phone.waitForSelector('.next h2');
      await phones.setOffline(true);
      await phone.evaluate(`location.hash = '#/act/u-1/TakePhotos'`);
      await phone.waitForSelector('form');
      await fillIn(phone);
      await phone.getByRole('button', { name: 'Guardar' }).click();
      await phone.waitForSelector('nav.bottom');
      await phone.evaluate(`location.hash = '#/waiting'`);
      const [file] = await Promise.all([
        phone.waitForEvent('download'),
        phone.getByRole('button', { name: 'Entregar archivo' }).click(),
      ]);
      const path = await file.path();

      const desks = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      const desk = await enterConsole(desks, server.url, 'marta');
      await desk.evaluate(`location.hash = '#/devices'`);
      await desk.waitForSelector('.unsent');
      const input = desk.locator('.unsent input[type=file]');
      const bytes = await readFile(path);
      const upload = (buffer: Buffer) =>
        input.setInputFiles({ name: 'por-enviar.ndjson', mimeType: 'application/x-ndjson', buffer });
      // One that was cut on its way is not taken in.
      await upload(bytes.subarray(0, bytes.length - 200));
      await desk.waitForSelector(
        '.unsent .problem:has-text("El archivo está cortado o fue alterado. No se recibió nada")',
      );
      await upload(Buffer.from('no es un archivo de un teléfono'));
      await desk.waitForSelector('.unsent .problem:has-text("Ese archivo no es de un teléfono")');
      await upload(bytes);
      await says(desk, 'Teléfono de Gerardo Ureña Solís, ', '.unsent');
      await says(desk, '1 acto · 1 foto · de 1 visita', '.unsent');
      await expect.poll(async () => [await fits(desk), await faults(desk)]).toEqual([true, []]);
      // The focus is on the button that takes it in.
      await desk.keyboard.press('Enter');
      await says(desk, 'Todavía no cuenta: llame a Gerardo Ureña Solís', '.unsent');
      expect((await eventsOf('u-1')).map(({ type }) => type)).not.toContain('PhotosTaken');
      await desk.keyboard.type('Lo llamé y lo confirma');
      await desk.keyboard.press('Enter');
      await desk.waitForSelector('.toast:has-text("Recibido como del proveedor.")');
      expect((await eventsOf('u-1')).map(({ type }) => type)).toContain('PhotosTaken');
      // Again, it counts nothing twice.
      await upload(bytes);
      await desk.getByRole('button', { name: 'Recibir' }).click();
      await says(desk, 'ya se había recibido y decidido', '.unsent');
      const events = await eventsOf('u-1');
      expect(events.filter(({ type }) => type === 'PhotosTaken')).toHaveLength(1);
      await desk.evaluate(`location.hash = '#/visit/u-1'`);
      await says(desk, 'Entregó un archivo del teléfono de Gerardo Ureña Solís: 1 acto de esta visita.');
      await desk.waitForSelector('.visit img');
      // Back on the network the phone hears that it is on record.
      await phones.setOffline(false);
      await phone.getByRole('button', { name: 'Enviar ahora' }).click();
      await says(phone, 'No falta nada por enviar.');
      // By itself the phone may say by now that the photographs were sent.
      const counted = (await eventsOf('u-1')).filter(({ type }) => type !== 'PhotosSubmitted');
      expect(counted).toHaveLength(events.length);
    }),
  );
});
