import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { median } from '../interleave.ts';

/** Milliseconds since a process began, and those for which it kept a processor busy, which a busy machine changes less. */
export type Taken = { readonly wallMs: number; readonly busyMs: number };

/** The last line of a program's output, which has its time. */
export const told = `const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ wallMs: performance.now(), busyMs: (user + system) / 1000 }));`;

const run = promisify(execFile);

async function taken(file: string): Promise<Taken> {
  const { stdout } = await run(process.execPath, [file], { env: { PATH: process.env.PATH } });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

/** Runs each file in a process of its own, all in turn, again and again; each round begins with another. */
export async function inTurn(files: readonly string[], rounds: number): Promise<readonly (readonly Taken[])[]> {
  const all = files.map((): Taken[] => []);
  for (const file of files) await taken(file); // then it is in the cache of the system
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < files.length; turn++) {
      const place = (round + turn) % files.length;
      all[place]?.push(await taken(files[place] ?? ''));
    }
  }
  return all;
}

/** The times relative to the floor of the same round: the median, and the least of all rounds relative to its least. */
export function over(all: readonly Taken[], floor: readonly Taken[]) {
  const later = (of: (one: Taken) => number) =>
    median(all.map((one, round) => of(one) - of(floor[round] ?? { wallMs: Number.NaN, busyMs: Number.NaN })));
  return {
    wall: later(({ wallMs }) => wallMs),
    least: least(all) - least(floor),
    busy: later(({ busyMs }) => busyMs),
  };
}

/** The least time on the clock. */
export const least = (all: readonly Taken[]) => Math.min(...all.map(({ wallMs }) => wallMs));
