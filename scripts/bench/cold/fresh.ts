import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { median } from '../race.ts';

/** Milliseconds since a process began, and those for which it kept a processor busy, which a busy machine changes less. */
export type Taken = { readonly wallMs: number; readonly busyMs: number };

/** What a program ends with: it tells its time in the last line. */
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

/** The medians, and the least time on the clock. */
export function summary(all: readonly Taken[]) {
  const walls = all.map(({ wallMs }) => wallMs);
  return { wall: median(walls), least: Math.min(...walls), busy: median(all.map(({ busyMs }) => busyMs)) };
}
