import { afterAll, beforeAll, describe, expect } from 'vitest';
import { doNext, nextAct } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import * as story from './story.ts';
import { type Stage, says } from './story.ts';

let stage: Stage;

beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
});
afterAll(() => stage?.close());

/** Rejects what the client has brought, by the quantity. */
async function reject(): Promise<void> {
  const { phone } = stage;
  await story.cannot(phone, 'Los materiales no sirven');
  await story.write(phone, 'Material', 'sifón');
  await story.answer(phone, '¿En qué no coincide?', 'Cantidad');
  await story.save(phone);
}

/** Records what the client has brought. */
async function supply(quantity: string): Promise<void> {
  const { phone } = stage;
  await expect.poll(() => nextAct(phone)).toBe('Registrar la entrega de materiales');
  await phone.waitForSelector('.next form');
  await story.answer(phone, '¿Quién', 'El cliente');
  await story.write(phone, 'Cantidad', quantity);
  await story.save(phone);
}

describe('the materials', () => {
  inChromium('that are too few: the provider asks for the rest, and the work may begin', async () => {
    const { phone } = stage;
    await story.openBefore(stage, 'm-few', 'SupplyMaterials');
    await supply('1');
    await says(phone, 'Faltan materiales: ', '.news');
    await reject();
    await supply('2');
    expect(await doNext(phone)).toBe('Aceptar los materiales');
    await expect.poll(() => nextAct(phone)).toBe('Mostrar las herramientas');
    await story.sendAll(stage, phone, 'm-few');
    const { clean, debts, types } = await story.logOf(stage, 'm-few');
    expect([clean, debts, types.slice(-4)]).toEqual([
      true,
      ['document-photos'],
      ['MaterialsSupplied', 'MaterialsRejected', 'MaterialsSupplied', 'MaterialsAccepted'],
    ]);
  });

  inChromium('that the client does not want to change: the center settles it with the client', async () => {
    const { phone, desk } = stage;
    await story.openBefore(stage, 'm-dispute', 'AcceptMaterials');
    await reject();
    await story.cannot(phone, 'El cliente no quiere cambiar los materiales');
    await phone.getByRole('link', { name: 'Llamar ahora' }).click();
    await story.save(phone);
    await says(phone, 'Usted reportó el desacuerdo. Espere');
    await story.sendAll(stage, phone, 'm-dispute');

    await desk.goto(`${stage.url}/console/#/`);
    const row = desk.locator('.rows li', { hasText: 'Coordine los materiales con el cliente' });
    await expect.poll(() => row.locator('.call').getAttribute('aria-label')).toBe('Llamar a Zaida Rojas Mora');
    await story.toVisit(stage, 'm-dispute');
    await says(desk, 'Coordine los materiales con el cliente', '.debts');
    await story.choose(desk, 'Coordinar los materiales');
    await story.answer(desk, '¿En qué se quedó', 'El cliente los entregará');
    await story.recordAct(desk);
    await says(phone, 'El cliente los entregará');
    await supply('2');
    expect(await doNext(phone)).toBe('Aceptar los materiales');
    await story.sendAll(stage, phone, 'm-dispute');
    const { clean, debts, types } = await story.logOf(stage, 'm-dispute');
    expect([clean, debts, types.slice(-5)]).toEqual([
      true,
      ['document-photos'],
      ['MaterialsRejected', 'MaterialsChangeRefused', 'MaterialsCoordinated', 'MaterialsSupplied', 'MaterialsAccepted'],
    ]);
  });

  inChromium('that turn out to be missing during the work: it waits for them, and does not count', async () => {
    const { phone } = stage;
    await story.openBefore(stage, 'm-extra', 'TestQuality');
    await story.cannot(phone, 'Faltan materiales');
    await story.write(phone, 'Material', 'cinta de teflón');
    await story.write(phone, 'Cantidad', '1');
    await story.save(phone);
    await says(phone, 'Esperando materiales');
    await phone.getByText('¿Por qué no puedo…?').click();
    await supply('1');
    expect(await doNext(phone)).toBe('Aceptar los materiales');
    await says(phone, 'Trabajando');
    await expect.poll(() => nextAct(phone)).toBe('Hacer las pruebas de calidad');
    await story.sendAll(stage, phone, 'm-extra');
    const { clean, types } = await story.logOf(stage, 'm-extra');
    expect([clean, types.slice(-3)]).toEqual([
      true,
      ['ExtraMaterialsRequested', 'MaterialsSupplied', 'MaterialsAccepted'],
    ]);
  });
});
