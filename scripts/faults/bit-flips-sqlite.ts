/**
 * The file of a SQLite store with one bit flipped, at bits drawn at random. Whatever is read otherwise than it was written is
 * reported as broken, or refused by name; a command is never accepted on it, and never answered as one to be sent again.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VisitCommand } from 'auxilio';
import {
  boardProjection,
  createService,
  markPaid,
  paymentProjection,
  readPaymentQueue,
  rebuild,
} from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { command, plainVisit, visitAt } from 'auxilio/testing';
import type { Campaign } from './campaign.ts';

const payments = paymentProjection();
const open = ['v-1', 'v-2', 'v-3'];
const completed = ['v-4', 'v-5'];
const paidAt = '2026-03-20T12:00:00.000Z';
/** Errors that name the integrity, or the store. */
const named = ['chain-broken', 'unreadable-stream', 'store-corrupt', 'payment-refused', 'store-io', 'rebuild-failed'];

type Tally = Record<string, number>;

/** Flips so many bits of a store's file, one at a time; answers what was found, and every flip that was not noticed. */
export async function flipBits(
  directory: string,
  rounds: number,
  random: () => number,
): Promise<{ readonly faults: readonly unknown[]; readonly tally: Tally }> {
  const file = join(directory, 'whole.db');
  const logs = await writeStore(file);
  const bytes = readFileSync(file);
  const faults: unknown[] = [];
  const tally: Tally = {};
  const count = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1;
  };
  const path = join(directory, 'flipped.db');
  for (let round = 0; round < rounds; round += 1) {
    const bit = Math.floor(random() * bytes.length * 8);
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(path, flipped);
    for (const { what, isFault } of await tryStore(path, logs)) {
      count(what);
      if (isFault) faults.push({ bit, what });
    }
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  }
  rmSync(file, { force: true });
  return { faults, tally };
}

/** Writes the store: visits that are open, and completed ones with rows in the payment queue. */
async function writeStore(file: string): Promise<ReadonlyMap<string, string>> {
  const store = sqliteStore({ file });
  const service = createService({ store });
  for (const visitId of open) await service.handleBatch(numbered(visitAt('working', { visitId }).commands));
  for (const visitId of completed) {
    const [documentStart] = [command('DocumentStart', { visitId, at: '2026-03-17T16:00:00.000Z' })];
    await service.handleBatch(numbered([...plainVisit({ visitId }), documentStart]));
  }
  await rebuild(store, payments);
  const logs = new Map<string, string>();
  for (const visitId of [...open, ...completed]) {
    logs.set(visitId, JSON.stringify((await service.load(visitId)).events));
  }
  await store.close();
  return logs;
}

const numbered = (commands: readonly VisitCommand[]) =>
  commands.map((one, n) => ({
    ...one,
    metadata: { ...one.metadata, commandId: `${one.data.visitId}-${n}` },
  })) as VisitCommand[];

type Found = { readonly what: string; readonly isFault: boolean };

/** Reads, handles and pays the visits of a store, as a service and its read models do. */
async function tryStore(path: string, logs: ReadonlyMap<string, string>): Promise<readonly Found[]> {
  const found: Found[] = [];
  try {
    const store = sqliteStore({ file: path });
    try {
      const service = createService({ store, retry: { maxRetries: 2 } });
      const isRebuilt = await rebuild(store, boardProjection)
        .then(() => rebuild(store, payments))
        .then(
          () => true,
          () => false,
        );
      for (const [visitId, log] of logs) {
        const read = await service
          .load(visitId)
          .then(({ events, integrity }) => (JSON.stringify(events) === log ? 'same' : integrity.status), codeOf);
        const isDamaged = read !== 'same';
        const handled = open.includes(visitId) ? await handle(service, visitId) : await pay(store, visitId, isRebuilt);
        const isFault = (isDamaged && !['broken', ...named].includes(read)) || isWrong(handled, isDamaged);
        found.push({ what: `${read}: ${handled}`, isFault });
      }
    } finally {
      await store.close();
    }
  } catch (error) {
    const code = codeOf(error);
    found.push({ what: `opening: ${code}`, isFault: !named.includes(code) });
  }
  return found;
}

/** True for an act on a damaged visit, and for an error that does not name what is damaged. */
function isWrong(handled: string, isDamaged: boolean): boolean {
  if (handled === 'accepted' || handled === 'paid') return isDamaged;
  return !['refused', 'not queued', ...named].includes(handled);
}

const codeOf = (error: unknown): string => String((error as { code?: unknown }).code ?? error);

async function handle(service: ReturnType<typeof createService>, visitId: string): Promise<string> {
  const breach = command('ReportConductBreach', { visitId, kind: 'smoking', at: '2026-03-17T17:00:00.000Z' });
  const asked = { ...breach, metadata: { ...breach.metadata, commandId: 'c-new' } } as VisitCommand;
  return service.handle(asked).then(({ ok }) => (ok ? 'accepted' : 'refused'), codeOf);
}

/** Pays a visit of the queue, as a payer does: the row that is shown as payable. */
async function pay(store: ReturnType<typeof sqliteStore>, visitId: string, isRebuilt: boolean): Promise<string> {
  try {
    const { visits } = await readPaymentQueue(store);
    const row = visits.find((visit) => visit.visitId === visitId);
    if (row?.payable !== true) return isRebuilt || row === undefined ? 'not queued' : 'refused';
    return (await markPaid(store, row, { visitId, paidAt })) ? 'paid' : 'not queued';
  } catch (error) {
    return codeOf(error);
  }
}

export const bitsSqlite: Campaign = {
  name: 'bits-sqlite',
  says: 'a bit of the file of a SQLite store flipped: what is read, handled and paid of it',
  short: 150,
  long: 2_500,
  async run({ rounds, directory, random }) {
    const { faults, tally } = await flipBits(directory, rounds, random);
    return { faults, figures: { flips: rounds, ...tally } };
  },
};
