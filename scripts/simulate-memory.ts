/**
 * Streams simulated visits and prints the memory in use before them, and after a hundredth, a tenth and all of them.
 * Fails when the heap has grown between the last two.
 *
 *   npm run simulate:memory                     a million visits; some ten minutes
 *   npm run simulate:memory -- --visits 20000   fewer
 *   npm run simulate:memory -- --offline        by two writers, with mistakes
 */
import { type Mix, offlineMix, simulate } from 'auxilio/testing';

/** A measurement: the heap after a full collection, the process now, and its maximum so far. */
type Mark = {
  readonly visits: number;
  readonly events: number;
  readonly seconds: number;
  /** Of one processor. */
  readonly busy: number;
  readonly heap: number;
  readonly resident: number;
  readonly peak: number;
};

const mebibyte = 2 ** 20;
const allowedGrowth = mebibyte;

function mark(visits: number, events: number): Mark {
  if (globalThis.gc === undefined) throw new Error('node needs --expose-gc');
  const { rss: resident } = process.memoryUsage();
  globalThis.gc();
  const { heapUsed: heap } = process.memoryUsage();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const busy = (userCPUTime + systemCPUTime) / 1e6;
  return { visits, events, seconds: performance.now() / 1_000, busy, heap, resident, peak: maxRSS * 1_024 };
}

/** Streams so many visits; the marks before them, and after a hundredth, a tenth and all of them. */
function stream(visits: number, mix: Partial<Mix>): readonly Mark[] {
  const at = new Set([visits / 100, visits / 10, visits]);
  const marks = [told(mark(0, 0))];
  let count = 0;
  let events = 0;
  for (const visit of simulate({ visits, mix })) {
    count += 1;
    events += visit.events.length;
    if (at.has(count)) marks.push(told(mark(count, events)));
  }
  return marks;
}

function told(it: Mark): Mark {
  const sizes = [it.heap, it.resident, it.peak].map(megabytes);
  row([it.visits, it.events, it.seconds.toFixed(1), it.busy.toFixed(1), ...sizes]);
  return it;
}

const megabytes = (bytes: number) => (bytes / mebibyte).toFixed(1);

const row = (cells: readonly (string | number)[]) =>
  console.log(cells.map((cell) => String(cell).padStart(11)).join(''));

const asked = process.argv.indexOf('--visits');
const visits = asked === -1 ? 1_000_000 : Number(process.argv[asked + 1]);
if (!(visits > 0 && visits % 100 === 0)) throw new Error('--visits takes a multiple of 100');

row(['visits', 'events', 'seconds', 'processor', 'heap MiB', 'RSS MiB', 'peak MiB']);
const [, , tenth, all] = stream(visits, process.argv.includes('--offline') ? offlineMix : {});
if (tenth === undefined || all === undefined) throw new Error('fewer visits came than were asked for');
const grown = all.heap - tenth.heap;
const verdict = grown <= allowedGrowth ? 'flat' : 'not flat';
console.log(`grown by ${megabytes(grown)} MiB over the last nine tenths: ${verdict}`);
process.exitCode = verdict === 'flat' ? 0 : 1;
