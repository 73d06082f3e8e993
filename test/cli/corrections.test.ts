import { describe, expect, it } from 'vitest';
import { corrected, reported } from '../report/corrected-visit.ts';
import { file, jsonLines, stdoutOf } from './support.ts';

const textOf = (events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const log = file('corrected.ndjson', textOf(corrected));
const open = file('unsettled.ndjson', textOf(reported));
const english = ['--locale', 'en'];

describe('1.1-10 corrections and discrepancies on a terminal', () => {
  it('payments: below the row, with who and when; in the CSV a column; in the JSON a list', () => {
    const annulled =
      'This annulled the completion (Mar 17, 08:57). Reason: Faltaba revisar la llave. · Mar 17, 09:00 · contact center op-1';
    expect(stdoutOf(['payments', log, ...english]).split('\n')).toContain(`  · ${annulled}`);
    const csv = stdoutOf(['payments', log, '--csv', ...english]);
    expect(csv).toContain('"Why not",Corrections,"Whose word each fact is",Findings,Integrity');
    expect(csv).toContain(` | ${annulled} | `);
    const [row] = jsonLines(stdoutOf(['payments', log, '--json']));
    expect(row).toMatchObject({ workedMinutes: 43, corrections: [{ kind: 'time' }, { kind: 'settled' }, {}, {}, {}] });
  });

  it('dossier: lists of their own, with the lines', () => {
    const told = stdoutOf(['dossier', log]);
    expect(told).toContain(
      '· Se corrigió la hora de la llegada: de 17 mar, 08:01 a 17 mar, 08:06. Motivo: Marcó al llegar al portón. · 17 mar, 08:20 · Centro de Contacto op-1 [18, 2]',
    );
    expect(told).toMatch(
      /^ {2}· d-21, reportada 17 mar, 08:41 · proveedor prov-1 · conocía 17 actos del registro \[21\]$/m,
    );
    expect(told).toMatch(/^ {6}1\. Trabajo en pausa, .* · Lícito entonces: sí · El mismo hecho que \[19\]$/m);
    expect(told).toMatch(/^ {6}3\. .*\(1\.1-46\) .* con autorización de Marta, .* · Aceptado en el registro \[23\]$/m);
    expect(told).toMatch(/^ {6}4\. .* · Quedó en el reporte \[24\]$/m);
    expect(stdoutOf(['dossier', open, ...english])).toMatch(/^ {6}4\. Tools shown, .* · Not settled$/m);
  });

  it('show: at the acts that they are of', () => {
    const told = stdoutOf(['show', log, ...english]);
    expect(told).toMatch(/^ {2}08:01 {2}Provider arrived .* · Time corrected: Mar 17, 08:06$/m);
    expect(told.match(/· Annulled$/gm)).toHaveLength(2);
  });
});
