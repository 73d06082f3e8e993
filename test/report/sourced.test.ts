import { describe, expect, it } from 'vitest';
import type { SourcedLog } from '../../src/report.ts';
import { advance, command, eventsAfter, minute } from '../../src/testing.ts';
import { client, plain } from '../scenarios/commands.ts';
import { attribute, below, type Page, pairsIn, reported, rowsIn, textOf } from './page.ts';

const kept = advance([], plain).filter(({ type }) => type !== 'CredentialShown');
const events = [...kept.slice(0, 3), null, ...kept.slice(3)];
const sourced = (origin: (index: number) => object): SourcedLog => ({
  events,
  origins: events.map((_, index) => ({ file: 'visitas.ndjson', ...origin(index) })),
});
const findings = (page: Page) => rowsIn(page.section('Hallazgos'));

describe('the origin of the entries of a log', () => {
  const page = reported(sourced((index) => ({ line: 10 + 2 * index, ...(index === 3 && { problem: 'no es JSON' }) })));

  it('is told of each finding, by file and line', () => {
    expect(findings(page).slice(0, 2)).toEqual([
      [expect.stringContaining('carné'), '1.1-03', '14 Identidad validada, 08:03', 'visitas.ndjson, línea 14'],
      ['No se puede leer: no es JSON.', '', '16 Entrada ilegible, —', 'visitas.ndjson, línea 16'],
    ]);
  });

  it('numbers the acts, and what points to them', () => {
    const acts = rowsIn(page.section('Los actos')).filter((row) => row.length > 1);
    expect(acts.map(([number]) => number)).toEqual(events.map((_, index) => String(10 + 2 * index)));
    expect(textOf(page.section('Los actos'))).toContain('Los números son las líneas de visitas.ndjson.');
    const called = events.findIndex((event) => event?.type === 'StartReported');
    const links = below(page.section('Evidencia de pago')).filter(({ tagName }) => tagName === 'a');
    expect(links.map((link) => [attribute(link, 'href'), textOf(link)])).toContainEqual([
      `#v1-e${called + 1}`,
      String(10 + 2 * called),
    ]);
  });

  it('may be a row of a sheet', () => {
    const page = reported(sourced((index) => ({ sheet: 'Marzo', row: index + 2 })));
    expect(findings(page)[0]!.at(-1)).toBe('visitas.ndjson, hoja Marzo, fila 4');
    expect(textOf(page.section('Los actos'))).toContain('Los números son las filas de visitas.ndjson.');
  });

  it('numbers no act where a visit stands in two files, or where a place is not known', () => {
    for (const odd of [{ file: 'b.ndjson', line: 1 }, { line: undefined }, { row: 3 }]) {
      const page = reported(sourced((index) => (index === 5 ? odd : { line: 10 + index })));
      expect(findings(page)[0]!.slice(2)).toEqual(['3 Identidad validada, 08:03', 'visitas.ndjson, línea 12']);
      expect(textOf(page.section('Los actos'))).toContain('Los números son los lugares en el registro');
    }
  });

  it('may be anything at all', () => {
    for (const origins of [7, 'x', [null, 7, { file: 7, line: 'x', row: -1.5, problem: {} }], [{ line: Number.NaN }]]) {
      const page = reported({ events, origins } as never);
      expect(page.errors).toEqual([]);
      expect(findings(page)[0]).toHaveLength(3);
    }
  });

  it('stands in the report of several visits, too', () => {
    const page = reported([sourced((index) => ({ line: index + 1 })), kept]);
    expect(page.errors).toEqual([]);
    expect(textOf(page.byId('v1-f'))).toContain('visitas.ndjson, línea 3');
    expect(textOf(page.byId('v2-f'))).not.toContain('línea');
  });
});

