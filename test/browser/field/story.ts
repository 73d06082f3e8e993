/** People of the demo who play visits on their screens, and what the server has of them in the end. */
import type { CommandType, VisitEvent } from 'auxilio';
import { audit } from 'auxilio/core';
import type { Browser, Page } from 'playwright-core';
import { policy } from '../../../examples/http/policy.ts';
import { enterConsole, enterPhone, type FieldInTest, password, startField } from '../../../scripts/field/field.ts';
import { until } from '../../../scripts/field/hands.ts';
import { launchChromium } from '../../support/chromium.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** A person who asks the server itself, for what a story begins with and how it ends. */
async function person(url: string, login: string) {
  const send = async (path: string, body?: object, cookie = '') => {
    const headers = { 'x-field': '1', 'content-type': 'application/json', cookie };
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const reply = await fetch(`${url}/api${path}`, { headers, ...init });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const entered = await send('/session', { login, password, device: `${login}-seed` });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  return {
    async record(visitId: string, type: CommandType, data: object = {}) {
      const metadata = { commandId: crypto.randomUUID() };
      const command = { type, data: { visitId, at: new Date().toISOString(), ...data }, metadata };
      await send(`/visits/${visitId}/commands`, command, cookie);
    },
    async events(visitId: string) {
      const reply = await send(`/visits/${visitId}/events`, undefined, cookie);
      return ((await reply.json()) as { events: readonly VisitEvent[] }).events;
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

/** Starts a server, and opens the phone of Gerardo and the console of Marta. */
export async function openStage(): Promise<Stage> {
  const field: FieldInTest = await startField('phone', 'console');
  const browser = await launchChromium();
  const { url } = field;
  const close = async () => {
    await browser.close();
    await field.close();
  };
  const phones = await browser.newContext({ viewport: { width: 360, height: 740 }, ...place });
  const desks = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
  const [phone, desk] = await Promise.all([enterPhone(phones, url, 'gerardo'), enterConsole(desks, url, 'marta')]);
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
    ...more,
  });

/** Waits until a part of the screen says something. */
export const says = (page: Page, text: string, selector = 'main'): Promise<void> =>
  until(page, `document.querySelector(${JSON.stringify(selector)})?.textContent.includes(${JSON.stringify(text)})`);

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

/** Answers a question of a form by one of its choices. */
export const answer = (page: Page, question: string, choice: string) =>
  page.getByRole('group', { name: question }).getByText(choice, { exact: true }).click();

export const write = (page: Page, label: string, text: string) => page.getByLabel(label).fill(text);

/** Saves the form of the phone. */
export async function save(phone: Page): Promise<void> {
  await phone.getByRole('button', { name: 'Guardar' }).click();
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
  const { clean, findings, debts } = audit(events, { policy });
  return { types: events.map(({ type }) => type), events, clean, findings, debts: debts.map(({ kind }) => kind) };
}
