import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivacy, fileWrappingKeys } from 'auxilio/privacy';
import { createService } from 'auxilio/service';
import { sqliteKeyStore, sqliteStore } from 'auxilio/sqlite';
import { type SimulatedVisit, simulate } from 'auxilio/testing';
import type { Bar, Bench, Size } from './bench.ts';
import { digits, median } from './interleave.ts';

const by = { role: 'contact-center', id: 'op-1' } as const;

/** Opens a service over a file, with or without keys in a file of their own, and cached states in both cases. */
async function open(isPrivate: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const store = sqliteStore({ file: join(folder, 'visits.sqlite') });
  const keys = sqliteKeyStore({ file: join(folder, 'keys.sqlite') });
  const privacy = await createPrivacy({ keys, wrapping: fileWrappingKeys(join(folder, 'wrapping')), store });
  const service = createService({ store, cacheSize: 1000, ...(isPrivate && { privacy }) });
  const close = async () => {
    await Promise.all([store.close(), keys.close()]);
    rmSync(folder, { recursive: true });
  };
  return { service, privacy, close };
}

/** The milliseconds of a command, of so many clients that each carry out one visit after another. */
async function carryOut(visits: readonly SimulatedVisit[], clients: number, isPrivate: boolean): Promise<number> {
  const { service, close } = await open(isPrivate);
  const queue = [...visits];
  let count = 0;
  const startedAt = performance.now();
  const client = async () => {
    for (let visit = queue.shift(); visit !== undefined; visit = queue.shift()) {
      for (const command of visit.commands) await service.handle(command);
      count += visit.commands.length;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const durationMs = performance.now() - startedAt;
  await close();
  return durationMs / count;
}

async function compare(visits: readonly SimulatedVisit[], clients: number, rounds: number) {
  const [plain, sealed]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    plain.push(await carryOut(visits, clients, false));
    sealed.push(await carryOut(visits, clients, true));
  }
  const ratio = median(sealed.map((ms, round) => ms / (plain[round] as number)));
  return { plain: median(plain), sealed: median(sealed), ratio };
}

/** The milliseconds in which the client of each of some visits is erased, among many whose keys are there. */
async function erase(visits: readonly SimulatedVisit[], erasures: number): Promise<number> {
  const { service, privacy, close } = await open(true);
  const [ended, others] = [visits.slice(0, erasures), visits.slice(erasures)];
  for (let from = 0; from < others.length; from += 1000) {
    await service.handleBatch(others.slice(from, from + 1000).flatMap(({ commands }) => commands.slice(0, 1)));
  }
  const durations: number[] = [];
  for (const { visitId, commands } of ended) {
    await service.handleBatch(commands);
    const startedAt = performance.now();
    await privacy.erase({ subjects: [{ visitId, subject: 'client' }], by });
    durations.push(performance.now() - startedAt);
  }
  await close();
  return median(durations);
}

async function run(size: Size) {
  const [count, rounds, many] = size === 'full' ? [60, 11, 20_000] : [8, 2, 200];
  const visits = [...simulate({ visits: count, seed: 3 })];
  await compare(visits, 8, 1);
  const rows: string[][] = [];
  const bars: Bar[] = [];
  for (const [clients, bar] of [
    [1, 1.6],
    [8, 1.5],
  ] as const) {
    const { plain, sealed, ratio } = await compare(visits, clients, rounds);
    rows.push([String(clients), digits(plain), digits(sealed), `${digits(ratio)}×`]);
    bars.push({ what: `a command with privacy, ${clients} clients`, figure: ratio, unit: '×', bar, is: 'at most' });
  }
  const erased = await erase([...simulate({ visits: many, seed: 5 })], 20);
  bars.push({ what: `an erasure, ${many} visits`, figure: erased, unit: ' ms', bar: 50, is: 'at most' });
  return { tables: [{ head: ['clients', 'without, ms', 'with privacy, ms', 'ratio'], rows }], bars };
}

export const encrypting: Bench = {
  name: 'encrypt',
  title: 'Privacy',
  says: `Commands of simulated visits through a service over a SQLite file, with \`privacy\` against without, and cached states in both;
keys are in a SQLite file of their own. An erasure is recorded, its key gone and the log of the key store emptied.`,
  run,
};
