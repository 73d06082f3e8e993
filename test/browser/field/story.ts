/** People of the demo who play visits on their screens, and what the server has of them in the end. */
import type { CommandType, VisitEvent } from 'auxilio';
import { audit } from 'auxilio/core';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { policy } from '../../../examples/http/policy.ts';
import { enterConsole, enterPhone, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { until } from '../../../scripts/field/hands.ts';
import { launchChromium } from '../../support/chromium.ts';
import * as people from './people.ts';
import { minutesAgo } from './people.ts';

export { minutesAgo };

/** A person who asks the server itself, for what a story begins with and how it ends. */
export async function person(url: string, login: string) {
  const ask = await people.person(url, login, `${login}-seed`);
  return {
    record: (visitId: string, type: CommandType, data: object = {}) =>
      people.record(ask, visitId, type, { at: new Date().toISOString(), ...data }),
    async events(visitId: string) {
      return ((await ask(`/visits/${visitId}/events`)) as { events: readonly VisitEvent[] }).events;
    },
  };
}

type Person = Awaited<ReturnType<typeof person>>;

/** The server, the screens of two providers and an operator, and their seeds. */
export type Stage = Readonly<{
  browser: Browser;
  phone: Page;
  desk: Page;
  gerardo: Person;
  marta: Person;
  url: string;
  close: () => Promise<void>;
}>;

export const place = { locale: 'es-CR', timezoneId: 'America/Costa_Rica' };

/** Another application takes the calls. */
export const telephone = `addEventListener('click', (event) => {
  if (event.target.closest?.('a[href^="tel:"]')) event.preventDefault();
}, true)`;

/** Starts a server, and opens the phone of Gerardo and the console of Marta; other screens are served besides. */
export async function openStage(...others: readonly 'client'[]): Promise<Stage> {
  const field: FieldInTest = await startField('phone', 'console', ...others);
  const browser = await launchChromium();
  const { url } = field;
  const close = async () => {
    await browser.close();
    await field.close();
  };
  const phones = await browser.newContext({ viewport: { width: 360, height: 740 }, ...place });
  const desks = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
  for (const context of [phones, desks]) await context.addInitScript(telephone);
  const [phone, desk] = await Promise.all([enterPhone(phones, url, 'gerardo'), enterConsole(desks, url, 'marta')]);
  await readAnyway(phone);
  const [gerardo, marta] = await Promise.all([person(url, 'gerardo'), person(url, 'marta')]);
  return { browser, phone, desk, gerardo, marta, url, close };
}

/** Assigns a visit to Gerardo. */
export const assign = ({ marta }: Stage, visitId: string, more: object = {}) =>
  marta.record(visitId, 'AssignVisit', {
    at: minutesAgo(120),
    caseNumber: `EXP-${visitId}`,
    client: { name: 'Zaida Rojas Mora', title: 'doña' },
    provider: { id: 'prov-014', name: 'Gerardo Ureña Solís' },
    service: 'Fontanería',
    place: 'Barva, costado norte del parque',
    arriveBy: minutesAgo(-60),
    policyId: policy.id,
    ...more,
  });

/** Waits until a part of the screen says something. */
export const says = (page: Page, text: string, selector = 'main'): Promise<void> =>
  until(page, `document.querySelector(${JSON.stringify(selector)})?.textContent.includes(${JSON.stringify(text)})`);

/** The button by which an instruction that covers the phone is read. */
const readButton = (phone: Page) => phone.locator('dialog.cover .primary');

/** Reads each instruction that comes in the way of a touch. */
export const readAnyway = (phone: Page) =>
  phone.addLocatorHandler(readButton(phone), (button) => button.click(), { noWaitAfter: true });

/** Leaves the instructions that cover the phone to the test. */
export const readNothing = ({ phone }: Stage) => phone.removeLocatorHandler(readButton(phone));

/** Waits until no part of the screen says it. */
export const saysNot = (page: Page, text: string): Promise<void> =>
  until(
    page,
    `document.querySelector('main') !== null && !document.body.textContent.includes(${JSON.stringify(text)})`,
  );

/** Opens a screen of the phone. */
export const toScreen = ({ url }: Stage, phone: Page, ...parts: readonly string[]) =>
  phone.goto(`${url}/phone/#/${parts.join('/')}`);

/** Opens a visit on the console. */
export async function toVisit({ url, desk }: Stage, visitId: string): Promise<void> {
  await desk.goto(`${url}/console/#/visit/${visitId}`);
  await desk.waitForSelector('main.visit');
}

/** The type of the field that has the focus in the task after a key. */
export const focusAfter = (page: Page, key: string) =>
  page.evaluate(`new Promise((done) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ${JSON.stringify(key)}, bubbles: true }));
    setTimeout(() => done(document.activeElement.type));
  })`);

/** Answers a question of a form by one of its choices. */
export const answer = (page: Page, question: string, choice: string) =>
  page.getByRole('group', { name: question }).getByText(choice, { exact: true }).click();

/** Fills in a field of a form. */
export const write = (page: Page, label: string, text: string) =>
  page.getByLabel(new RegExp(`^${label.replace(/[?]/g, '\\$&')}( \\*)?$`)).fill(text);

/** Saves the form of the phone, which leaves the screen when its act is durable. */
export async function save(phone: Page): Promise<void> {
  const form = await phone.waitForSelector('form');
  await phone.getByRole('button', { name: 'Guardar' }).click();
  await form.waitForElementState('hidden');
  await phone.waitForSelector('nav.bottom');
}

/** Opens the form of an act under *No se puede…*. */
export async function cannot(phone: Page, act: string): Promise<void> {
  await phone.getByRole('link', { name: 'No se puede…' }).click();
  await phone.getByRole('link', { name: act }).click();
  await phone.waitForSelector('form');
}

/** Sends all that the phone has, and returns to the visit. */
export async function sendAll(stage: Stage, phone: Page, visitId: string): Promise<void> {
  await toScreen(stage, phone, 'waiting');
  await phone.getByRole('button', { name: 'Enviar ahora' }).click();
  await says(phone, 'No falta nada por enviar.');
  await toScreen(stage, phone, 'visit', visitId);
  await phone.waitForSelector('nav.bottom');
}

/** Opens the form of an act on the console. */
export const choose = (desk: Page, act: string) => desk.locator('.act-list button', { hasText: act }).click();

/** Records the act whose form is open on the console. */
export async function recordAct(desk: Page): Promise<void> {
  await desk.locator('.act form button[type=submit]').click();
  await desk.waitForSelector('.act-list');
}

/** The types of the events of a visit, and what an audit finds in them. */
export async function logOf({ marta }: Stage, visitId: string) {
  const events = await marta.events(visitId);
  const { clean, findings, debts, state } = audit(events, { policy });
  return {
    types: events.map(({ type }) => type),
    events,
    clean,
    findings,
    state,
    debts: debts.map(({ kind }) => kind),
  };
}

type Act = readonly [type: CommandType, data?: object];

const call = (minutes: number) => ({ at: minutesAgo(minutes) });
const photo = { photoId: 'foto-1', sha256: 'a'.repeat(64) };

/** The acts of a plain visit up to each point, with the minutes ago at which they were done. */
const plain = (): readonly Act[] => [
  ['RecordArrival'],
  ['ShowCredential'],
  ['ValidateIdentity', { person: 'client', fullNameGiven: true, documentShown: true, documentKind: 'cedula' }],
  ['AnnounceService', { service: 'Fontanería' }],
  ['LocateFault', { where: 'cocina' }],
  ['InspectArea', { clientPresent: true }],
  ['TakePhotos', { photos: [{ ...photo, takenAt: minutesAgo(81) }] }],
  ['SubmitPhotos', { photoIds: [photo.photoId], channel: 'email', appUnavailableReason: 'la aplicación no abría' }],
  ['AssessService', { diagnosis: 'fuga en el sifón' }],
  ['ExplainWork', { method: 'cambio del sifón', materials: [{ item: 'sifón', quantity: 2 }] }],
  ['SupplyMaterials', { suppliedBy: 'client', items: [{ item: 'sifón', quantity: 2 }] }],
  ['AcceptMaterials'],
  ['ShowTools', { tools: ['llave francesa'] }],
  ['ClearArea', { moved: [] }],
  ['ReportStart', { call: call(62) }],
  ['StartWork'],
  ['TestQuality', { withClient: true, tests: [{ name: 'agua', passed: true }] }],
  ['RecordConformity'],
];

/** Assigns a visit, records its acts before the named one, a minute after another, and opens it on the phone. */
export async function openBefore(
  stage: Stage,
  visitId: string,
  next: CommandType,
  without: readonly CommandType[] = [],
  more: object = {},
): Promise<void> {
  await assign(stage, visitId, more);
  const acts = plain();
  const before = acts.slice(
    0,
    acts.findIndex(([type]) => type === next),
  );
  for (const [index, [type, data]] of before.entries()) {
    if (!without.includes(type)) await stage.gerardo.record(visitId, type, { at: minutesAgo(90 - index), ...data });
  }
  // The phone hears of them one after the other.
  const count = before.filter(([type]) => !without.includes(type)).length;
  await toScreen(stage, stage.phone, 'done', visitId);
  await until(stage.phone, `document.querySelectorAll('.done li').length === ${count}`);
  await toScreen(stage, stage.phone, 'visit', visitId);
  await stage.phone.waitForSelector('.next');
}

/** The violations that axe finds on the screen. */
export async function faults(page: Page): Promise<readonly unknown[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))`);
}
