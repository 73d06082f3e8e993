import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDerived } from '../../src/logs/sheet/derived-fields.ts';
import type { SheetMapping } from '../../src/logs.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { runs } from '../support/runs.ts';
import { arrivals, csv, rowsOf } from './sheet-support.ts';

const header = 'Visita,Hora,Acto,Quién,Rol,Tecleó';
const row = (act: string, who: string, role: string, typist: string) =>
  `V-1,17/03/2026 08:05,${act},${who},${role},${typist}`;

const words: SheetMapping['act']['words'] = {
  Llegada: 'ProviderArrived',
  Acuse: 'TransitIssueAcknowledged',
  Conforme: 'ClientConformed',
};
const roles = { column: 'Rol', words: { p: 'provider', c: 'contact-center', k: 'client' } } as const;
const typed: SheetMapping = {
  ...arrivals,
  act: { column: 'Acto', words },
  recordedBy: { role: roles, id: { column: 'Tecleó' } },
};

async function authorsOf(mapping: SheetMapping, ...rows: readonly string[]): Promise<unknown[]> {
  return (await rowsOf(csv(header, ...rows), mapping)).map((read) => {
    if (!read.ok) return read.problems.map(({ column, code }) => `${column}: ${code}`).join();
    const { by, recordedBy } = read.value.data;
    const told = `${by.role} ${by.id}`;
    return recordedBy === undefined ? told : `${told}, by ${recordedBy.role} ${recordedBy.id}`;
  });
}

describe('who an act is by', () => {
  it('has the role whose act it is, unless said otherwise', async () => {
    const acts = [row('Llegada', 'P-1', '', ''), row('Acuse', 'OP-1', '', ''), row('Conforme', 'K-1', '', '')];
    expect(await authorsOf(typed, ...acts)).toEqual(['provider P-1', 'contact-center OP-1', 'client K-1']);
    const { recordedBy, ...rest } = typed;
    const said = { ...rest, by: { role: roles, id: { column: 'Quién' } } };
    expect(await authorsOf(said, row('Acuse', 'P-1', 'p', ''), row('Acuse', 'P-1', 'jefe', ''))).toEqual([
      'provider P-1',
      'Rol: unknown-word',
    ]);
  });

  it('may have an id by role; a client without one is client', async () => {
    const by: SheetMapping['by'] = { id: { provider: { column: 'Quién' }, 'contact-center': { column: 'Tecleó' } } };
    const { recordedBy, ...rest } = typed;
    const acts = [row('Llegada', 'P-1', '', 'OP-1'), row('Acuse', 'P-1', '', 'OP-1'), row('Conforme', 'P-1', '', '')];
    expect(await authorsOf({ ...rest, by }, ...acts)).toEqual(['provider P-1', 'contact-center OP-1', 'client client']);
    expect(await authorsOf({ ...rest, by }, row('Llegada', '', '', ''))).toEqual(['Quién: missing']);
  });

  it('may have been typed in by another; the same person, or nobody, is nobody else', async () => {
    const acts = [
      row('Llegada', 'P-1', 'c', 'OP-1'),
      row('Llegada', 'P-1', 'p', 'P-1'),
      row('Llegada', 'P-1', 'p', ''),
      row('Llegada', 'P-1', '', 'OP-1'),
    ];
    expect(await authorsOf(typed, ...acts)).toEqual([
      'provider P-1, by contact-center OP-1',
      'provider P-1',
      'provider P-1',
      'Rol: missing',
    ]);
  });

  it('may be said for one act alone', async () => {
    const own = {
      type: 'ProviderArrived',
      by: { id: { value: 'P-9' } },
      recordedBy: { role: { value: 'provider' }, id: { value: 'P-8' } },
    } as const;
    const mapping = { ...typed, act: { column: 'Acto', words: { ...words, Llegada: own } } };
    expect(await authorsOf(mapping, row('Llegada', 'P-1', 'c', 'OP-1'))).toEqual(['provider P-9, by provider P-8']);
  });

  it('may stand in rows that are none, and are skipped', async () => {
    const mapping = { ...typed, skip: [{ column: 'Rol', words: ['Anulada', 'c'] }] };
    expect(await authorsOf(mapping, row('x', 'x', 'ANULADA', ''), row('x', 'x', 'C', ''))).toEqual([]);
  });
});

describe('an outcome that the sheet does not tell', () => {
  it('follows from what was agreed on the materials, too (1.1-39)', async () => {
    const coordinated = { type: 'MaterialsCoordinated', data: { outcome: { value: 'reschedule' } } } as const;
    const act = { column: 'Acto', words: { Acuerdo: coordinated, Cierre: 'VisitClosed' } } as const;
    const by = { role: { value: 'contact-center' }, id: { column: 'Quién' } };
    const rows = await rowsOf(csv(header, row('Acuerdo', 'OP-1', '', ''), row('Cierre', 'OP-1', '', '')), {
      ...arrivals,
      act,
      by,
    });
    expect(rows.at(-1)).toMatchObject({ ok: true, value: { data: { outcome: 'rescheduled' } } });
  });

  it('is what decide writes, whatever stood before', () => {
    let closed = 0;
    fc.assert(
      fc.property(walks(70, fc.constant(undefined)), ({ events }) => {
        const from = createDerived();
        for (const event of events) {
          if (event.type === 'VisitClosed') {
            closed += 1;
            const { outcome, ...data } = event.data;
            expect(from.derive('VisitClosed', data.visitId, data)).toEqual({ outcome });
          }
          from.note(event);
        }
      }),
      { numRuns: runs(300), seed: 51 },
    );
    expect(closed).toBeGreaterThan(runs(30));
  });
});
