import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { simulate } from '../../src/testing/simulate/simulate.ts';

/** The number of visits that are open at once. */
const OPEN = 40;
const PART = 1 << 20;

function* interleaved(seed: number): Generator<string> {
  const visits = simulate({ visits: Number.POSITIVE_INFINITY, seed });
  const next = () => visits.next().value.events.map((event: unknown) => JSON.stringify(event));
  const open: string[][] = Array.from({ length: OPEN }, next);
  for (let turn = 0; ; turn += 1) {
    const place = turn % OPEN;
    const visit = open[place] ?? [];
    const line = visit.shift();
    if (line === undefined) open[place] = next();
    else yield `${line}\n`;
  }
}

/** Writes a log of simulated visits of about so many bytes, forty of them always open at once. */
export async function writeLog(path: string, bytes: number, seed = 1): Promise<void> {
  const out = createWriteStream(path);
  let written = 0;
  let part = '';
  for (const line of interleaved(seed)) {
    part += line;
    if (part.length < PART) continue;
    written += Buffer.byteLength(part);
    if (!out.write(part)) await once(out, 'drain');
    part = '';
    if (written >= bytes) break;
  }
  out.end();
  await once(out, 'finish');
}
