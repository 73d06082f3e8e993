/**
 * Writes a log of simulated visits of about so many megabytes, forty of them always open at once:
 * `npx tsx scripts/make-log.ts FILE SIZE_MB [SEED]`.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { simulate } from '../src/testing/simulate.ts';

const [file, size = '50', seed = '1'] = process.argv.slice(2);
const OPEN = 40;

function* interleaved(): Generator<string> {
  const visits = simulate({ visits: Number.POSITIVE_INFINITY, seed: Number(seed) });
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

async function main(path: string, bytes: number): Promise<void> {
  const out = createWriteStream(path);
  let written = 0;
  let part = '';
  for (const line of interleaved()) {
    part += line;
    if (part.length < 1 << 20) continue;
    written += Buffer.byteLength(part);
    if (!out.write(part)) await once(out, 'drain');
    part = '';
    if (written >= bytes) break;
  }
  out.end();
  await once(out, 'finish');
}

if (file === undefined) {
  process.stderr.write('usage: npx tsx scripts/make-log.ts FILE SIZE_MB [SEED]\n');
  process.exitCode = 2;
} else void main(file, Number(size) * 1_000_000);
