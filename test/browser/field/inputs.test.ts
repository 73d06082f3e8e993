import { afterAll, beforeAll, describe, expect } from 'vitest';
import { doNext, fits } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import * as story from './story.ts';
import { type Stage, says } from './story.ts';

let stage: Stage;

beforeAll(async () => {
  if (noChromium === undefined) stage = await story.openStage();
}, 120_000);
afterAll(() => stage?.close());

describe('what people enter', () => {
  inChromium('is no time while it is not whole, and never the one that stood there before', async () => {
    const { phone } = stage;
    await phone.setViewportSize({ width: 320, height: 640 });
    await story.assign(stage, 'f-time');
    await story.toScreen(stage, phone, 'act', 'f-time', 'RecordArrival');
    await phone.getByLabel('Fue antes, a las…').check();
    const hour = phone.locator('.when input[type=time]');
    await hour.fill('');
    await phone.getByRole('button', { name: 'Guardar' }).click();
    await says(phone, 'Ponga el día y la hora.');
    expect([await fits(phone), await story.faults(phone)]).toEqual([true, []]);
    await phone.getByLabel('Ahora').check();
    await story.save(phone);
  });

  inChromium('in several lines is a text all the same: who allowed it, how, and why it was decided', async () => {
    const { phone, desk, url } = stage;
    await story.assign(stage, 'f-lines');
    await story.toScreen(stage, phone, 'visit', 'f-lines');
    expect(await doNext(phone)).toBe('Registrar la llegada');
    await story.toScreen(stage, phone, 'act', 'f-lines', 'StartWork', 'despite');
    await phone.getByLabel('¿Quién lo autorizó?').fill("Marta D'Aquino 😀");
    await phone.getByLabel('¿Cómo y por qué?').fill('Por teléfono, 10:14.\nEl cliente tenía prisa.');
    await story.save(phone);
    await story.sendAll(stage, phone, 'f-lines');
    await desk.goto(`${url}/console/#/case/f-lines`);
    await says(desk, "Marta D'Aquino 😀: Por teléfono, 10:14. El cliente tenía prisa.");
    await desk.keyboard.press('t');
    await desk.locator('.decision textarea').fill('Lo confirma Marta.\n\nY el cliente.');
    await desk.locator('.confirm').click();
    await desk.waitForSelector('.toast:has-text("Decidido")');
    const { events } = await story.logOf(stage, 'f-lines');
    expect(events.at(-1)?.data).toMatchObject({ text: 'Lo confirma Marta. Y el cliente.' });
  });
});
