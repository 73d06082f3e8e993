import type { VisitEvent } from 'auxilio';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { enterConsole, type FieldInTest, startField } from '../../../scripts/field/field.ts';
import { fits, until } from '../../../scripts/field/hands.ts';
import { chromiumOfFile, inChromium, noChromium } from '../../support/chromium.ts';
import { type Act, assign, handIn, minutesAgo, type Person, person, record, work } from './people.ts';
import { faults, focusAfter, place } from './story.ts';

const withChromium = chromiumOfFile();
let server: FieldInTest;
let operator: Person;
beforeAll(async () => {
  if (noChromium !== undefined) return;
  server = await startField('console');
  operator = await person(server.url, 'marta');
});
afterAll(() => server?.close());

const visitsIn = (where: string, count: number) => Array.from({ length: count }, (_, nth) => `${where}-${nth + 1}`);
const [inZarcero, cancelled, inNicoya] = [visitsIn('zarcero', 8), visitsIn('cancelled', 2), visitsIn('nicoya', 1)];

const lucia = { id: 'prov-022', name: 'Lucía Mora Vargas' };

/** Assigns a visit to Lucía, who says by telephone that she arrived: her phone has not been heard of. */
async function begin(visitId: string, where: string): Promise<void> {
  const client = { name: `Zoila ${visitId}` };
  await assign(operator, visitId, { caseNumber: `EXP-${visitId}`, client, place: where, provider: lucia });
  await record(operator, visitId, 'RecordArrival', { at: minutesAgo(95) });
}

const events = async (visitId: string) =>
  ((await operator(`/visits/${visitId}/events`)) as { events: readonly VisitEvent[] }).events;

async function typesOf(visitIds: readonly string[]): Promise<readonly string[]> {
  const logs = await Promise.all(visitIds.map(events));
  return logs.map((log) => log.map(({ type }) => type).join(' '));
}

/** The acts at the door, lawful for one who saw no more than their arrival. */
const atTheDoor: readonly Act[] = [
  ['ShowCredential', { at: minutesAgo(70) }],
  ['ValidateIdentity', { at: minutesAgo(69), person: 'client', fullNameGiven: true, documentShown: true }],
  ['AnnounceService', { at: minutesAgo(68), service: 'Fontanería' }],
];

const isWell = async (page: Page) =>
  await expect.poll(async () => [await fits(page), await faults(page)]).toEqual([true, []]);

describe('an outage', () => {
  inChromium('is one instruction to each visit of its place, and its discrepancies are decided by their cause', () =>
    withChromium(async (browser) => {
      for (const visitId of [...inZarcero, ...cancelled]) await begin(visitId, 'Zarcero, costado norte del parque');
      for (const visitId of inNicoya) await begin(visitId, 'Nicoya centro');
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...place });
      const desk = await enterConsole(context, server.url, 'marta');

      // By keys alone. A place that is entered gives no instruction.
      await desk.waitForSelector('h1');
      expect(await focusAfter(desk, '5')).toBe('text');
      await desk.keyboard.type('ZARCERO parque');
      await desk.keyboard.press('Enter');
      await expect.poll(() => desk.locator('.concerned').count()).toBe(10);
      await expect.poll(() => desk.locator('.concerned :checked').count()).toBe(10);
      // A time that is cleared is none, and not the one that stood there.
      const since = await desk.getByLabel('Sin señal desde: Hora').inputValue();
      await desk.getByLabel('Sin señal desde: Hora').fill('');
      await desk.waitForSelector('.outage .problem:has-text("Ponga el día y la hora.")');
      await expect.poll(() => desk.locator('.concerned').count()).toBe(0);
      await desk.getByLabel('Sin señal desde: Hora').fill(since);
      await desk.locator('.concerned input').nth(9).focus();
      await desk.keyboard.press('Space');
      const last = (await desk.locator('.concerned').nth(9).textContent()) ?? '';
      const left = [...inZarcero, ...cancelled].filter((visitId) => last.includes(`EXP-${visitId} `));
      expect(left).toHaveLength(1);
      expect((await typesOf(inZarcero)).join()).not.toContain('InstructionGiven');
      await isWell(desk);
      await desk.keyboard.press('Control+Enter');
      await desk.waitForSelector('text=La tienen 9 visitas.');
      for (const visitId of [...inZarcero, ...cancelled, ...inNicoya]) {
        const given = (await events(visitId)).filter(({ type }) => type === 'InstructionGiven');
        const isConcerned = !inNicoya.includes(visitId) && !left.includes(visitId);
        expect([visitId, given.length]).toEqual([visitId, isConcerned ? 1 : 0]);
        if (isConcerned) expect(given[0]?.data).toMatchObject({ decision: 'proceed', waives: ['photos-sent'] });
      }
      await isWell(desk);
      // One who comes back to the screen finds them unmarked.
      await desk.reload();
      await desk.waitForSelector('.outage input');
      await desk.keyboard.type('zarcero');
      await until(desk, `document.querySelectorAll('.concerned :checked').length === 1`);

      const phone = await person(server.url, 'lucia');
      const as = { id: lucia.id, device: 'lucia-1' };
      for (const visitId of cancelled) {
        const decided = { about: 'visit', decision: 'cancel', text: 'El cliente canceló' };
        await record(operator, visitId, 'GiveInstruction', { at: minutesAgo(60), ...decided });
        await handIn(phone, visitId, 2, work(`EXP-${visitId}`), as);
      }
      for (const visitId of inZarcero) {
        const call = { at: minutesAgo(80) };
        await record(operator, visitId, 'ReportClientAbsence', { at: minutesAgo(80), call });
        await handIn(phone, visitId, 2, atTheDoor, as);
      }

      await desk.evaluate(`location.hash = '#/'`);
      await desk.waitForSelector('.filters');
      await desk.keyboard.press('d');
      await desk.keyboard.press('g');
      await desk.waitForSelector('section:has-text("Solo faltó la señal") >> text=8 visitas');
      await desk.waitForSelector('section:has-text("El centro canceló") >> text=2 visitas');
      for (const width of [320, 1440]) {
        await desk.setViewportSize({ width, height: 900 });
        await isWell(desk);
      }
      const before = await typesOf(cancelled);
      await desk.fill('form input', 'La operadora confirmó el corte');
      await desk.keyboard.press('Enter');
      await desk.waitForSelector('text=Decididas 8 de 8.');
      for (const visitId of inZarcero) {
        const settled = (await events(visitId)).filter(({ type }) => type === 'DiscrepancySettled');
        expect(settled.map(({ data }) => data)).toMatchObject([{ text: 'La operadora confirmó el corte' }]);
      }
      expect((await typesOf(inZarcero)).every((types) => types.includes('ServiceAnnounced'))).toBe(true);
      await expect.poll(() => typesOf(cancelled)).toEqual(before);
      await desk.waitForSelector('section:has-text("El centro canceló")');
      await expect.poll(() => desk.locator('section:has-text("Solo faltó la señal")').count()).toBe(0);
    }),
  );
});
