/** The shots that the center asks for by name, on the form of the phone that takes photographs. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { fits, picture } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import { logOf, openBefore, openStage, type Stage, save, sendAll, toScreen } from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium === undefined) stage = await openStage();
});
afterAll(() => stage?.close());

const namesIn = (phone: Page) => phone.locator('figure').first().locator('.choice').allTextContents();

async function take(phone: Page): Promise<void> {
  await phone.locator('input[type=file]').setInputFiles([picture]);
  await phone.waitForSelector('figure');
}

describe('the shots that the center asks for', () => {
  inChromium('are listed on the form, those missing first, and the name of a photograph is chosen', async () => {
    const { phone } = stage;
    await openBefore(stage, 'b-shots', 'TakePhotos', [], { requiredShots: ['panel', 'medidor'] });
    await toScreen(stage, phone, 'act', 'b-shots', 'TakePhotos');
    const missing = phone.locator('form .missing');
    await expect.poll(() => missing.textContent()).toBe('Faltan: panel, medidor');
    await take(phone);
    expect(await namesIn(phone)).toEqual(['panel', 'medidor', 'antes']);
    await phone.locator('figure').getByText('medidor', { exact: true }).click();
    await expect.poll(() => missing.textContent()).toBe('Faltan: panel');
    await save(phone);

    await toScreen(stage, phone, 'act', 'b-shots', 'TakePhotos');
    await expect.poll(() => missing.textContent()).toBe('Faltan: panel');
    await take(phone);
    expect(await namesIn(phone)).toEqual(['panel', 'antes', 'medidor']);
    await phone.locator('figure').getByText('panel', { exact: true }).click();
    await expect.poll(() => missing.count()).toBe(0);
    for (const width of [320, 390]) {
      await phone.setViewportSize({ width, height: 740 });
      expect(await fits(phone)).toBe(true);
    }
    await save(phone);
    await sendAll(stage, phone, 'b-shots');
    const { events } = await logOf(stage, 'b-shots');
    const shots = events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : []));
    expect(shots.map(({ shot }) => shot)).toEqual(['medidor', 'panel']);
  });

  inChromium('are asked for no more once the work has started, and after it the name is después', async () => {
    const { phone } = stage;
    await openBefore(stage, 'b-after', 'TestQuality');
    await toScreen(stage, phone, 'act', 'b-after', 'TakePhotos');
    await take(phone);
    expect(await namesIn(phone)).toEqual(['después']);
    expect(await phone.locator('form .missing').count()).toBe(0);
  });

  inChromium('are not asked for where the center named none', async () => {
    const { phone } = stage;
    await openBefore(stage, 'b-plain', 'TakePhotos');
    await toScreen(stage, phone, 'act', 'b-plain', 'TakePhotos');
    await take(phone);
    expect(await namesIn(phone)).toEqual([]);
  });
});
