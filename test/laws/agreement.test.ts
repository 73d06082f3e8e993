import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeals, noHeads } from '../../src/cli/input/seals.ts';
import type { SelectedVisit } from '../../src/cli/input/select-visits.ts';
import { createFormatter, emptyTally } from '../../src/cli/log/formatter.ts';
import { paymentRow } from '../../src/cli/payments/row.ts';
import { auditLines } from '../../src/logs/line-auditor.ts';
import { lineGroups } from '../../src/logs/lines.ts';
import { createVisitAuditor } from '../../src/logs/visit-auditor.ts';
import { createContext } from '../../src/report/context.ts';
import { indexRow } from '../../src/report/day/overview.ts';
import { standing } from '../../src/report/visit/payment.ts';
import { createView } from '../../src/report/visit-view.ts';
import { advance } from '../../src/testing.ts';
import { parseEvent } from '../../src/wire.ts';
import { collect } from '../logs/support.ts';
import { plain } from '../scenarios/commands.ts';
import { anyLog, disagreements, type Judged, type Readings, readingsOf, type Saying } from '../support/agreement.ts';
import { runs } from '../support/runs.ts';

/** The report's texts about a visit: at its head, and in the index of a day. */
function reported({ events, policy }: Judged, { dossier }: Readings): Saying {
  const context = createContext({ locale: 'en', ...(policy === undefined ? {} : { policy }) });
  const { words } = context;
  const page = createView(events, 1, context);
  const isReady = indexRow(context, page).markup.includes(`<span>${words.day.ready}</span>`);
  return {
    reader: 'report',
    clean: page.clean,
    nothingMissing: standing(context, page.dossier) === words.visit.nothingMissing || isReady,
    ...(isReady ? { payable: true } : {}),
    unmet: page.dossier.unmetForPayment,
    statuses: Object.fromEntries(dossier.payment.map(({ clause, status }) => [clause, status])),
  };
}

/** The row of the command line's payment sheet. */
function paid({ audit, dossier }: Readings): Saying {
  const { visitId, integrity } = dossier;
  const visit = { visitId, source: { path: 'log' }, audit, integrity, lines: [] } as unknown as SelectedVisit;
  const { payable, unmet, findings, clauses } = paymentRow(visit, dossier);
  return { reader: 'payment sheet', clean: findings === 0, payable, unmet, statuses: clauses };
}

/** True if a log survives a file unchanged: events of one visit that the wire accepts as they are. */
const isWritable = ({ events }: Judged): boolean =>
  events.length > 0 &&
  events.every((event) => {
    const parsed = parseEvent(JSON.stringify(event));
    const isSame = parsed.ok && JSON.stringify(parsed.value) === JSON.stringify(event);
    return isSame && event.data.visitId === events[0]?.data.visitId;
  });

/** The command line's output for the log in a file: `audit --json`, the dossier and the payment sheet. */
async function commanded({ events, policy }: Judged): Promise<readonly Saying[]> {
  const options = policy === undefined ? {} : { policy };
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const parts = (async function* () {
    yield Buffer.from(lines);
  })();
  const visits = createVisitAuditor({ ...options, dossier: true }, createSeals(noHeads));
  const [visit, ...others] = await collect(auditLines(lineGroups(parts), visits));
  if (visit?.dossier === undefined || others.length > 0) throw new Error('one visit is written, and one is read');
  const format = {
    locale: 'en',
    json: true,
    quiet: false,
    csv: false,
    isColoured: false,
    showsAll: true,
    isSheet: false,
  } as const;
  const tally = emptyTally();
  const said = createFormatter({ ...format, ...options, name: 'log', path: 'log', heads: noHeads })(visit, tally);
  const { clean } = JSON.parse(said.lines.join(''));
  const { payable, unmet, clauses, findings } = paymentRow(
    { ...visit, source: { path: 'log' } } as unknown as SelectedVisit,
    visit.dossier,
  );
  return [
    { reader: 'audit --json', clean },
    { reader: 'the exit code', clean: tally.isClean },
    { reader: 'payments', clean: findings === 0, payable, unmet, statuses: clauses },
  ];
}

describe('what is said of one log', () => {
  it('is what the command line says of it as a file', async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(anyLog, async (judged) => {
        if (!isWritable(judged)) return;
        written += 1;
        expect(disagreements(readingsOf(judged), await commanded(judged))).toEqual([]);
      }),
      { numRuns: runs(100), seed: 22, endOnFailure: true },
    );
    expect(written).toBeGreaterThan(runs(30));
  });

  it('never disagrees: audit, dossier, missing, the report and the payment sheet', () => {
    let payable = 0;
    let contradicted = 0;
    fc.assert(
      fc.property(anyLog, (judged) => {
        const readings = readingsOf(judged);
        expect(disagreements(readings, [reported(judged, readings), paid(readings)])).toEqual([]);
        if (readings.dossier.payable) payable += 1;
        if (readings.dossier.payment.some(({ status }) => status === 'contradicted')) contradicted += 1;
      }),
      { numRuns: runs(150), seed: 21, endOnFailure: true },
    );
    expect(payable).toBeGreaterThan(runs(10));
    expect(contradicted).toBeGreaterThan(runs(10));
  });

  it('is noticed where it does', () => {
    const readings = readingsOf({ events: advance([], plain), policy: undefined });
    const { dossier, audit } = readings;
    expect(disagreements(readings)).toEqual([]);
    expect(disagreements({ ...readings, missing: { found: true, acts: [] } })).toHaveLength(2);
    expect(disagreements({ ...readings, audit: { ...audit, clean: false } })).toHaveLength(1);
    expect(disagreements({ ...readings, dossier: { ...dossier, payable: true } })).not.toEqual([]);
    expect(disagreements({ ...readings, dossier: { ...dossier, unmetForPayment: [] } })).not.toEqual([]);
    const saying = { reader: 'sheet', clean: false, payable: true, nothingMissing: true, unmet: [] };
    expect(disagreements(readings, [saying])).toHaveLength(5);
    expect(disagreements(readings, [{ reader: 'sheet', statuses: { '1.1-27': 'satisfied' } }])).toHaveLength(1);
  });
});
