/**
 * The size of a report of many visits, and the cost of creating it: simulated visits, each with its lines, compressed
 * until it is opened. Run: `npx tsx scripts/report-size.ts [visits] [file]`.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { VisitEvent } from 'auxilio';
import { reportHtmlStream, type SourcedLog } from 'auxilio/report';
import { simulate } from 'auxilio/testing';

const [count = '3000', path] = process.argv.slice(2);
const visits = Number(count);

function* logs(): Generator<SourcedLog> {
  let line = 0;
  for (const { events } of simulate({ visits, seed: 7 })) {
    const origins = events.map(() => {
      line += 1;
      return { file: 'visitas.ndjson', line };
    });
    yield { events: events as readonly VisitEvent[], origins };
  }
}

const file: FileHandle | null = path === undefined ? null : await open(path, 'w');
let peak = 0;
const timer = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50);
const begun = performance.now();
let bytes = 0;
for await (const part of reportHtmlStream(logs())) {
  bytes += Buffer.byteLength(part);
  await file?.appendFile(part);
}
clearInterval(timer);
await file?.close();
const seconds = (performance.now() - begun) / 1000;
console.log(
  `${visits} visits: ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / visits / 1000).toFixed(1)} kB a visit, ` +
    `${seconds.toFixed(0)} s, at most ${(peak / 1e6).toFixed(0)} MB of memory`,
);
