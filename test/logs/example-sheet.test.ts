import { createReadStream, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditSheet, parseMapping, readSheet, type SheetMapping } from '../../src/logs.ts';
import { collect } from './support.ts';

const file = 'examples/foreign-sheet/llamadas.csv';
const parsed = parseMapping(readFileSync('examples/foreign-sheet/mapping.json', 'utf8'));
const mapping = (parsed.ok ? parsed.value : {}) as SheetMapping;

describe('the sheet of a call center, with the findings that a person sees in it', () => {
  it('has a mapping that can be used', () => {
    expect(parsed).toMatchObject({ ok: true });
  });

  it('has 84 rows below the header: one is broken, one is a question and no act', async () => {
    const rows = await collect(readSheet(readFileSync(file, 'utf8'), mapping));
    expect(rows).toHaveLength(83);
    expect(rows.filter(({ ok }) => !ok)).toEqual([
      // "Almuerzo; vuelve a las 11" stands there without quotation marks.
      { row: 62, ok: false, visitId: 'V-102', problems: [{ column: null, path: null, code: 'cell-count' }] },
    ]);
  });

  it('is read from bytes as from text', async () => {
    const bytes = await collect(readSheet(createReadStream(file, { highWaterMark: 997 }), mapping));
    expect(bytes).toEqual(await collect(readSheet(readFileSync(file, 'utf8'), mapping)));
  });

  it('holds a clean visit, a broken row, a start without its call, and an act of a former provider that came late', async () => {
    const results = await collect(auditSheet(readFileSync(file, 'utf8'), mapping));
    const told = results.map(({ visitId, audit: { clean, findings, state } }) => ({
      visitId,
      clean,
      phase: state.phase,
      findings: findings.map(({ line, kind, rule, clause }) => [line, kind, rule, clause]),
    }));
    expect(told, `an act that is needed goes into the visits of ${file}`).toEqual([
      { visitId: 'V-101', clean: true, phase: 'completed', findings: [] },
      { visitId: 'V-102', clean: false, phase: 'completed', findings: [[62, 'unreadable', undefined, undefined]] },
      { visitId: 'V-103', clean: false, phase: 'completed', findings: [[61, 'violation', 'start-reported', '1.1-26']] },
      {
        visitId: 'V-104',
        clean: false,
        phase: 'closed',
        findings: [
          [82, 'late', 'assigned-provider', '1.2-12'],
          [82, 'violation', 'not-arrived', '1.2-01'],
        ],
      },
    ]);
  });

  it('leaves to us what no sheet knows: the edition, and how the visit was closed', async () => {
    const rows = await collect(readSheet(readFileSync(file, 'utf8'), mapping));
    const events = rows.flatMap((row) => (row.ok ? [row.value] : []));
    const { edition } = events.find(({ type }) => type === 'VisitAssigned')!.data as { edition: string };
    expect(edition).toMatch(/^[0-9a-f]{64}$/);
    expect(events.find(({ type }) => type === 'VisitClosed')!.data).toMatchObject({ outcome: 'rescheduled' });
    expect(events.find(({ type }) => type === 'QualityTested')!.data).toMatchObject({ passed: true });
  });

  it('tells local times as instants, what was typed by another, and parts of cells', async () => {
    const rows = await collect(readSheet(readFileSync(file, 'utf8'), mapping));
    const at = (row: number) => rows.find((one) => one.row === row) as { value: unknown };
    expect(at(2).value).toMatchObject({
      type: 'VisitAssigned',
      data: {
        visitId: 'V-101',
        at: '2026-03-17T13:40:00.000Z',
        client: { name: 'Ana Rojas Núñez', title: 'doña' },
        arriveBy: '2026-03-17T15:00:00.000Z',
        by: { role: 'contact-center', id: 'OP-7' },
      },
    });
    expect(at(12).value).toMatchObject({
      type: 'TransitIssueReported',
      data: { by: { role: 'provider', id: 'P-22' }, recordedBy: { role: 'contact-center', id: 'OP-3' } },
    });
    expect(at(33).value).toMatchObject({
      type: 'WorkExplained',
      data: {
        materials: [
          { item: 'Cilindro', quantity: 1 },
          { item: 'Tornillo 1/2"', quantity: 4 },
          { item: 'Cable THHN', quantity: 2.5, unit: 'm' },
        ],
      },
    });
  });
});
