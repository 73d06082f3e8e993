import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { noChromium } from '../../test/support/chromium.ts';
import { startChromium } from '../../test/support/chromium-process.ts';
import type { Campaign } from './campaign.ts';
import { type PhoneServer, startServer } from './phone/server.ts';
import { assignVisit, PHOTO_BYTES } from './phone/visits.ts';
import { NOW, type PhoneFault, type Step, type Work } from './phone/work.ts';

/** The phone as the campaign knows it: the acts that were begun, and those that were answered. */
type Phone = {
  readonly profile: string;
  readonly server: PhoneServer;
  readonly random: () => number;
  readonly begun: Set<string>;
  readonly answered: Set<string>;
  readonly visits: { readonly visitId: string; readonly steps: readonly Step[] }[];
  /** Acts that were answered, and then neither on the device nor on the server; and the number of kills before that was seen. */
  readonly gone: Map<string, number>;
  readonly kills: { count: number };
};

/**
 * Kills Chromium in the middle of acts and syncs of a phone, again and again on one profile; the server goes on. In the end every act
 * that was answered is on record once, in its order, nothing is that was not begun, and the photographs are there. Two planted
 * errors must lose acts: an outbox in memory, and an answer before the act is on the disk.
 */
export const killPhone: Campaign = {
  name: 'kill-phone',
  says: 'SIGKILL of the browser of a phone during acts and syncs',
  short: 30,
  long: 1_000,
  async run({ rounds, directory, random }) {
    if (noChromium !== undefined) return { faults: [], figures: { skipped: noChromium } };
    const phone = await newPhone(directory, random);
    try {
      let inDoubt = 0;
      for (let round = 0; round < rounds; round += 1) {
        await killOnce(phone, { syncEvery: Math.floor(random() * 5), encrypted: round >= rounds / 2 });
        inDoubt += [...phone.begun].filter((id) => !phone.answered.has(id)).length;
      }
      const faults = await faultsAtRest(phone, { encrypted: true });
      const controls = await lostByControls(directory, random);
      const harmless = Object.entries(controls).filter(([, lost]) => lost === 0);
      return {
        faults: [...faults, ...harmless.map(([fault]) => `the control lost nothing: ${fault}`)],
        figures: { kills: rounds, answered: phone.answered.size, inDoubt, visits: phone.visits.length, ...controls },
      };
    } finally {
      phone.server.close();
    }
  },
};

async function newPhone(directory: string, random: () => number): Promise<Phone> {
  const profile = mkdtempSync(join(directory, 'profile-'));
  const server = await startServer(() => NOW, new URL('phone/page.ts', import.meta.url));
  return {
    profile,
    server,
    random,
    begun: new Set(),
    answered: new Set(),
    visits: [],
    gone: new Map(),
    kills: { count: 0 },
  };
}

/** The acts that each planted error has lost after some kills. */
async function lostByControls(directory: string, random: () => number): Promise<Record<string, number>> {
  const lost = { 'outbox-in-memory': 0, 'answered-early': 0 };
  for (const fault of ['outbox-in-memory', 'answered-early'] as const) {
    const phone = await newPhone(directory, random);
    try {
      for (let tries = 0; tries < 10 && lost[fault] === 0; tries += 1) {
        await killOnce(phone, { syncEvery: 0, fault, atOnce: true });
        lost[fault] = (await faultsAtRest(phone, { fault })).filter((one) => one.startsWith('lost')).length;
      }
    } finally {
      phone.server.close();
    }
  }
  return lost;
}

type Kill = Pick<Work, 'syncEvery' | 'encrypted'> & { readonly fault?: PhoneFault; readonly atOnce?: boolean };

/** Lets the phone work until some more acts were answered, and kills its browser then, or some milliseconds later. */
async function killOnce(phone: Phone, { atOnce = false, syncEvery, encrypted = false, fault }: Kill): Promise<void> {
  const { random, begun, answered } = phone;
  const steps = await stepsToTake(phone);
  const target = answered.size + 1 + Math.floor(random() * 12);
  const later = atOnce ? 0 : random() * 25;
  await inPage(phone, async (page, kill) => {
    let reached = () => {};
    const enough = new Promise<void>((resolve) => {
      reached = resolve;
    });
    await page.exposeFunction('begun', (id: string) => void begun.add(id));
    await page.exposeFunction('answered', (id: string) => {
      answered.add(id);
      if (answered.size >= target) reached();
    });
    const work: Work = { steps, now: NOW, syncEvery, encrypted, ...(fault !== undefined && { fault }) };
    for (const id of await goneFrom(phone, page, work)) {
      if (!phone.gone.has(id)) phone.gone.set(id, phone.kills.count);
    }
    let killing = false;
    const working = page.evaluate(`phone.work(${JSON.stringify(work)})`).catch((error: unknown) => {
      if (!killing) throw error;
    });
    await Promise.race([enough, working]);
    if (later > 0) await new Promise((resolve) => setTimeout(resolve, later));
    killing = true;
    await kill();
    phone.kills.count += 1;
    await working;
  });
}

