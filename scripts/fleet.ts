/**
 * A fleet: simulated phones and consoles against the server of examples/field on Postgres, a working day in a few minutes. Phones are
 * offline for stretches, all come back at once, answers are lost, the server is killed, and there is no room for photographs. At the
 * end every answered act is on record once, the logs are clean, photographs that are said to be sent are there, and the boards agree
 * with a fold of the logs.
 *
 *   npm run field:fleet                                  # 200 phones, 10 consoles, 10 minutes
 *   npm run field:fleet -- --short                       # as in CI
 *   npm run field:fleet -- --phones 50 --minutes 3 --seed 7
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { postgresStore } from 'auxilio/postgres';
import { simulate } from 'auxilio/testing';
import { freePort } from '../test/support/free-port.ts';
import { limits } from '../test/support/limits.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { checkFleet } from './fleet/check.ts';
import { type Console, startConsole } from './fleet/console.ts';
import { type Answered, type Phone, startPhone } from './fleet/phone.ts';
import { randomOf } from './fleet/settings.ts';
import { playStory } from './fleet/story.ts';
import { startServer } from './fleet/supervisor.ts';

const { values } = parseArgs({
  options: {
    phones: { type: 'string' },
    consoles: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});
const number = (text: string | undefined, long: number, short: number) => Number(text ?? (values.short ? short : long));
const phoneCount = number(values.phones, 200, 16);
const consoleCount = number(values.consoles, 10, 3);
const dayMs = number(values.minutes, 10, 0.75) * 60_000;
const seed = Number(values.seed);
const random = randomOf(seed * 7919 + 1);

const folder = mkdtempSync(join(tmpdir(), 'fleet-'));
const postgres = await startPostgres({ fsync: 'off' });
const port = await freePort();
const settings = { folder, port, database: postgres.connectionString, phones: phoneCount, consoles: consoleCount };
const server = await startServer(settings);
const url = `http://127.0.0.1:${port}`;
const answered: Answered[] = [];
const phones: Phone[] = [];
for (let n = 0; n < phoneCount; n += 1) phones.push(await startPhone(url, n, randomOf(seed * 1000 + n), answered));
const consoles: Console[] = [];
for (let n = 0; n < consoleCount; n += 1)
  consoles.push(await startConsole(url, n, randomOf(seed * 2000 + n), answered));
console.log(`${phoneCount} phones and ${consoleCount} consoles are in; the day takes ${dayMs / 1000} s`);

const startedAt = performance.now();
const at = (share: number) => pause(Math.max(0, startedAt + share * dayMs - performance.now()));
const isOver = () => performance.now() - startedAt > dayMs;

async function offlineNowAndThen(phone: Phone): Promise<void> {
  while (!isOver()) {
    await pause(dayMs * (0.1 + random() * 0.3));
    if (isOver() || performance.now() - startedAt > dayMs * 0.7) return;
    phone.network.isOn = false;
    await pause(dayMs * (0.05 + random() * 0.15));
    phone.network.isOn = true;
  }
}

async function trouble(): Promise<number> {
  let kills = 0;
  for (const share of [0.2, 0.45, 0.65]) {
    await at(share + random() * 0.05);
    await server.kill();
    kills += 1;
  }
  return kills;
}

async function noRoom(): Promise<void> {
  await at(0.3);
  server.fill(true);
  await at(0.4);
  server.fill(false);
}

async function allBackAtOnce(): Promise<void> {
  await at(0.8);
  for (const { network } of phones) network.isOn = false;
  await at(0.92);
  for (const { network } of phones) network.isOn = true;
}

const visitsEach = Math.max(1, Math.round(dayMs / 200_000));
const stories = [...simulate({ visits: phoneCount * visitsEach, seed, mix: { reassigned: 0.1, absent: 0.2 } })];
const dayOf = async (n: number) => {
  for (let k = 0; k < visitsEach && !isOver(); k += 1) {
    const story = stories[n * visitsEach + k];
    if (story !== undefined)
      await playStory({ story, n, phones, consoles, random, isOver, pauseMs: dayMs / visitsEach / 40 });
  }
};
const [kills] = await Promise.all([
  trouble(),
  noRoom(),
  allBackAtOnce(),
  ...phones.map(offlineNowAndThen),
  ...phones.map((_, n) => dayOf(n)),
]);

console.log(`the day is over: ${answered.length} acts answered; all phones sync`);
const untilMs = performance.now() + limits.browserMs;
const left = (await Promise.all(phones.map((phone) => phone.empty(untilMs)))).flatMap((text) => text ?? []);

const store = postgresStore({ connectionString: postgres.connectionString });
const check = () => {
  const visitIds = [...new Set(answered.map(({ visitId }) => visitId))];
  const boards = consoles.map(({ board }) => new Map(board));
  return checkFleet(store, folder, visitIds, answered, boards);
};
// The consoles still settle what the phones sent last, and hear of it later: only what stays wrong is wrong.
let checked = await check();
for (const end = performance.now() + limits.waitMs; checked.wrong.length > 0 && performance.now() < end; ) {
  await pause(500);
  checked = await check();
}
const { wrong, ...counts } = checked;
for (const each of consoles) await each.end();
for (const each of phones) each.end();
await server.end();
await store.close();
await postgres.stop();
rmSync(folder, { recursive: true });
const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
console.log({
  answered: answered.length,
  ...counts,
  kills,
  lostAnswers: sum(phones.map(({ network }) => network.lost)),
  streamsOpened: sum(consoles.map(({ opened }) => opened)),
  boardsRead: sum(consoles.map(({ read }) => read)),
  failuresOfServer: server.failures.length,
});
if (server.failures.length > 0) console.log([...new Set(server.failures)].slice(0, 5));
for (const text of [...wrong, ...left].slice(0, 20)) console.error(text);
console.log(
  left.length + wrong.length === 0
    ? 'nothing lost, doubled or invented'
    : `${left.length + wrong.length} things are wrong`,
);
process.exit(left.length + wrong.length === 0 ? 0 : 1);
