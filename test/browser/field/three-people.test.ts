/** Client, provider and operator in three browsers of one server: a plain visit, one without a signal, and a provider who would be the client. */
import { dossier } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone } from '../../../scripts/field/field.ts';
import { carryOut } from '../../../scripts/field/hands.ts';
import { factsText } from '../../../src/cli/dossier/lists.ts';
import { createContext } from '../../../src/report/context.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { assignWithTelephone, linkTo, openLink, openStageWithClient, telephoneOfClient, wordsOn } from './clients.ts';
import { type Person, record } from './people.ts';
import * as story from './story.ts';
import { place, type Stage, says } from './story.ts';

let stage: Stage;
let center: Person;
let provider: Person;
beforeAll(async () => {
  if (noChromium === undefined) ({ stage, center, provider } = await openStageWithClient());
});
afterAll(() => stage?.close());

/** Carries a visit out on the phone of the provider, and sends it. */
async function carriedOut(visitId: string): Promise<void> {
  const { phone } = stage;
  await story.toScreen(stage, phone, 'visit', visitId);
  expect(await carryOut(phone)).toContain('Concluir la visita');
  await story.sendAll(stage, phone, visitId);
}

/** Answers on the client's page that all open facts were so, and waits until the center has it. */
async function saysYesToAll(page: Page): Promise<void> {
  await page.evaluate(`location.hash = '#/facts'`);
  await says(page, 'Terminó la visita.');
  await page.getByRole('button', { name: /^Sí a las/ }).click();
  await says(page, 'Ya contestó todo. Gracias.');
  await says(page, 'Todo lo que dijo llegó al centro', '.status');
}

const wordsInDossier = async (visitId: string) =>
  dossier(await stage.marta.events(visitId)).facts.map(({ fact, word }) => [fact, word]);

describe('a visit of three people', () => {
  inChromium(
    'is told by both from the arrival to the end: console, report and payment sheet say that it is the word of both',
    async () => {
      await assignWithTelephone(stage, center, 'tp-1');
      const { desk } = stage;
      await story.toVisit(stage, 'tp-1');
      await desk.getByRole('button', { name: 'Enlace para el cliente' }).click();
      const page = await openLink(
        stage,
        await desk.getByRole('textbox', { name: 'Enlace para el cliente' }).inputValue(),
      );
      await says(page, 'Quién viene');
      await carriedOut('tp-1');
      const alone = await wordsInDossier('tp-1');
      expect(alone.length).toBeGreaterThan(9);
      expect(new Set(alone.map(([, word]) => word))).toEqual(new Set(['provider']));
      await saysYesToAll(page);
      const words = await wordsOn(stage, 'tp-1');
      expect(words.map(([, agrees, role]) => [agrees, role])).toEqual(alone.map(() => [true, 'client']));
      expect(await wordsInDossier('tp-1')).toEqual(alone.map(([fact]) => [fact, 'both']));

      const payer = await enterConsole(await stage.browser.newContext(place), stage.url, 'pablo');
      await payer.goto(`${stage.url}/console/#/visit/tp-1`);
      await says(payer, 'firmada en su teléfono');
      const chips = payer.getByRole('heading', { name: 'De quién es la palabra' }).locator('+ ul li .chip');
      expect(await chips.allTextContents()).toEqual(alone.map(() => 'Ambos'));
      const report = await payer.context().newPage();
      await report.goto(`${stage.url}/api/visits/tp-1/report?locale=es-CR`);
      const table = report.getByRole('table').filter({ hasText: 'De quién es la palabra' });
      expect(await table.locator('td[data-l="De quién es la palabra"]').allTextContents()).toEqual(
        alone.map(() => 'Ambos'),
      );
      const sheet = factsText(dossier(await stage.marta.events('tp-1')), createContext({ locale: 'es-CR' }));
      expect(sheet).toEqual([expect.stringMatching(/^Ambos: .*llegada.*/)]);
    },
  );

  inChromium(
    'has the word of a client who had no signal from the arrival to the end when they have one again',
    async () => {
      await assignWithTelephone(stage, center, 'tp-2');
      const page = await openLink(stage, await linkTo(center, 'tp-2'));
      await stage.gerardo.record('tp-2', 'RecordArrival');
      await says(page, 'Llegó la persona que hace el trabajo.');
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Sí, así fue' }).click();
      await says(page, 'Hay 1 respuesta por enviar', '.status');
      await carriedOut('tp-2');
      expect(await wordsOn(stage, 'tp-2')).toEqual([]);
      await page.reload();
      await says(page, 'Hay 1 respuesta por enviar', '.status');
      await page.context().setOffline(false);
      await saysYesToAll(page);
      expect((await wordsOn(stage, 'tp-2'))[0]).toEqual(['arrival', true, 'client']);
      expect(new Set((await wordsInDossier('tp-2')).map(([, word]) => word))).toEqual(new Set(['both']));
    },
  );
});

