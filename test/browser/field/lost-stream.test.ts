/** A console whose stream was lost in ways that the browser does not repair by itself. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { assign, type Person, person } from './people.ts';
import { place } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
let operator: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('console');
  operator = await person(server.url, 'marta');
});
afterAll(() => server?.close());

type Answer = Readonly<{ status: number; body: string }>;

const hello = 'retry: 10\nid: boot.0\nevent: hello\ndata: {}\n\n';

/** A console whose clock is moved by hand, and whose stream is answered by `answers`, one after the other; then by the server. */
async function consoleWith(context: BrowserContext, ...answers: readonly (Answer | Promise<Answer>)[]) {
  await context.clock.install({ time: Date.now() });
  const left = [...answers];
  let asked = 0;
  await context.route('**/api/stream', async (route) => {
    asked += 1;
    const answer = await left.shift();
    return answer === undefined ? route.continue() : route.fulfill({ contentType: 'text/event-stream', ...answer });
  });
  const desk = await enterConsole(context, server.url, 'marta');
  await desk.keyboard.press('2');
  return { desk, asked: () => asked };
}

const lists = (desk: Page, visitId: string) =>
  until(desk, `document.querySelector('main')?.innerHTML.includes('#/visit/${visitId}') === true`);

describe('a stream that was lost', () => {
  inChromium('is opened again after a gateway refused it, and the board has what happened meanwhile', () =>
    withChromium(async (browser) => {
      await assign(operator, 'l-before');
      let refuse = (_: Answer) => {};
      const refused = new Promise<Answer>((resolve) => {
        refuse = resolve;
      });
      const { desk } = await consoleWith(await browser.newContext(place), { status: 200, body: hello }, refused);
      await lists(desk, 'l-before');
      refuse({ status: 502, body: '' });
      await desk.getByText('Sin conexión. Esto es lo último que se recibió').waitFor();
      await assign(operator, 'l-meanwhile');
      await desk.clock.fastForward(6_000);
      await lists(desk, 'l-meanwhile');
      await desk.getByText('Sin conexión').waitFor({ state: 'detached' });
    }),
  );

  inChromium('is opened again when the server says nothing any more', () =>
    withChromium(async (browser) => {
      const { desk, asked } = await consoleWith(await browser.newContext(place));
      await lists(desk, 'l-before');
      await desk.clock.fastForward(40_000);
      expect(asked()).toBe(1);
      const [again] = await Promise.all([desk.waitForRequest('**/api/rows'), desk.clock.fastForward(6_000)]);
      expect([asked(), again.method()]).toEqual([2, 'GET']);
    }),
  );

  inChromium('is opened again when the browser connects by itself, and nobody answers', () =>
    withChromium(async (browser) => {
      await assign(operator, 'l-hangs');
      const silent = new Promise<Answer>(() => {});
      const { desk, asked } = await consoleWith(await browser.newContext(place), { status: 200, body: hello }, silent);
      await lists(desk, 'l-hangs');
      await expect.poll(asked).toBe(2);
      await desk.clock.fastForward(46_000);
      await expect.poll(asked).toBe(3);
    }),
  );
});
