import { Buffer } from 'node:buffer';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsIn, indexLog, splitBlocks } from '../../src/cli/input/log-index.ts';
import { createSeals, noHeads } from '../../src/cli/input/seals.ts';
import { createFormatter, emptyTally, type FormatOptions } from '../../src/cli/log/formatter.ts';
import { formatAll } from '../../src/cli/log/parallel.ts';
import { type Read, splitRanges } from '../../src/cli/log/partition.ts';
import { createWorker } from '../../src/cli/log/worker.ts';
import { auditLines } from '../../src/logs/line-auditor.ts';
import { lineGroups } from '../../src/logs/lines.ts';
import { createVisitAuditor } from '../../src/logs/visit-auditor.ts';
import { auditLog, linesOf } from '../../src/logs.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { badLines } from '../../src/testing/arbitraries/anything.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { collect, woven } from '../logs/support.ts';
import { auxilioProcess, file, sheet } from './support.ts';

const format: FormatOptions = {
  locale: 'en',
  json: true,
  quiet: false,
  csv: false,
  isColoured: false,
  showsAll: true,
  isSheet: false,
  name: 'x.ndjson',
  path: 'x.ndjson',
  heads: noHeads,
};

/** A log in memory, which comes in small parts. */
const readerOf = (bytes: Uint8Array, size: number): Read =>
  async function* ({ from, to }) {
    for (let at = from; at < to; at += size) {
      // Now one is ahead, now another.
      if (at % 3 === 0) await turn();
      yield bytes.slice(at, Math.min(to, at + size));
    }
  };

/** The output for a log read by one worker, line by line, and the totals. */
async function byOne(bytes: Uint8Array, part = 1 << 16) {
  const whole = () => readerOf(bytes, part)({ from: 0, to: bytes.length });
  const tally = emptyTally();
  const formatVisit = createFormatter(format);
  const index = await indexLog(splitBlocks(whole()));
  const known = { expected: countsIn(index), hasUnattributed: index.unattributed > 0 };
  const visits = createVisitAuditor(known, createSeals(noHeads));
  const audits = await collect(auditLines(lineGroups(whole()), visits));
  return { visits: audits.map((audit) => formatVisit(audit, tally)), tally, audits };
}

/** Counts the bytes that each pass reports. */
function watching() {
  const read = { counting: 0, auditing: 0 };
  const watch = (pass: keyof typeof read) => ({
    advance: (bytes: number) => {
      read[pass] += bytes;
    },
    reach: () => {},
    stop: () => {},
  });
  return { read, watch };
}

/** The same from so many workers and ranges. */
async function bySeveral(bytes: Uint8Array, workers: number, count: number, part: number) {
  const read = readerOf(bytes, part);
  const ranges = await splitRanges(bytes.length, count, read);
  expect(ranges.map(({ to }) => to).slice(0, -1)).toEqual(ranges.map(({ from }) => from).slice(1));
  const tally = emptyTally();
  const { read: counted, watch } = watching();
  const pool = Array.from({ length: workers }, () => createWorker(read, format));
  const visits = await collect(formatAll(pool, ranges, format, watch, tally));
  // Each byte once in each pass, although the visits that end in a range may begin before it.
  expect(counted).toEqual({ counting: bytes.length, auditing: bytes.length });
  return { visits, tally };
}

const outputOf = ({ visits }: { readonly visits: readonly { readonly lines: readonly string[] }[] }) =>
  visits.flatMap(({ lines }) => lines);

/** Ways to write an event that hide whose it is, or that make it another's. */
const disguises: readonly ((line: string, other: string) => string)[] = [
  (line) => line.replace('"visitId"', '"visit\\u0049d"'),
  (line) => line.replace('"data"', '"d\\u0061ta"'),
  (line) => line.replace(/("visitId":"[^"]*")/, (id) => `${id.replace(/v-\d/, 'v-9')},${id}`),
  (line, other) => line.replace(/\}\}$/, `,"visitId":"${other}"}}`),
  (line, other) => line.replace(/\}$/, `,"data":{"visitId":"${other}"}}`),
  (line) => line.replace(/\}$/, ',"data":7}'),
  (line, other) => line.replace('{', `{"metadata":{"data":{"visitId":"${other}"}},`),
  (line, other) => line.replace(/\}$/, `,"metadata":{"note":"\\"data\\":{\\"visitId\\":\\"${other}\\""}}`),
  (line) => line.replace(/^\{("type":"\w+"),(.*)\}$/, '{$2,$1}'),
  (line) => line.replaceAll('":', '" : ').replaceAll(',"', ' , "'),
  (line) => line.replace('{', '  {'),
  (line) => `\uFEFF${line}`,
  (line) => line.replace(/"type":"\w+"/, '"type":"data"'),
  (line) => line.replace(/"type":"\w+"/, '"type":"FencePainted"'),
  (line) => line.replace(/\}$/, ',"metadata":{"schemaVersion":9}}'),
  (line) => line.replace('"at":"', '"at":"\udcff'),
  (line) => line.slice(0, line.length / 2),
  (line) => `${line}\n${line}`,
  (line) => `${line.slice(0, -2)},"x":"${'ñ'.repeat(70_000)}"}}`,
];

