/** The client of a visit that is played: their telephone, the link of the center, and their words on record. */
import type { Page } from 'playwright-core';
import { limits } from '../../support/limits.ts';
import { type Person, person } from './people.ts';
import { assign, openStage, place, type Stage, says } from './story.ts';

/** The stage of plays with a client: the operator and the provider are also asked by requests of their own. */
export async function openStageWithClient() {
  const stage = await openStage('client');
  const [center, provider] = await Promise.all([
    person(stage.url, 'marta', 'marta-center'),
    person(stage.url, 'gerardo', 'gerardo-door'),
  ]);
  return { stage, center, provider };
}

/** Assigns a visit whose client has a telephone. */
export async function assignWithTelephone(stage: Stage, center: Person, visitId: string): Promise<void> {
  await assign(stage, visitId);
  await center(`/visits/${visitId}/telephones`, { client: '8777-4512' });
}

/** Makes a link of the center for the client. */
export const linkTo = async (center: Person, visitId: string): Promise<string> =>
  ((await center(`/visits/${visitId}/client-link`, {})) as Readonly<{ url: string }>).url;

/** Opens an empty page on another telephone. */
export async function telephoneOfClient({ browser }: Stage): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ...place });
  const page = await context.newPage();
  page.setDefaultTimeout(limits.waitMs);
  return page;
}

/** Opens a link on a telephone of the client, whose page opens without a signal after that. */
export async function openLink(stage: Stage, url: string): Promise<Page> {
  const page = await telephoneOfClient(stage);
  await page.goto(url);
  await says(page, 'Gerardo Ureña Solís');
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  return page;
}

/** The words on facts that are on record: the fact, whether its client agrees, and whose act it is. */
export const wordsOn = async ({ marta }: Stage, visitId: string) =>
  (await marta.events(visitId)).flatMap((event) =>
    event.type === 'FactsAttested'
      ? event.data.facts.map(({ fact, agrees }) => [fact, agrees, event.data.by.role])
      : [],
  );

/** Denies the fact that the page asks about. */
export async function deny(page: Page, what = ''): Promise<void> {
  await page.getByRole('button', { name: 'No fue así' }).first().click();
  await page.fill('textarea', what);
  await page.getByRole('button', { name: 'Guardar: no fue así' }).click();
}
