import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditLog, countVisits, type VisitAudit } from '../../src/logs.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { badLines } from '../../src/testing/arbitraries/anything.ts';
import { runs } from '../support/runs.ts';
import { collect, woven } from './support.ts';

const textOf = (events: readonly VisitEvent[]) => events.map((event) => JSON.stringify(event));

const idOf = ([first]: readonly VisitEvent[]) => first!.data.visitId;

const byId = (results: readonly VisitAudit[]) => new Map(results.map((result) => [result.visitId, result]));

/** The audit of one visit, without the lines. */
const alone = ({ audit: { findings, ...rest } }: VisitAudit) => ({
  ...rest,
  findings: findings.map(({ line, ...finding }) => finding),
});

function expectEach(results: readonly VisitAudit[], logs: readonly (readonly VisitEvent[])[]): void {
  const found = byId(results);
  expect(found.size).toBe(results.length);
  for (const log of logs) {
    const result = found.get(idOf(log))!;
    expect(alone(result)).toEqual(audit(log));
    expect(result.continued).toBe(false);
    expect(result.lines).toHaveLength(log.length);
    for (const { index, line } of result.audit.findings) expect(line).toBe(result.lines[index]);
  }
}

describe('each visit of a log is audited as its events alone are', () => {
  it('in any interleaving, with and without the count, with either end of line', async () => {
    await fc.assert(
      fc.asyncProperty(
        woven(),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        async ({ logs, merged }, end, hasMark, isCounted) => {
          const text = (hasMark ? '\uFEFF' : '') + textOf(merged).join(end);
          const options = isCounted ? { expected: await countVisits(text) } : {};
          const results = await collect(auditLog(text, options));
          expect(results).toHaveLength(logs.length);
          expectEach(results, logs);
        },
      ),
      { numRuns: runs(100), seed: 21 },
    );
  });

  it('with the dossier and the events on request', async () => {
    await fc.assert(
      fc.asyncProperty(woven(12), async ({ logs, merged }) => {
        const found = byId(await collect(auditLog(textOf(merged), { dossier: true, events: true })));
        for (const log of logs) {
          expect(found.get(idOf(log))!.dossier).toEqual(dossier(log));
          expect(found.get(idOf(log))!.events).toEqual(log);
        }
      }),
      { numRuns: runs(30), seed: 22 },
    );
  });

  it('with bad lines between, none of which is lost', async () => {
    await fc.assert(
      fc.asyncProperty(woven(), fc.array(fc.tuple(fc.nat(), badLines), { maxLength: 6 }), async ({ merged }, bad) => {
        const lines = textOf(merged);
        for (const [place, line] of bad) lines.splice(place % (lines.length + 1), 0, line.replaceAll('\n', ' '));
        const expected = await countVisits(lines);
        for (const results of [await collect(auditLog(lines)), await collect(auditLog(lines, { expected }))]) {
          const seen = results.flatMap((result) => result.lines).sort((one, other) => one - other);
          const written = lines.flatMap((line, index) => (/^[ \t\r]*$/.test(line) ? [] : [index + 1]));
          expect(seen).toEqual(written);
          const clean = results.filter((result) => result.audit.clean).flatMap((result) => result.lines);
          for (const line of clean) expect(() => JSON.parse(lines[line - 1]!.replace(/^\uFEFF/, ''))).not.toThrow();
        }
      }),
      { numRuns: runs(100), seed: 23 },
    );
  });

  it('with the last line cut: what is read of it goes to its visit', async () => {
    await fc.assert(
      fc.asyncProperty(woven(12), fc.nat(), async ({ merged }, at) => {
        fc.pre(merged.length > 0);
        const lines = textOf(merged);
        const last = lines.at(-1)!;
        const cut = last.slice(0, 1 + (at % (last.length - 1)));
        // An act in a report may name another visit: then no one visit is shown.
        const named = new Set([...cut.matchAll(/"visitId":"([^"]*)"/g)].map(([, id]) => id));
        const shows = named.size === 1 && named.has(idOf(merged.slice(-1)));
        const results = await collect(auditLog([...lines.slice(0, -1), cut]));
        const result = results.find((one) => one.visitId === (shows ? idOf(merged.slice(-1)) : null))!;
        expect(result.audit.findings.at(-1)).toMatchObject({ kind: 'unreadable', line: lines.length });
        expect(result.audit.clean).toBe(false);
      }),
      { numRuns: runs(60), seed: 24 },
    );
  });
});
