/** The client's page against the server of the example: the link and the code of the center, a provider at the door, a denial. */
import { replay } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole } from '../../../scripts/field/field.ts';
import { picture, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { assignWithTelephone, linkTo, openStageWithClient, telephoneOfClient, wordsOn } from './clients.ts';
import { type Person, record } from './people.ts';
import { place, type Stage, says, toVisit } from './story.ts';

let stage: Stage;
let center: Person;
let provider: Person;
beforeAll(async () => {
  if (noChromium === undefined) ({ stage, center, provider } = await openStageWithClient());
});
afterAll(() => stage?.close());

const begin = (visitId: string) => assignWithTelephone(stage, center, visitId);
const linkFor = (visitId: string) => linkTo(center, visitId);
const wordOn = (visitId: string) => wordsOn(stage, visitId);

describe('the client with the link of the center', () => {
  inChromium(
    'says yes to a fact that the provider records meanwhile, and denies another, which the center has to take up',
    async () => {
      await begin('cl-1');
      const page = await telephoneOfClient(stage);
      await page.goto(await linkFor('cl-1'));
      await says(page, 'Gerardo Ureña Solís');
      await stage.gerardo.record('cl-1', 'RecordArrival');
      await says(page, 'Llegó la persona que hace el trabajo.');
      await page.getByRole('button', { name: 'Sí, así fue' }).click();
      await says(page, 'Todo lo que dijo llegó al centro', '.status');
      const shown = { person: 'client', fullNameGiven: true, documentShown: true, documentKind: 'cedula' };
      await stage.gerardo.record('cl-1', 'ShowCredential');
      await stage.gerardo.record('cl-1', 'ValidateIdentity', shown);
      await says(page, 'Usted mostró su cédula.');
      await page.getByRole('button', { name: 'No fue así' }).click();
      await page.getByRole('button', { name: 'Guardar: no fue así' }).click();
      await expect
        .poll(() => wordOn('cl-1'))
        .toEqual([
          ['arrival', true, 'client'],
          ['identity', false, 'client'],
        ]);
      const payer = await enterConsole(await stage.browser.newContext(place), stage.url, 'pablo');
      await payer.goto(`${stage.url}/console/#/visit/cl-1`);
      await says(payer, 'firmada en su teléfono');
      const facts = payer.getByRole('heading', { name: 'De quién es la palabra' }).locator('+ ul li');
      expect(await facts.allTextContents()).toEqual([
        expect.stringMatching(/^El cliente lo niega .*firmada en su teléfono$/),
        expect.stringMatching(/^Ambos .*firmada en su teléfono$/),
      ]);
      const { debts } = replay(await stage.marta.events('cl-1'));
      expect(debts.map(({ kind }) => kind)).toContain('take-up-escalation');
    },
  );

  inChromium(
    'opens no second device by a link that was forwarded, and no session by the link of a center that revoked it',
    async () => {
      await begin('cl-2');
      const url = await linkFor('cl-2');
      const page = await telephoneOfClient(stage);
      await page.goto(url);
      await says(page, 'Gerardo Ureña Solís');
      const other = await telephoneOfClient(stage);
      await other.goto(url);
      await says(other, 'Este enlace ya se abrió en otro teléfono.');
      const replaced = await linkFor('cl-2');
      await linkFor('cl-2');
      await other.goto('about:blank');
      await other.goto(replaced);
      await says(other, 'El centro anuló este enlace.');
    },
  );

  inChromium(
    'opens by the code that the center tells, not by a wrong one; the provider, who shows the QR, gets no code and says no yes',
    async () => {
      await begin('cl-3');
      const { doors } = (await provider('/door-secrets')) as {
        doors: { visitId: string; doorId: string; secret: string }[];
      };
      const door = doors.find(({ visitId }) => visitId === 'cl-3');
      const { code } = (await center('/visits/cl-3/client-code', {})) as { code: string };
      await expect(provider('/visits/cl-3/client-code', {})).rejects.toThrow(/403/);
      const page = await telephoneOfClient(stage);
      await page.goto(`${stage.url}/client/?v=${door?.doorId}`);
      await page.fill('.digits', code === '111111' ? '222222' : '111111');
      await page.getByRole('button', { name: 'Entrar' }).click();
      await says(page, 'Ese código no es.');
      await page.fill('.digits', code);
      await page.getByRole('button', { name: 'Entrar' }).click();
      await says(page, 'Gerardo Ureña Solís');
      await stage.gerardo.record('cl-3', 'RecordArrival');
      const events = await stage.marta.events('cl-3');
      const recorded = events.find(({ type }) => type === 'ProviderArrived')?.data.at;
      const yes = { at: new Date().toISOString(), facts: [{ fact: 'arrival', recorded, agrees: true }] };
      await expect(record(provider, 'cl-3', 'AttestFacts', yes)).rejects.toThrow(/4\d\d/);
      expect(await wordOn('cl-3')).toEqual([]);
    },
  );

  inChromium(
    'comes by the link that an operator makes on the console, which shows the session, notes the notice, and ends both',
    async () => {
      await begin('cl-4');
      const { desk } = stage;
      await toVisit(stage, 'cl-4');
      await desk.getByRole('button', { name: 'Enlace para el cliente' }).click();
      const url = await desk.getByRole('textbox', { name: 'Enlace para el cliente' }).inputValue();
      expect(await desk.getByRole('link', { name: 'Enviar al 8777-4512' }).getAttribute('href')).toContain(
        encodeURIComponent(url),
      );
      const page = await telephoneOfClient(stage);
      await page.goto(url);
      await says(page, 'Gerardo Ureña Solís');
      await says(desk, 'El cliente entró por el enlace a su teléfono');
      await stage.gerardo.record('cl-4', 'ReportTransitIssue', { issue: 'delay' });
      const owed = async () => replay(await stage.marta.events('cl-4')).debts.map(({ kind }) => kind);
      await desk.getByRole('button', { name: 'Avisado por el enlace: sin respuesta' }).click();
      await expect.poll(async () => (await stage.marta.events('cl-4')).at(-1)?.data).toMatchObject({ reached: false });
      expect(await owed()).toContain('notify-delay');
      await desk.getByRole('button', { name: 'Avisado por el enlace: el cliente contestó' }).click();
      await expect.poll(owed).not.toContain('notify-delay');
      await desk.getByRole('button', { name: 'Anular el enlace y cerrar sus sesiones' }).click();
      await says(desk, 'cerrada');
    },
  );

  inChromium('knows the provider by the photograph that an operator chose on the console', async () => {
    await begin('cl-5');
    const { desk } = stage;
    await toVisit(stage, 'cl-5');
    await says(desk, 'El cliente no ve ninguna foto de Gerardo Ureña Solís.');
    const chooser = desk.getByLabel('Poner otra foto (hasta 512 KB)');
    await chooser.setInputFiles({ ...picture, buffer: Buffer.from('no es una foto') });
    await says(desk, 'No es una fotografía en JPEG, PNG, WebP o HEIC', 'body');
    await chooser.setInputFiles(picture);
    const drawn = (page: Page, alt: string) =>
      until(page, `document.querySelector('img[alt="${alt}"]')?.naturalWidth === 1`);
    await drawn(desk, 'Fotografía de Gerardo Ureña Solís');
    const page = await telephoneOfClient(stage);
    await page.goto(await linkTo(center, 'cl-5'));
    await drawn(page, 'Fotografía de Gerardo Ureña Solís');
  });
});
