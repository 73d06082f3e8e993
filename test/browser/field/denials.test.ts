/** A denial of the client, as the center sees it and takes it up, and one that the client takes back. */
import { dossier } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole } from '../../../scripts/field/field.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { assignWithTelephone, deny, linkTo, openLink, wordsOn } from './clients.ts';
import { type Person, person } from './people.ts';
import * as story from './story.ts';
import { openStage, place, type Stage, says } from './story.ts';

let stage: Stage;
let center: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  stage = await openStage('client');
  center = await person(stage.url, 'marta', 'marta-center');
});
afterAll(() => stage?.close());

/** A visit whose client denies the arrival; answers the client's page. */
async function denied(visitId: string): Promise<Page> {
  await assignWithTelephone(stage, center, visitId);
  const page = await openLink(stage, await linkTo(center, visitId));
  await stage.gerardo.record(visitId, 'RecordArrival');
  await says(page, 'Llegó la persona que hace el trabajo.');
  await deny(page, 'Estuve en la casa y no llegó nadie');
  await says(page, 'Todo lo que dijo llegó al centro', '.status');
  return page;
}

const owed = async (visitId: string) => (await story.logOf(stage, visitId)).debts;

describe('a denial of the client', () => {
  inChromium('waits on the board, and the operator takes it up by an instruction about it', async () => {
    await denied('dn-1');
    const { desk, phone } = stage;
    expect(await owed('dn-1')).toEqual(['take-up-escalation']);
    await desk.goto(`${stage.url}/console/#/`);
    await says(desk, 'Atienda lo que se escaló');
    await story.toVisit(stage, 'dn-1');
    await says(desk, 'El cliente niega la llegada del proveedor', '.columns section:first-child');
    await says(desk, 'Estuve en la casa y no llegó nadie', '.columns section:first-child');
    await desk.locator('.act-list .primary').click();
    expect(
      await desk
        .getByRole('group', { name: /Sobre qué/ })
        .locator('input:checked')
        .inputValue(),
    ).toBe('escalation');
    await story.answer(desk, '¿Qué se decide?', 'Proceder');
    await desk.locator('.act textarea').first().fill('Llame al cliente desde la puerta: dice que no lo ha visto.');
    await story.recordAct(desk);
    await expect.poll(() => owed('dn-1')).toEqual([]);
    await story.toScreen(stage, phone, 'visit', 'dn-1');
    await says(phone, 'Llame al cliente desde la puerta');
  });

  inChromium(
    'heads what the payer reads, with what the client says of it, until the client takes it back',
    async () => {
      const page = await denied('dn-2');
      const payer = await enterConsole(await stage.browser.newContext(place), stage.url, 'pablo');
      await payer.goto(`${stage.url}/console/#/visit/dn-2`);
      await says(payer, 'Estuve en la casa y no llegó nadie', '.columns section:first-child');
      await says(payer, 'El cliente lo niega');
      const report = await payer.context().newPage();
      await report.goto(`${stage.url}/api/visits/dn-2/report?locale=es-CR`);
      expect(await report.locator('.cd').textContent()).toContain('Estuve en la casa y no llegó nadie');

      await page
        .getByRole('link', { name: 'Ver y contestar todo' })
        .or(page.getByRole('link', { name: 'Lo que ha pasado' }))
        .click();
      await page.getByRole('button', { name: 'Cambiar mi respuesta' }).click();
      await page.getByRole('button', { name: 'Sí, así fue' }).click();
      await expect
        .poll(() => wordsOn(stage, 'dn-2'))
        .toEqual([
          ['arrival', false, 'client'],
          ['arrival', true, 'client'],
        ]);
      await payer.reload();
      const chips = payer.getByRole('heading', { name: 'De quién es la palabra' }).locator('+ ul li .chip');
      await expect.poll(() => chips.allTextContents()).toEqual(['Ambos']);
      await story.saysNot(payer, 'El cliente niega');
      await report.reload();
      expect(await report.locator('.cd').count()).toBe(0);
      expect(dossier(await stage.marta.events('dn-2'))).toMatchObject({ denials: [], facts: [{ word: 'both' }] });
      // The center has still to answer for it: taking it back discharges nothing.
      expect(await owed('dn-2')).toEqual(['take-up-escalation']);
    },
  );
});
