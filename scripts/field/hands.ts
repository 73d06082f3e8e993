/** Two hands on the phone: they do what the screen says is next, and fill in its forms. */
import type { Page } from 'playwright-core';
import { limits } from '../../test/support/limits.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A picture of one pixel, as a file to choose. */
export const picture = { name: 'foto.png', mimeType: 'image/png', buffer: png };

/** In the page: the first of each choice, now for a call, and some text in what is empty. */
const fill = `(async () => {
  const samples = [['erramienta', 'llave francesa'], ['aterial', 'silicón'], ['Unidad', 'tubo'], ['falla', 'ventana de la cocina']];
  const textFor = (label) => samples.find(([word]) => label.includes(word))?.[1] ?? 'sin novedad';
  const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  for (const rows of document.querySelectorAll('fieldset.rows')) {
    if (rows.querySelector('.row') === null) rows.querySelector('button')?.click();
  }
  await drawn();
  for (const group of document.querySelectorAll('form fieldset:not(.when)')) {
    if (group.querySelector(':scope > .choices :checked') === null) {
      group.querySelector(':scope > .choices input[type=radio]')?.click();
    }
  }
  document.querySelector('fieldset.group .moment button')?.click();
  await drawn();
  for (const input of document.querySelectorAll('form textarea, form input:not([type]):not(.other input)')) {
    if (input.value !== '') continue;
    input.value = input.inputMode === 'decimal' ? '2,5' : textFor(input.closest('.field').textContent);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await drawn();
  }
})()`;

/** Waits until an expression holds in the page. Playwright's own way would evaluate in the page, which its policy forbids. */
export async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + limits.waitMs;
  while ((await page.evaluate(expression)) !== true) {
    if (Date.now() > end) throw new Error(`never true: ${expression}`);
    await page.waitForTimeout(20);
  }
}

export const nextAct = async (page: Page): Promise<string | null> => {
  const heading = page.locator('.next h2');
  return (await heading.count()) === 0 ? null : ((await heading.textContent()) ?? '').trim();
};

/** Fills in the form on the screen: the first of each choice, now for a call, and some text in what is empty. */
export async function fillIn(page: Page): Promise<void> {
  const camera = page.locator('input[type=file]');
  if ((await camera.count()) > 0) {
    await camera.setInputFiles([picture]);
    await page.waitForSelector('figure');
  }
  await page.evaluate(fill);
}

/** Does what is next: by a touch, or in its form. Answers the act as the screen names it. */
export async function doNext(page: Page): Promise<string> {
  await page.waitForSelector('.next');
  const name = (await nextAct(page)) ?? '';
  if ((await page.locator('.next form').count()) > 0) await fillIn(page);
  await page.click('.next button.primary');
  // The next act is another, or none is left.
  await until(
    page,
    `document.querySelector('.bottom') !== null
    && document.querySelector('.next h2')?.textContent.trim() !== ${JSON.stringify(name)}`,
  );
  return name;
}

/**
 * Carries a visit out to its end, or up to and with the act `last`, as the screen says; answers the acts. `after` is awaited after each
 * of them.
 */
export async function carryOut(page: Page, after?: () => Promise<void>, last?: string): Promise<string[]> {
  const acts: string[] = [];
  while ((await nextAct(page)) !== null) {
    const act = await doNext(page);
    acts.push(act);
    await after?.();
    if (act === last) break;
  }
  return acts;
}

/** True if nothing stands out of the page to the right. */
export const fits = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