/** Logs of interleaved visits with all kinds of faults, as bytes. */
const messy: fc.Arbitrary<Uint8Array> = fc
  .record({
    merged: woven(14).map(({ merged }) => merged.map((event) => JSON.stringify(event))),
    spoilt: fc.array(fc.tuple(fc.nat(), fc.nat(disguises.length - 1), fc.constantFrom('v-1', 'v-2', 'v-7', '-')), {
      maxLength: 6,
    }),
    between: fc.array(fc.tuple(fc.nat(), fc.oneof(badLines, fc.constantFrom('', '  ', '\r', 'null'))), {
      maxLength: 5,
    }),
    end: fc.constantFrom('\n', '\r\n'),
    hasMark: fc.boolean(),
    cut: fc.option(fc.nat(), { freq: 3 }),
    hasLastFeed: fc.boolean(),
    harm: fc.option(fc.tuple(fc.nat(), fc.constantFrom(0xff, 0xc3, 0xf0, 0x0a, 0x5c))),
  })
  .map(({ merged, spoilt, between, end, hasMark, cut, hasLastFeed, harm }) => {
    const lines = [...merged];
    for (const [at, which, other] of spoilt) {
      const place = at % lines.length;
      const spoil = disguises[which];
      const line = lines[place];
      if (spoil !== undefined && line?.startsWith('{"type"')) lines[place] = spoil(line, other);
    }
    for (const [at, line] of between) lines.splice(at % (lines.length + 1), 0, line);
    const text = (hasMark ? '\uFEFF' : '') + lines.join(end) + (hasLastFeed ? end : '');
    const bytes = Buffer.from(text);
    if (harm !== null && bytes.length > 0) bytes[harm[0] % bytes.length] = harm[1];
    return cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
  });

describe('one worker, two and four', () => {
  it('say the same of any log, in ranges as small as can be', async () => {
    await fc.assert(
      fc.asyncProperty(
        messy,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 99, max: 9000 }),
        async (log, count, part) => {
          const alone = await byOne(log, part);
          for (const workers of [1, 2, 4]) {
            const together = await bySeveral(log, workers, count, part);
            expect(outputOf(together)).toEqual(outputOf(alone));
            expect(together.tally).toEqual(alone.tally);
            const garbled = (of: typeof together) => of.visits.find(({ garbledAt }) => garbledAt !== null)?.garbledAt;
            expect(garbled(together)).toBe(garbled(alone));
          }
        },
      ),
      { numRuns: 100, seed: 41 },
    );
  });

  it('say what auditLog says, each visit once', async () => {
    await fc.assert(
      fc.asyncProperty(messy, async (log) => {
        const { audits } = await byOne(log);
        const found = await collect(auditLog(linesOf([log])));
        const sorted = (all: typeof audits) =>
          all.toSorted((one, other) => (String(one.visitId) < String(other.visitId) ? -1 : 1));
        expect(sorted(audits)).toEqual(sorted(found));
        const ends = audits.filter(({ visitId }) => visitId !== null).map(({ lines }) => lines.at(-1) ?? 0);
        expect(ends).toEqual(ends.toSorted((one, other) => one - other));
      }),
      { numRuns: 100, seed: 42 },
    );
  });

  it('report lines without a visit a thousand at a time, from whatever ranges', async () => {
    const visit = [...simulate({ visits: 2, seed: 4 })].flatMap(({ events }) =>
      events.map((event) => JSON.stringify(event)),
    );
    const log = Buffer.from([...visit, ...Array.from({ length: 2500 }, (_, at) => `no ${at}`), ...visit].join('\n'));
    const alone = await byOne(log);
    expect(alone.visits).toHaveLength(5);
    for (const workers of [1, 2, 4]) expect(outputOf(await bySeveral(log, workers, 7, 1000))).toEqual(outputOf(alone));
  });

  it('read whole lines in blocks, each with its place, and a last one without a line feed', async () => {
    for (const text of ['a\nbb\n\nccc\n', 'a\nbb\n\nccc', 'aaaa', '\n', '']) {
      for (const size of [1, 2, 3, 100]) {
        const bytes = Buffer.from(text);
        const blocks = await collect(splitBlocks(readerOf(bytes, size)({ from: 0, to: bytes.length }), 7));
        expect(blocks.map((block) => Buffer.from(block.bytes).toString()).join('')).toBe(text);
        let at = 7;
        for (const [place, block] of blocks.entries()) {
          expect(block.offset).toBe(at);
          expect(block.bytes.length).toBeGreaterThan(0);
          if (place < blocks.length - 1) expect(block.bytes.at(-1)).toBe(0x0a);
          at += block.bytes.length;
        }
      }
    }
  });

  it('pass over a first line with nothing but a mark', async () => {
    for (const text of ['\uFEFF', '\uFEFF\r\n', '\uFEFF\n\uFEFF']) {
      const log = Buffer.from(text);
      const found = await collect(auditLog(linesOf([log])));
      expect((await byOne(log)).audits).toEqual(found);
      expect(outputOf(await bySeveral(log, 2, 2, 9))).toEqual(outputOf(await byOne(log)));
    }
  });

  it('keep the beginning of a line that never ends, and go on after it', async () => {
    const [visit = [], other = []] = [...simulate({ visits: 2, seed: 4 })].map(({ events }) =>
      events.map((event) => JSON.stringify(event)),
    );
    const endless = `${visit[0]?.slice(0, -2)},"x":"${'ñ—'.repeat(1_500_000)}"}}`;
    const log = Buffer.from([...visit.slice(0, 5), endless, ...other, endless, ...visit.slice(5)].join('\n'));
    const alone = await byOne(log);
    expect(alone.audits.map(({ lines }) => lines.length)).toEqual([other.length, visit.length + 2]);
    expect(alone.audits[1]?.audit.findings.filter(({ kind }) => kind === 'unreadable')).toHaveLength(2);
    for (const workers of [1, 2]) expect(outputOf(await bySeveral(log, workers, 9, 1 << 18))).toEqual(outputOf(alone));
  });

  it('wait for each other: the output stays in order, and does not pile up', async () => {
    const lines = [...simulate({ visits: 700, seed: 6 })].flatMap(({ events }: { events: readonly VisitEvent[] }) =>
      events.map((event) => JSON.stringify(event)),
    );
    const log = Buffer.from(lines.join('\n'));
    expect(outputOf(await bySeveral(log, 4, 3, 10_000))).toEqual(outputOf(await byOne(log)));
  });

  it('end with the first thing that goes wrong', async () => {
    const log = Buffer.from('{}\n'.repeat(1000));
    const ranges = await splitRanges(log.length, 8, readerOf(log, 100));
    const failing: Read = async function* (range) {
      if (range.from > 1000) throw new Error('the disk is gone');
      yield* readerOf(log, 100)(range);
    };
    const watch = () => ({ advance: () => {}, reach: () => {}, stop: () => {} });
    const workers = [createWorker(readerOf(log, 100), format), createWorker(failing, format)];
    await expect(collect(formatAll(workers, ranges, format, watch, emptyTally()))).rejects.toThrow('the disk is gone');
  });
});

