import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, enterPhone } from '../../../scripts/field/field.ts';
import { until } from '../../../scripts/field/hands.ts';
import { inChromium, noChromium } from '../../support/chromium.ts';
import * as people from './people.ts';
import {
  assign,
  faults,
  minutesAgo,
  openStage,
  place,
  readNothing,
  type Stage,
  says,
  toScreen,
  toVisit,
} from './story.ts';

let stage: Stage;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  stage = await openStage();
  await readNothing(stage);
});
afterAll(() => stage?.close());

const instruct = (visitId: string, decision: string, text: string) =>
  stage.marta.record(visitId, 'GiveInstruction', { about: 'visit', decision, text });

const readsOf = async (visitId: string) => {
  const ask = await people.person(stage.url, 'silvia');
  return ((await ask(`/visits/${visitId}/reads`)) as { reads: readonly object[] }).reads;
};

const covers = (phone: Page, text: string): Promise<void> => says(phone, text, 'dialog.cover');

const isCovered = (phone: Page) => phone.locator('dialog.cover').count();

/** The width that the text of the cover needs beyond the screen. */
const overflow = (phone: Page) =>
  phone.evaluate(`(() => {
    const cover = document.querySelector('dialog.cover');
    return cover.scrollWidth - cover.clientWidth;
  })()`);

describe('an instruction that stops the provider', () => {
  inChromium('covers every screen until it is read, is read without a signal, and is sent once', async () => {
    const { phone, desk } = stage;
    await assign(stage, 'v-first');
    await assign(stage, 'v-second');
    await toScreen(stage, phone, 'visit', 'v-second');
    await phone.waitForSelector('.next');
    await instruct('v-first', 'wait', 'Espere afuera: el cliente viene en camino.');
    await covers(phone, 'El centro le pide esperar');
    await covers(phone, 'Espere afuera: el cliente viene en camino.');
    const dialog = phone.getByRole('alertdialog', { name: 'El centro le pide esperar' });
    expect(await phone.evaluate('document.activeElement.id')).toBe('told');
    expect(await dialog.count()).toBe(1);
    expect(await faults(phone)).toEqual([]);

    // What is behind it cannot be touched, by hand, key or address.
    const next = phone.locator('.next button.primary').first();
    await expect(next.click({ timeout: 500 })).rejects.toThrow();
    for (const key of ['Escape', 'Escape', 'Tab', 'Tab', 'Tab', 'Shift+Tab']) {
      await phone.keyboard.press(key);
      expect(
        await phone.evaluate(
          `document.activeElement.closest('dialog') !== null || document.activeElement === document.body`,
        ),
      ).toBe(true);
    }
    await toScreen(stage, phone, 'waiting');
    await covers(phone, 'El centro le pide esperar');

    await instruct('v-second', 'cancel', 'El cliente llamó: ya no lo necesita.');
    await covers(phone, 'Después hay otra indicación.');
    await phone.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await phone.context().setOffline(true);
    await phone.reload();
    await covers(phone, 'El centro le pide esperar');
    // Both touches of a double one are of the first instruction.
    const [first] = await phone.locator('dialog.cover .primary').elementHandles();
    await phone.getByRole('button', { name: 'Entendido' }).dblclick({ delay: 60 });
    await covers(phone, 'El centro cancela esta visita');
    expect(await first?.isVisible()).toBe(true);
    await phone.reload();
    await covers(phone, 'El centro cancela esta visita');
    expect(await isCovered(phone)).toBe(1);
    await phone.setViewportSize({ width: 320, height: 640 });
    await phone.evaluate(`document.documentElement.style.fontSize = '200%'`);
    expect(await overflow(phone)).toBe(0);
    await phone.getByRole('button', { name: 'Entendido' }).click();
    await expect.poll(() => isCovered(phone)).toBe(0);
    await phone.evaluate(`document.documentElement.style.fontSize = ''`);
    await phone.setViewportSize({ width: 360, height: 740 });
    await phone.reload();
    await until(phone, `document.querySelector('.status.offline') !== null`);
    expect(await isCovered(phone)).toBe(0);

    // What was read without a signal is on the console once there is one.
    await toVisit(stage, 'v-second');
    await desk.waitForSelector('.timeline .chip:has-text("Gerardo Ureña Solís, sin leer")');
    await phone.context().setOffline(false);
    await desk.waitForSelector('.timeline .chip.good:has-text("leída a")');
    expect(await desk.locator('.timeline .chip.good', { hasText: 'Teléfono de Gerardo Ureña Solís' }).count()).toBe(1);
    for (const visitId of ['v-first', 'v-second']) expect(await readsOf(visitId)).toHaveLength(1);
    expect(await faults(desk)).toEqual([]);
  });

  inChromium('is asked for on the console two minutes later, until it is read', async () => {
    const { browser, phone, url } = stage;
    const later = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
    // The clock of this desk is three minutes ahead: what was told now is old.
    await later.addInitScript('{ const real = Date.now; Date.now = () => real() + 180_000; }');
    const desk = await enterConsole(later, url, 'marta');
    await assign(stage, 'v-warned');
    await toScreen(stage, phone, 'visit', 'v-warned');
    await phone.waitForSelector('.next');
    await phone.context().setOffline(true);
    await instruct('v-warned', 'wait', 'Espere afuera.');
    await desk.goto(`${url}/console/#/visit/v-warned`);
    await says(desk, 'No le ha llegado al teléfono: «Dar una instrucción»', '.unseen');
    await phone.context().setOffline(false);
    // The phone has it, nobody has read it.
    await covers(phone, 'Espere afuera.');
    await says(desk, 'no consta que la leyera: «Dar una instrucción»', '.unseen');
    await desk.waitForSelector('.timeline .chip:has-text("en el teléfono de Gerardo Ureña Solís, sin leer")');
    await phone.getByRole('button', { name: 'Entendido' }).click();
    await desk.waitForSelector('.timeline .chip.good:has-text("leída a")');
    await until(desk, `document.querySelector('.unseen') === null`);
  });

  inChromium('is also that the visit is another person’s; the next one reads nothing of it', async () => {
    const { phone, desk, marta } = stage;
    await assign(stage, 'v-taken');
    await toScreen(stage, phone, 'visit', 'v-taken');
    await phone.waitForSelector('.next');
    await instruct('v-taken', 'reassign', 'Va otra persona.');
    const provider = { id: 'prov-022', name: 'Lucía Mora Vargas' };
    await marta.record('v-taken', 'ReassignProvider', { provider, arriveBy: minutesAgo(-60) });
    await covers(phone, 'El centro le va a dar esta visita a otra persona');
    await phone.getByRole('button', { name: 'Entendido' }).click();
    await covers(phone, 'El centro le dio esta visita a otra persona');
    await phone.getByRole('button', { name: 'Entendido' }).click();
    await toVisit(stage, 'v-taken');
    await expect.poll(() => desk.locator('.timeline .chip.good', { hasText: 'Teléfono de Gerardo' }).count()).toBe(2);
    const other = await enterPhone(await stage.browser.newContext(place), stage.url, 'lucia');
    await other.goto(`${stage.url}/phone/#/visit/v-taken`);
    await other.waitForSelector('.next');
    expect(await isCovered(other)).toBe(0);
  });
});
