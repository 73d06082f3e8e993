import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { noChromium } from '../../test/support/chromium.ts';
import { startChromium } from '../../test/support/chromium-process.ts';
import type { Campaign, Result } from './campaign.ts';
import { type PhoneServer, startServer } from './phone/server.ts';
import { assignVisit } from './phone/visits.ts';
import { NOW, type PhoneFault, type Step, type Work } from './phone/work.ts';

/** The acts of each visit before its photographs, which need room. */
const ACTS = 5;
const MEGABYTES = 200;

type Phone = {
  readonly disk: string;
  readonly profile: string;
  readonly server: PhoneServer;
  readonly fault: PhoneFault | undefined;
  /** The acts that were answered, by visit, in their order. */
  readonly answered: Map<string, string[]>;
  readonly codes: Map<string, number>;
  kills: number;
  crashes: number;
  reopenedFull: number;
  answeredWhileFull: number;
};

/**
 * A phone on a disk that is really full: a file system of 200 MB, filled up to its last byte while Chromium has its profile on it. Acts are
 * recorded, the browser is killed, opened again while the disk is still full, and killed again; then there is room, and all is sent. Each act
 * that was answered is on record once, in its order. With a second place that keeps nothing, acts must be lost.
 */
export const fullPhone: Campaign = {
  name: 'full-phone',
  says: 'the disk of a phone is full, and its browser is killed and opened again meanwhile',
  short: 2,
  long: 50,
  async run({ rounds, directory, random }) {
    if (noChromium !== undefined) return { faults: [], figures: { skipped: noChromium } };
    const real = await onDisk(join(directory, 'disk'), undefined, (phone) => runRounds(phone, rounds, random));
    if (real === null) return { faults: [], figures: { skipped: 'no file system may be mounted here' } };
    const control = await onDisk(join(directory, 'control'), 'forgetful-second-place', (phone) =>
      runRounds(phone, rounds, random, (faults) => faults.some((one) => String(one).startsWith('lost'))),
    );
    const lost = control?.faults.filter((one) => String(one).startsWith('lost')).length ?? 0;
    return {
      faults: lost > 0 ? real.faults : [...real.faults, 'the control lost nothing'],
      figures: { ...real.figures, 'lost by a second place that keeps nothing': lost },
    };
  },
};

/** Runs work on a phone whose profile is on a small file system; `null` where none may be mounted. */
async function onDisk<T>(
  disk: string,
  fault: PhoneFault | undefined,
  work: (phone: Phone) => Promise<T>,
): Promise<T | null> {
  mkdirSync(disk);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', disk]).status !== 0) return null;
  const server = await startServer(() => NOW, new URL('phone/page.ts', import.meta.url));
  try {
    const counts = { kills: 0, crashes: 0, reopenedFull: 0, answeredWhileFull: 0 };
    const maps = { answered: new Map<string, string[]>(), codes: new Map<string, number>() };
    return await work({ disk, profile: join(disk, 'profile'), server, fault, ...maps, ...counts });
  } finally {
    server.close();
    spawnSync('umount', ['-l', disk]);
  }
}

async function runRounds(
  phone: Phone,
  rounds: number,
  random: () => number,
  isEnough: (faults: readonly unknown[]) => boolean = () => false,
): Promise<Result> {
  const faults: unknown[] = [];
  let done = 0;
  for (; done < rounds && !isEnough(faults); done += 1) faults.push(...(await runRound(phone, done, random)));
  const { kills, crashes, reopenedFull, answeredWhileFull, codes } = phone;
  const answered = [...phone.answered.values()].flat().length;
  return {
    faults,
    figures: { rounds: done, kills, crashes, reopenedFull, answered, answeredWhileFull, ...Object.fromEntries(codes) },
  };
}

