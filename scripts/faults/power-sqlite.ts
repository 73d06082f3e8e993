/**
 * The power fails while three writers append to a SQLite file: unsynced data are dropped or torn, sector by sector.
 * Each image is opened; no acknowledged event may be lost. A control that does not sync must lose.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sqliteStore } from 'auxilio/sqlite';
import type { Campaign } from './campaign.ts';
import { faultsAt, moments, type Timed } from './power/acknowledged.ts';
import { leaveImage } from './power/image.ts';
import { callsIn, type FileCall, tracing, untilRecorded, untraceable } from './power/trace.ts';
import { bundled } from './support.ts';

type Recorded = Readonly<{ timed: readonly Timed[]; calls: readonly FileCall[]; directory: string; base: string }>;

export const powerSqlite: Campaign = {
  name: 'power-sqlite',
  says: 'power fails while three append to a SQLite file; unsynced sectors are dropped or torn',
  short: 40,
  long: 400,
  async run({ rounds, directory, random }) {
    const skipped = untraceable();
    if (skipped !== undefined) return { faults: [], figures: { skipped } };
    const work = await recorded(join(directory, 'full'), 'FULL');
    const { faults, cuts } = await cutting(work, rounds, random);
    const control = await cutting(await recorded(join(directory, 'off'), 'OFF'), Math.ceil(rounds / 4), random);
    if (control.lost === 0) faults.push('the control, which does not sync, lost nothing');
    const acknowledged = work.timed.filter(({ record }) => record.type === 'ok').length;
    const figures = {
      cuts,
      acknowledged,
      calls: work.calls.length,
      'control lost in': `${control.lost} of ${control.cuts}`,
    };
    return { faults, figures };
  },
};

/** Records three writers. */
async function recorded(home: string, synchronous: 'FULL' | 'OFF'): Promise<Recorded> {
  const [directory, base, trace] = [join(home, 'store'), join(home, 'base'), join(home, 'trace')];
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'events.sqlite');
  const store = sqliteStore({ file });
  await store.appendToStream('before', []);
  await store.close();
  cpSync(directory, base, { recursive: true });
  const [command = '', ...flags] = tracing(trace);
  const script = await bundled('power/writer-sqlite.ts');
  const child = spawn(command, [...flags, process.execPath, script, file, '60', synchronous], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const died = once(child, 'exit');
  const timed: Timed[] = [];
  for await (const line of createInterface({ input: child.stdout })) timed.push(JSON.parse(line) as Timed);
  await died;
  await untilRecorded(trace, child.pid ?? 0);
  return { timed, calls: await callsIn(trace, directory), directory, base };
}

/** Opens the file as it is after so many power cuts. */
async function cutting({ timed, calls, directory, base }: Recorded, rounds: number, random: () => number) {
  const [from, to] = [calls[0]?.at ?? 0, calls.at(-1)?.end ?? 0];
  const faults: unknown[] = [];
  let lost = 0;
  for (const [n, at] of moments(timed, from, to, rounds, random).entries()) {
    const image = `${directory}-image`;
    rmSync(image, { recursive: true, force: true });
    cpSync(base, image, { recursive: true });
    // The first comes right after an acknowledgement, and drops all: a control cannot but lose.
    leaveImage({ calls, directory, base, at, random, keeping: n === 0 ? 0 : undefined }, image);
    rmSync(join(image, 'events.sqlite-shm'), { force: true });
    const found = await faultsOf(image, timed, at);
    if (found.length > 0) lost += 1;
    faults.push(...found);
  }
  return { faults, lost, cuts: rounds };
}

async function faultsOf(image: string, timed: readonly Timed[], at: number): Promise<unknown[]> {
  try {
    const store = sqliteStore({ file: join(image, 'events.sqlite') });
    const stored = await store.readFeed({ maxCount: 10_000 });
    await store.close();
    return faultsAt(timed, at, stored);
  } catch (error) {
    return [error];
  }
}