describe('a provider who would be the client', () => {
  inChromium('says no yes in the name of the client: neither by command nor by what a phone sends later', async () => {
    await assignWithTelephone(stage, center, 'tp-3');
    await stage.gerardo.record('tp-3', 'RecordArrival');
    const [, arrived] = await stage.marta.events('tp-3');
    const at = arrived?.data.at ?? '';
    const yes = { at, facts: [{ fact: 'arrival', recorded: at, agrees: true }] };
    await expect(record(provider, 'tp-3', 'AttestFacts', yes)).rejects.toThrow(/403 .*"rule":"role","clause":"0-02"/);
    const command = {
      type: 'AttestFacts',
      data: { visitId: 'tp-3', ...yes },
      metadata: { actor: { role: 'client', id: 'client-x' }, commandId: 'tp-3-yes' },
    };
    const batch = { device: 'gerardo-door', basedOn: 2, commands: [command] };
    await expect(provider('/visits/tp-3/sync', batch)).rejects.toThrow(/4\d\d/);
    expect(await wordsOn(stage, 'tp-3')).toEqual([]);
  });

  inChromium(
    'opens nothing of the page with the session of the phone, and nothing by the address of the QR',
    async () => {
      await assignWithTelephone(stage, center, 'tp-4');
      const secret = new URL(await linkTo(center, 'tp-4')).hash.slice(1);
      const context = await stage.browser.newContext({ viewport: { width: 390, height: 844 }, ...place });
      const phone = await enterPhone(context, stage.url, 'gerardo');
      const page = await context.newPage();
      await page.goto(`${stage.url}/client/`);
      await says(page, 'Abra el enlace que el centro le mandó por mensaje.');
      const asked = (path: string, init = '{}') =>
        page.evaluate<string>(
          `fetch('/api/client${path}', ${init}).then(async (reply) => reply.status + ' ' + (await reply.json()).code)`,
        );
      for (const path of ['/session', '/visit', '/stream']) expect(await asked(path)).toBe('401 unauthenticated');
      const post = (body: object) =>
        `{ method: 'POST', headers: { 'x-field': '1', 'content-type': 'application/json' }, body: '${JSON.stringify(body)}' }`;
      expect(await asked('/sync', post({ basedOn: 1, commands: [] }))).toBe('401 unauthenticated');
      const doorId = secret.slice(0, 12);
      expect(await asked('/session', post({ secret: doorId, device: 'gerardo-1' }))).toBe('401 wrong-link');
      await page.goto(`${stage.url}/client/?v=${doorId}`);
      await says(page, 'No se lo pida a quien le visita.');
      await page.getByRole('button', { name: 'Entrar' }).click();
      await says(page, 'Son seis números.');
      await page.goto('about:blank');
      await page.goto(`${stage.url}/client/#${doorId}`);
      await says(page, 'Este enlace no sirve.');
      await phone.close();
      // Nobody used the link up: it opens on the telephone to which it was sent.
      const client = await telephoneOfClient(stage);
      await client.goto(`${stage.url}/client/#${secret}`);
      await says(client, 'Gerardo Ureña Solís');
    },
  );
});
