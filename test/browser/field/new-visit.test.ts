import { afterAll, beforeAll, expect } from 'vitest';
import { fits } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import * as story from './story.ts';
import { type Stage, says, write } from './story.ts';

let stage: Stage;

beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
});
afterAll(() => stage?.close());

inChromium('a visit is assigned on the console, with the number of its client, and comes to the phone', async () => {
  const { desk, phone, url } = stage;
  await desk.setViewportSize({ width: 320, height: 900 });
  await desk.goto(`${url}/console/#/visits`);
  await desk.getByRole('link', { name: 'Nueva visita' }).click();
  await desk.getByRole('button', { name: 'Registrar' }).click();
  await says(desk, 'Falta algo por corregir.');
  await expect.poll(async () => [await fits(desk), await story.faults(desk)]).toEqual([true, []]);
  await write(desk, 'Número de expediente', 'EXP-NUEVO-1');
  await desk.getByRole('group', { name: 'Cliente' }).getByLabel('Nombre completo').fill('Zaida Rojas Mora');
  await write(desk, 'Teléfono del cliente', '8777');
  await desk
    .getByRole('group', { name: 'Proveedor' })
    .getByRole('combobox')
    .selectOption({ label: 'Gerardo Ureña Solís' });
  await write(desk, 'Servicio', 'Fontanería');
  await write(desk, 'Lugar', 'Barva, costado norte del parque');
  const arrival = desk.locator('.field', { hasText: 'Hora límite de llegada' });
  await arrival.locator('input[type=time]').fill('10:00');
  await arrival.locator('input[type=date]').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
  await desk.getByRole('button', { name: 'Registrar' }).click();
  await says(desk, 'Escriba los ocho dígitos del teléfono');
  await write(desk, 'Teléfono del cliente', '8777 1111');
  await desk.getByRole('button', { name: 'Registrar' }).click();
  await desk.waitForSelector('main.visit');
  const [visitId = ''] = /[\w-]{36}/.exec(desk.url()) ?? [];
  const { events, findings } = await story.logOf(stage, visitId);
  expect(findings).toEqual([]);
  expect(events).toMatchObject([
    { type: 'VisitAssigned', data: { caseNumber: 'EXP-NUEVO-1', policyId: 'hogar-2026' } },
  ]);
  await desk.waitForSelector('a[href="tel:8777-1111"]');
  await story.toScreen(stage, phone, 'visits');
  await says(phone, 'Zaida Rojas Mora');
  await story.toScreen(stage, phone, 'visit', visitId);
  const client = phone.getByRole('link', { name: 'Llamar al cliente' });
  await expect.poll(() => client.getAttribute('href')).toBe('tel:8777-1111');
  const map = phone.getByRole('link', { name: 'Barva, costado norte del parque' });
  const href = await map.getAttribute('href');
  expect(new URL(href ?? '').searchParams.get('query')).toBe('Barva, costado norte del parque');
  expect(await map.getAttribute('rel')).toBe('noopener noreferrer');

  // Without a signal, after another start.
  await phone.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await phone.context().setOffline(true);
  await phone.reload();
  await expect.poll(() => client.getAttribute('href')).toBe('tel:8777-1111');
  await phone.context().setOffline(false);

  // One without a number, which the center notes later.
  await story.assign(stage, 'n-later');
  await story.toScreen(stage, phone, 'visit', 'n-later');
  await phone.waitForSelector('.next');
  expect(await client.count()).toBe(0);
  await story.toVisit(stage, 'n-later');
  await desk.getByLabel('Teléfono del cliente').fill('8777 2222');
  await desk.getByRole('button', { name: 'Anotar el teléfono' }).click();
  await desk.waitForSelector('a[href="tel:8777-2222"]');
  await phone.reload();
  await expect.poll(() => client.getAttribute('href')).toBe('tel:8777-2222');
});