/** The acts that were answered, and that neither the device has, as it was left by the last kill, nor the server. */
async function goneFrom({ server, visits, answered }: Phone, page: Page, work: Work): Promise<string[]> {
  const recorded = async (visitId: string) => (await recordedIn(server, visitId)).length;
  const lengths = await Promise.all(visits.map(({ visitId }) => recorded(visitId)));
  const open = visits.filter(({ steps }, n) => lengths[n] !== steps.length);
  const visitIds = JSON.stringify(open.map(({ visitId }) => visitId));
  const held = new Set<string>(
    await page.evaluate(`phone.held(${JSON.stringify({ ...work, steps: [] })}, ${visitIds})`),
  );
  for (const { visitId } of open) for (const id of await recordedIn(server, visitId)) held.add(id);
  return open.flatMap(({ steps }) => idsOf(steps)).filter((id) => answered.has(id) && !held.has(id));
}

/** The ids of the acts that the server has recorded in a visit. */
async function recordedIn({ service }: PhoneServer, visitId: string): Promise<string[]> {
  const [, ...log] = (await service.load(visitId)).events;
  return log.map(({ metadata }) => String(metadata?.commandId));
}

const idsOf = (steps: readonly Step[]) => steps.map(({ command }) => idOf(command));

/** Runs work in a page of the phone, whose browser is gone afterwards. */
async function inPage<T>(
  { profile, server }: Phone,
  work: (page: Page, kill: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const { browser, kill } = await startChromium(profile);
  try {
    const context = browser.contexts()[0];
    if (context === undefined) throw new Error('Chromium has no context');
    const page = await context.newPage();
    await page.goto(server.url);
    return await work(page, kill);
  } finally {
    await kill();
  }
}

/** The acts that were not answered yet, of visits that are assigned as they are needed. */
async function stepsToTake(phone: Phone): Promise<Step[]> {
  const left = () =>
    phone.visits.flatMap(({ steps }) => steps).filter(({ command }) => !phone.answered.has(idOf(command)));
  while (left().length < 25) {
    const visitId = `v-${phone.visits.length + 1}`;
    phone.visits.push({ visitId, steps: await assignVisit(phone.server, visitId, phone.random) });
  }
  return left();
}

const idOf = ({ metadata }: Step['command']) => metadata.commandId;

/** Lets the phone come to rest, and compares the log of each visit with what was begun and answered. */
async function faultsAtRest(phone: Phone, given: Pick<Work, 'encrypted' | 'fault'>): Promise<string[]> {
  const work: Work = { steps: [], now: NOW, syncEvery: 0, ...given };
  const status = await inPage(phone, (page) => page.evaluate(`phone.rest(${JSON.stringify(work)})`));
  const atRest = JSON.stringify({ waiting: 0, withheld: 0, photosLost: 0, failing: [] });
  const faults = JSON.stringify(status) === atRest ? [] : [`at rest: ${JSON.stringify(status)}`];
  faults.push(...[...phone.gone].map(([id, kills]) => `gone after ${kills} kills: ${id}`));
  for (const { visitId, steps } of phone.visits) faults.push(...(await faultsOf(phone, visitId, steps)));
  return faults;
}

async function faultsOf(
  { server, begun, answered }: Phone,
  visitId: string,
  steps: readonly Step[],
): Promise<string[]> {
  const [, ...log] = (await server.service.load(visitId)).events;
  const faults: string[] = [];
  const recorded = await recordedIn(server, visitId);
  const ids = idsOf(steps);
  if (recorded.join() !== ids.slice(0, recorded.length).join())
    faults.push(`out of order: ${visitId}: ${recorded.join()}`);
  faults.push(...recorded.filter((id) => !begun.has(id)).map((id) => `never begun: ${id}`));
  faults.push(...ids.filter((id) => answered.has(id) && !recorded.includes(id)).map((id) => `lost: ${id}`));
  for (const event of log) {
    if (event.type !== 'PhotosTaken') continue;
    const isSubmitted = log.some(({ type }) => type === 'PhotosSubmitted');
    const sizes = await Promise.all(event.data.photos.map(({ sha256 }) => server.photos.size(sha256)));
    if (isSubmitted && sizes.some((size) => size !== PHOTO_BYTES))
      faults.push(`photographs: ${visitId}: ${sizes.join()}`);
  }
  return faults;
}
