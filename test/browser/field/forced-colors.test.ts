import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
let field: FieldInTest;
beforeAll(async () => {
  if (noChromium === undefined) field = await startField('console');
});
afterAll(() => field?.close());

describe('a console in the colours of its user', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    inChromium(`shows which screen and which list are chosen, ${colorScheme}`, () =>
      withChromium(async (browser) => {
        const context = await browser.newContext({ forcedColors: 'active', colorScheme, ...place });
        const desk = await enterConsole(context, field.url, 'marta');
        await desk.keyboard.press('2');
        await desk.waitForSelector('[aria-pressed="true"]:has-text("Abiertas")');
        const differ = (chosen: string, other: string, property: string) =>
          desk.evaluate<boolean>(`(() => {
            const [one, another] = ['${chosen}', '${other}'].map(
              (selector) => getComputedStyle(document.querySelector(selector)).${property},
            );
            return one !== another;
          })()`);
        const pressed = (is: boolean) => `main button[aria-pressed="${is}"]`;
        await expect.poll(() => differ(pressed(true), pressed(false), 'backgroundColor')).toBe(true);
        await expect.poll(() => differ(pressed(true), pressed(false), 'color')).toBe(true);
        await desk.keyboard.press('j');
        await desk.keyboard.press('Enter');
        await desk.waitForSelector('.bar');
        await expect.poll(() => differ('.bar', '.track', 'backgroundColor')).toBe(true);
        await desk.keyboard.press('Escape');
        await desk.waitForSelector('.rows');
        const link = '.top nav a';
        await expect
          .poll(() => differ(`${link}[aria-current]`, `${link}:not([aria-current])`, 'borderBottomColor'))
          .toBe(true);
      }),
    );
  }
});