/** Fills the disk during acts, kills and opens the browser while it is full, then makes room, and compares what the server has. */
async function runRound(phone: Phone, round: number, random: () => number): Promise<unknown[]> {
  const { server } = phone;
  const visits = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const visitId = `v-${round}-${name}`;
      return { visitId, steps: (await assignVisit(server, visitId, random)).slice(0, ACTS) };
    }),
  );
  const [first = [], second = []] = visits.map(({ steps }) => steps);
  const faults: unknown[] = [];
  await inPage(phone, async (page) => {
    await page.evaluate(`phone.rest(${text(workOf(phone, []))})`);
    await take(phone, page, first.slice(0, 1));
    fill(phone.disk);
    await take(phone, page, first.slice(1));
    await pause(random() * 50);
  });
  for (let reopened = 0; reopened < 2; reopened += 1) {
    await inPage(phone, async (page) => {
      fill(phone.disk);
      phone.reopenedFull += 1;
      const step = second.slice(reopened * 2, reopened * 2 + 2);
      await take(phone, page, step);
      await pause(random() * 50);
    });
  }
  rmSync(join(phone.disk, 'ballast'), { force: true });
  await inPage(phone, async (page) => {
    const visitIds = visits.map(({ visitId }) => visitId);
    const held: string[] = await page.evaluate(`phone.held(${text(workOf(phone, []))}, ${text(visitIds)})`);
    faults.push(...answeredIn(phone, visitIds).flatMap((id) => (held.includes(id) ? [] : [`lost: ${id}`])));
    const rest = await page.evaluate(`phone.rest(${text(workOf(phone, []))})`);
    const atRest = { waiting: 0, withheld: 0, photosLost: 0, failing: [] };
    if (text(rest) !== text(atRest)) faults.push(`at rest: ${text(rest)}`);
  });
  for (const { visitId } of visits) faults.push(...(await compare(phone, visitId)));
  return faults;
}

const answeredIn = ({ answered }: Phone, visitIds: readonly string[]) =>
  visitIds.flatMap((visitId) => answered.get(visitId) ?? []);

/** Each act that was answered is on record once, in its order; one that was not may be. */
async function compare({ server, answered }: Phone, visitId: string): Promise<unknown[]> {
  const [, ...log] = (await server.service.load(visitId)).events;
  const ids = log.map(({ metadata }) => String(metadata?.commandId));
  const expected = answered.get(visitId) ?? [];
  const missing = expected.filter((id) => !ids.includes(id)).map((id) => `lost: ${id}`);
  const isInOrder =
    ids.filter((id) => expected.includes(id)).join() === expected.filter((id) => ids.includes(id)).join();
  const isDoubled = new Set(ids).size !== ids.length;
  return [...missing, ...(isInOrder && !isDoubled ? [] : [`out of order, or doubled: ${visitId}: ${ids.join()}`])];
}

async function take(phone: Phone, page: Page, steps: readonly Step[]): Promise<void> {
  const before = [...phone.answered.values()].flat().length;
  const { codes } = await page.evaluate<{ codes: readonly string[] }>(
    `phone.takeWhileFull(${text(workOf(phone, steps))})`,
  );
  for (const code of codes) phone.codes.set(code, (phone.codes.get(code) ?? 0) + 1);
  if (steps.length > 1) phone.answeredWhileFull += [...phone.answered.values()].flat().length - before;
}

const workOf = ({ fault }: Phone, steps: readonly Step[]): Work => ({
  ...{ steps, now: NOW, syncEvery: 0 },
  ...(fault !== undefined && { fault }),
});

const text = (value: unknown) => JSON.stringify(value);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes until not a byte fits any more. */
function fill(disk: string): void {
  const file = openSync(join(disk, 'ballast'), 'a');
  for (const size of [1 << 20, 1 << 12, 1]) {
    try {
      while (writeSync(file, Buffer.alloc(size)) === size);
    } catch {
      // This much does not fit any more.
    }
  }
  closeSync(file);
}

/** Runs work in a page of the phone, whose browser is killed afterwards. One that ends by itself was killed by the disk. */
async function inPage(phone: Phone, work: (page: Page) => Promise<void>): Promise<void> {
  const { browser, kill } = await startChromium(phone.profile);
  let isGone = false;
  browser.on('disconnected', () => {
    isGone = true;
  });
  try {
    const page = await browser.contexts()[0]?.newPage();
    if (page === undefined) throw new Error('Chromium has no context');
    await page.exposeFunction('begun', () => undefined);
    await page.exposeFunction('answered', (id: string) => {
      const visitId = id.slice(0, id.lastIndexOf('-'));
      phone.answered.set(visitId, [...(phone.answered.get(visitId) ?? []), id]);
    });
    page.on('crash', () => {
      isGone = true;
    });
    await page.goto(phone.server.url);
    await work(page);
  } catch (error) {
    await pause(100);
    if (!isGone) throw error;
    phone.crashes += 1;
  } finally {
    phone.kills += 1;
    await kill();
  }
}
