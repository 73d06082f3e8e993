import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterPhone } from '../../../scripts/field/field.ts';
import { doNext, nextAct, until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import {
  answer,
  assign,
  cannot,
  choose,
  logOf,
  minutesAgo,
  openStage,
  place,
  recordAct,
  type Stage,
  save,
  says,
  saysNot,
  sendAll,
  toScreen,
  toVisit,
  write,
} from './story.ts';

let stage: Stage;

beforeAll(async () => {
  if (noChromium === undefined) stage = await openStage();
});
afterAll(() => stage?.close());

/** Opens a new visit on the phone and, under *No se puede…*, the form for what happened on the way. */
async function onTheWay(visitId: string): Promise<void> {
  const { phone } = stage;
  await assign(stage, visitId);
  await toScreen(stage, phone, 'visit', visitId);
  await phone.waitForSelector('.next');
  await cannot(phone, 'Reportar un inconveniente de traslado');
}

/** Gives the visit on the console to Lucía, whose name comes with the choice. */
async function takeOver(): Promise<void> {
  const { desk } = stage;
  await choose(desk, 'Reasignar la visita');
  await desk.locator('.act select').selectOption({ label: 'Lucía Mora Vargas' });
  await expect.poll(() => desk.getByLabel('Nombre completo').inputValue()).toBe('Lucía Mora Vargas');
  // A time that is to come is never now; one that has passed is asked for again.
  const limit = desk.locator('.act .field', { hasText: 'Nueva hora límite' });
  await expect.poll(() => limit.getByRole('button').count()).toBe(0);
  await limit.locator('input[type=date]').fill('2026-03-17');
  await limit.locator('input[type=time]').fill('08:00');
  await desk.locator('.act form button[type=submit]').click();
  await limit.getByText('Esa hora ya pasó.').waitFor();
  await limit.locator('input[type=date]').fill(minutesAgo(-24 * 60).slice(0, 10));
  await recordAct(desk);
  // The number beside the provider is that of the new one.
  await desk.waitForSelector('.facts a[href="tel:8888-0022"]');
}

describe('what happens on the way, on the phone and on the console', () => {
  inChromium('a delay: the client is told, at the second try, and the provider arrives', async () => {
    const { phone, desk } = stage;
    await onTheWay('t-delay');
    await expect
      .poll(() => phone.getByRole('link', { name: 'Llamar al centro' }).getAttribute('href'))
      .toMatch(/^tel:/);
    await answer(phone, '¿Qué pasó en el camino?', 'Atraso');
    await save(phone);
    await expect.poll(() => nextAct(phone)).toBe('Registrar la llegada');
    await sendAll(stage, phone, 't-delay');

    await toVisit(stage, 't-delay');
    await says(desk, 'Avise al cliente del atraso', '.debts');
    await choose(desk, 'Acusar recibo del aviso');
    await recordAct(desk);
    await choose(desk, 'Avisarle al cliente');
    await answer(desk, '¿Se pudo hablar con el cliente?', 'No');
    await recordAct(desk);
    await says(desk, 'Avise al cliente del atraso', '.debts');
    await choose(desk, 'Avisarle al cliente');
    await answer(desk, '¿Se pudo hablar con el cliente?', 'Sí');
    await recordAct(desk);
    await says(desk, 'No hay pendientes.');

    expect(await doNext(phone)).toBe('Registrar la llegada');
    await expect.poll(() => nextAct(phone)).toBe('Mostrar el carné');
    await sendAll(stage, phone, 't-delay');
    const { types, clean, debts } = await logOf(stage, 't-delay');
    expect(types.slice(1)).toEqual([
      'TransitIssueReported',
      'TransitIssueAcknowledged',
      'ClientNotified',
      'ClientNotified',
      'ProviderArrived',
    ]);
    expect([clean, debts]).toEqual([true, []]);
  });

  inChromium('a breakdown that the provider repairs: the client is told only if the hour passes', async () => {
    const { phone, desk } = stage;
    await onTheWay('t-repaired');
    await answer(phone, '¿Qué pasó en el camino?', 'Avería');
    await answer(phone, '¿Lo puede resolver usted ahí mismo?', 'Sí');
    await answer(phone, '¿Se va a pasar del tiempo de respuesta?', 'No');
    await save(phone);
    await sendAll(stage, phone, 't-repaired');
    await toVisit(stage, 't-repaired');
    await says(desk, 'Reportar un inconveniente', '.timeline');
    await says(desk, 'No hay pendientes.');

    await cannot(phone, 'Reportar un inconveniente de traslado');
    await answer(phone, '¿Qué pasó en el camino?', 'Avería');
    await answer(phone, '¿Lo puede resolver usted ahí mismo?', 'Sí');
    await answer(phone, '¿Se va a pasar del tiempo de respuesta?', 'Sí');
    await save(phone);
    await sendAll(stage, phone, 't-repaired');
    await says(desk, 'Avise al cliente del atraso', '.debts');
    await expect.poll(() => nextAct(phone)).toBe('Registrar la llegada');
    const { clean, debts } = await logOf(stage, 't-repaired');
    expect([clean, debts]).toEqual([true, ['notify-delay']]);
  });

  inChromium('something else: it has to be said in words', async () => {
    const { phone } = stage;
    await onTheWay('t-other');
    await answer(phone, '¿Qué pasó en el camino?', 'Otro inconveniente');
    await answer(phone, '¿Lo puede resolver usted ahí mismo?', 'Sí');
    await answer(phone, '¿Se va a pasar del tiempo de respuesta?', 'No');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await until(phone, `document.activeElement.matches('textarea[aria-invalid=true]')`);
    expect(await phone.locator('.problem').allTextContents()).toContain('Falta este dato.');
    await write(phone, 'Cuente qué pasó', 'Cerraron la ruta 32; voy por Vara Blanca.');
    await save(phone);
    await sendAll(stage, phone, 't-other');
    const { events, clean } = await logOf(stage, 't-other');
    expect([events.at(-1)?.data, clean]).toMatchObject([
      { issue: 'other', detail: expect.stringContaining('Vara Blanca') },
      true,
    ]);
  });

  inChromium('a breakdown that cannot be repaired: the center gives the visit to another provider', async () => {
    const { phone, desk, browser, url } = stage;
    await onTheWay('t-taken-over');
    await answer(phone, '¿Qué pasó en el camino?', 'Avería');
    await answer(phone, '¿Lo puede resolver usted ahí mismo?', 'No');
    await save(phone);
    await says(phone, 'El centro busca a otro proveedor');
    await expect.poll(() => phone.locator('.next').count()).toBe(0);
    await sendAll(stage, phone, 't-taken-over');

    await toVisit(stage, 't-taken-over');
    await says(desk, 'Asigne a otro proveedor', '.debts');
    await takeOver();
    await says(desk, 'Avise al cliente del cambio', '.debts');
    await choose(desk, 'Avisarle al cliente');
    await answer(desk, '¿Se pudo hablar con el cliente?', 'Sí');
    await recordAct(desk);
    await says(phone, 'Esta visita ya la lleva otra persona.');

    const other = await enterPhone(
      await browser.newContext({ viewport: { width: 320, height: 640 }, ...place }),
      url,
      'lucia',
    );
    await toScreen(stage, other, 'visit', 't-taken-over');
    await other.waitForSelector('.next');
    expect(await doNext(other)).toBe('Registrar la llegada');
    await sendAll(stage, other, 't-taken-over');
    const { types, clean, debts } = await logOf(stage, 't-taken-over');
    expect(types.slice(1)).toEqual(['TransitIssueReported', 'ProviderReassigned', 'ClientNotified', 'ProviderArrived']);
    expect([clean, debts]).toEqual([true, []]);
  });

  inChromium('a breakdown that was repaired after all: the center lets the provider go on', async () => {
    const { phone, desk } = stage;
    await onTheWay('t-goes-on');
    await answer(phone, '¿Qué pasó en el camino?', 'Avería');
    await answer(phone, '¿Lo puede resolver usted ahí mismo?', 'No');
    await save(phone);
    await sendAll(stage, phone, 't-goes-on');
    await phone.getByText('¿Por qué no puedo…?').click();
    await says(phone, 'La visita espera a otro proveedor; espere las indicaciones del Centro de Contacto.', '.why');

    await toVisit(stage, 't-goes-on');
    await choose(desk, 'Dar una instrucción');
    await answer(desk, '¿Sobre qué es?', 'La visita');
    await answer(desk, '¿Qué se decide?', 'Proceder');
    await desk.locator('.act textarea').first().fill('Ya puede seguir: vaya a la visita.');
    await recordAct(desk);
    await says(desk, 'No hay pendientes.');
    await phone.waitForSelector('.next');
    await saysNot(phone, 'El centro busca a otro proveedor');
    await says(phone, 'Ya puede seguir: vaya a la visita.');
    expect(await doNext(phone)).toBe('Registrar la llegada');
    await sendAll(stage, phone, 't-goes-on');
    const { clean, debts } = await logOf(stage, 't-goes-on');
    expect([clean, debts]).toEqual([true, []]);
  });

  inChromium('a delay that is told by voice, and by the phone once it has a signal: one fact', async () => {
    const { phone, desk } = stage;
    await onTheWay('t-voice');
    await phone.context().setOffline(true);
    await answer(phone, '¿Qué pasó en el camino?', 'Atraso');
    await save(phone);
    await toVisit(stage, 't-voice');
    await choose(desk, 'Reportar un inconveniente de traslado');
    await answer(desk, '¿Qué pasó en el camino?', 'Atraso');
    await recordAct(desk);
    await phone.context().setOffline(false);
    await sendAll(stage, phone, 't-voice');
    await expect.poll(() => nextAct(phone)).toBe('Registrar la llegada');
    await saysNot(phone, 'El centro está revisando');
    const { types, clean, debts } = await logOf(stage, 't-voice');
    expect(types.slice(1)).toEqual(['TransitIssueReported', 'DiscrepancyReported']);
    expect([clean, debts]).toEqual([true, ['notify-delay']]);
  });

  inChromium('nothing that was told, and a late arrival: it can be told no more, and stays on record', async () => {
    const { phone } = stage;
    await assign(stage, 't-late', { arriveBy: minutesAgo(20) });
    await toScreen(stage, phone, 'visit', 't-late');
    expect(await doNext(phone)).toBe('Registrar la llegada');
    await phone.getByRole('link', { name: 'No se puede…' }).click();
    await says(phone, 'El cliente no está, o se fue');
    await saysNot(phone, 'Hay un problema en el camino');
    await sendAll(stage, phone, 't-late');
    const { clean, findings } = await logOf(stage, 't-late');
    expect(clean).toBe(true);
    expect(findings.map(({ clause }) => clause)).toContain('2.2-09');
  });

  inChromium(
    'nothing at all, and the center gives the visit to another provider, of which the client is told first',
    async () => {
      const { phone, desk } = stage;
      await assign(stage, 't-instructed');
      await toScreen(stage, phone, 'visit', 't-instructed');
      await toVisit(stage, 't-instructed');
      await choose(desk, 'Dar una instrucción');
      await answer(desk, '¿Sobre qué es?', 'La visita');
      await answer(desk, '¿Qué se decide?', 'Reasignar');
      await desk.locator('.act textarea').first().fill('Lucía está más cerca; no vaya.');
      await recordAct(desk);
      await says(phone, 'Lucía está más cerca; no vaya.', 'dialog.cover');
      await says(phone, 'Lucía está más cerca; no vaya.');
      await says(phone, 'El centro busca a otro proveedor');
      await expect.poll(() => nextAct(phone)).toBe(null);
      await choose(desk, 'Avisarle al cliente');
      await answer(desk, '¿De qué se le avisó?', 'El cambio de proveedor');
      await answer(desk, '¿Se pudo hablar con el cliente?', 'Sí');
      await recordAct(desk);
      await takeOver();
      await says(desk, 'No hay pendientes.');
      await says(phone, 'Esta visita ya la lleva otra persona.');
      await says(phone, 'La lleva otra persona');
      await saysNot(phone, 'Hora límite de llegada');
      const { types, clean, debts } = await logOf(stage, 't-instructed');
      expect(types.slice(1)).toEqual(['InstructionGiven', 'ClientNotified', 'ProviderReassigned']);
      expect([clean, debts]).toEqual([true, []]);
    },
  );
});
