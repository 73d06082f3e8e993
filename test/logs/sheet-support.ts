import { readSheet, type SheetMapping, type SheetRow } from '../../src/logs.ts';
import { collect } from './support.ts';

/** A mapping with one act, an arrival, and others where a test adds them. */
export const arrivals: SheetMapping = {
  visitId: { column: 'Visita' },
  at: { column: 'Hora' },
  act: { column: 'Acto', words: { Llegada: 'ProviderArrived', Nota: null } },
  by: { id: { column: 'Quién' } },
};

export const header = 'Visita,Hora,Acto,Quién';
export const good = 'V-1,17/03/2026 08:05,Llegada,P-1';
export const arrival = (row: number, visitId = 'V-1', at = '2026-03-17T14:05:00.000Z') => ({
  row,
  ok: true,
  value: { type: 'ProviderArrived', data: { visitId, at, by: { role: 'provider', id: 'P-1' } } },
});

export const rowsOf = (text: string | Uint8Array, mapping: SheetMapping = arrivals): Promise<SheetRow[]> =>
  collect(readSheet([text], mapping));

export const csv = (...lines: readonly string[]) => lines.join('\n');

/** The errors of each row. */
export const problemsOf = async (text: string | Uint8Array, mapping: SheetMapping = arrivals) =>
  (await rowsOf(text, mapping)).flatMap((row) =>
    row.ok ? [] : row.problems.map(({ column, code }) => [row.row, column, code]),
  );