describe('what was reported', () => {
  const log = advance(eventsAfter('ShowCredential'), [
    command('ReportConductBreach', { at: minute(3), kind: 'alcohol', detail: 'olía a licor' }, client),
    command('EscalateClientImpact', { at: minute(4), what: 'se mojó la alfombra' }),
  ]);

  it('stands before the verdicts, though the log is clean', () => {
    const page = reported(log);
    const headings = page.all('h2').map(textOf);
    expect(headings.slice(0, 3)).toEqual(['Conducta, escalamientos y negaciones', 'Hallazgos', 'Evidencia de pago']);
    expect(rowsIn(page.section('Conducta, escalamientos y negaciones'))).toEqual([
      ['Falta de conducta: alcohol (2.2-11)', 'olía a licor', '17 mar, 08:03', 'client-1, cliente', '4'],
      ['Escalamiento (2.2-08)', 'se mojó la alfombra', '17 mar, 08:04', 'Luis Mora, proveedor', '5'],
    ]);
    expect(pairsIn(page.all('dl', 'g')[0]!).Registro).toBe('Limpio');
  });

  it('stands in the index and before it', () => {
    const page = reported([advance([], plain), log]);
    expect(page.all('h2').map(textOf).slice(0, 3)).toEqual([
      'Conducta, escalamientos y negaciones',
      'Hallazgos',
      'Las visitas',
    ]);
    expect(rowsIn(page.section('Conducta, escalamientos y negaciones')).map((row) => row.slice(0, 2))).toEqual([
      ['Falta de conducta: alcohol (2.2-11)', 'EXP-1'],
      ['Escalamiento (2.2-08)', 'EXP-1'],
    ]);
    expect(rowsIn(page.section('Las visitas')).map((row) => row[5])).toEqual([
      'Limpio',
      'Limpio1 falta de conducta1 escalamiento',
    ]);
  });
});

describe('the findings of several visits', () => {
  const page = reported([kept, advance([], plain), kept]);

  it('are counted by clause, with the visits that have them', () => {
    const [first] = rowsIn(page.section('Hallazgos'));
    expect(first).toEqual([expect.stringMatching(/^1\.1-03 /), '2', 'EXP-1, EXP-1']);
  });

  it('are led to from the index', () => {
    const links = below(page.section('Las visitas')).filter(
      (one) => /hallazgo/.test(textOf(one)) && one.tagName === 'a',
    );
    expect(links.map((link) => attribute(link, 'href'))).toEqual(['#v1-f', '#v3-f']);
    expect(textOf(page.byId('v3-f'))).toMatch(/^Hallazgos/);
  });
});

describe('where a report comes from', () => {
  const provenance = {
    sources: [{ file: 'a <b>.ndjson', sha256: 'c'.repeat(64), bytes: 120 }, { file: 'b.ndjson' }],
    version: '0.5.0',
    issuedAt: '2026-03-18T15:00:00.000Z',
  };

  it('is printed in it: files, hashes, version, policy, time of issue, seal', () => {
    const section = reported(advance([], plain), { provenance, policy: { id: 'hogar' } }).section('Procedencia');
    expect(pairsIn(below(section).find(({ tagName }) => tagName === 'dl')!)).toEqual({
      'Versión de auxilio': '0.5.0',
      Política: 'hogar',
      Emitido: 'miércoles, 18 de marzo de 2026, 09:00 (GMT-6)',
      'Sello del registro (SHA-256)': 'No se verificó ningún sello',
    });
    expect(rowsIn(section)).toEqual([
      ['a <b>.ndjson', 'c'.repeat(64), '120'],
      ['b.ndjson', '—', '—'],
    ]);
  });

  it('says of several in how many the seal is whole', () => {
    const faults = [{ index: 0, fault: 'changed' }];
    const chained = (chain: object) => ({ events: advance([], plain), chain }) as SourcedLog;
    const page = reported([
      chained({ faults: [], head: null }),
      chained({ faults, head: null }),
      chained({ faults: [], head: null }),
      advance([], plain),
    ]);
    expect(textOf(page.section('Procedencia'))).toContain('2 visitas selladas, íntegras1 visita con el sello roto');
    expect(textOf(reported([[]]).section('Procedencia'))).toContain('No se verificó ningún sello');
  });

  it('may have anything at all in its fields', () => {
    for (const odd of [{ sources: 7, version: 7, issuedAt: 'ayer' }, { sources: [null, 7, { file: 7 }] }]) {
      expect(reported(advance([], plain), { provenance: odd as never }).errors).toEqual([]);
    }
  });

  it('is refused where it is no object', () => {
    for (const odd of [null, 7]) {
      expect(() => reported(advance([], plain), { provenance: odd as never })).toThrow(
        'provenance takes options, an object',
      );
    }
  });

  it('leaves space on paper for a decision and a signature, also for each of several visits', () => {
    expect(textOf(reported(advance([], plain)).section('Decisión de quien audita'))).toMatch(/Motivos.*Firma.*Fecha/);
    expect(reported([advance([], plain), []]).all('section', 'dec')).toHaveLength(3);
  });
});