const lines = [...simulate({ visits: 300, seed: 8 })].flatMap(({ events }) =>
  events.map((event) => JSON.stringify(event)),
);
const interleaved = lines.flatMap((_, at) => lines[(at * 7919) % lines.length] ?? []);
const whole = file('whole.ndjson', `${lines.join('\n')}\n`);
const mixed = file('woven.ndjson', Buffer.from(`${interleaved.join('\r\n').replaceAll('ñ', '\u{1f3e0}')}\r\n{"a`));

describe('audit --workers', () => {
  it.each([[[mixed, '--json']], [[whole, mixed, '--all', '--locale', 'en']]])(
    'says the same for 1 and 4: %j',
    (args) => {
      const one = auxilioProcess(['audit', ...args, '--workers', '1']);
      expect(one.out.length).toBeGreaterThan(20);
      expect(auxilioProcess(['audit', ...args, '--workers', '4'])).toEqual(one);
      expect(auxilioProcess(['audit', ...args])).toEqual(one);
    },
  );

  it('reports what cannot be read as one does', () => {
    const bad = file('none.ndjson', `${'nothing '.repeat(40)}\n`.repeat(2000));
    for (const args of [[bad], ['test'], ['/nowhere'], [bad, whole]]) {
      expect(auxilioProcess(['audit', ...args, '--workers', '2'])).toEqual(auxilioProcess(['audit', ...args]));
    }
  });

  it('says that standard input has one worker', () => {
    const { out, err, code } = auxilioProcess(['audit', '--workers', '2', '--locale', 'en'], {
      input: lines.join('\n'),
    });
    expect(out).toMatch(/^300 visits, all clean\n/m);
    expect(err).toBe('auxilio: standard input is read once, from its beginning to its end: one worker audits it\n');
    expect(code).toBe(0);
  });

  it('is a number from 1 to 64, and not for sheets', () => {
    for (const count of ['0', '65', 'x']) {
      expect(auxilioProcess(['audit', whole, '--workers', count]).err).toContain('un número entero de 1 a 64');
    }
    const { err, code } = auxilioProcess(['audit', ...sheet, '--workers', '2']);
    expect(err).toContain('--workers y --map');
    expect(code).toBe(2);
  });
});
