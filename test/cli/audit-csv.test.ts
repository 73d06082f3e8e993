import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, auxilioProcess, file, jsonLines, pathOf, sheet, stdoutOf } from './support.ts';

type Row = Readonly<Record<string, string>>;
const rowsOf = (csv: string): readonly Row[] => parse(csv, { columns: true, bom: true });

const visits = [...simulate({ visits: 40, seed: 3 })].map(({ events }) => events);
const [events = [], ...others] = visits;
const lines = events
  .filter(({ type }) => !/^Start(?:Reported|Documented)$/.test(type))
  .map((event, place) => JSON.stringify({ ...event, metadata: { eventId: `e-${place}` } }));
const rest = others.flat().map((event) => JSON.stringify(event));
const log = file('hallazgos-csv.ndjson', `${[...lines, ...rest].join('\n')}\n{"x":1}\n`);
const started = lines.findIndex((line) => line.includes('"WorkStarted"'));

describe('audit --csv', () => {
  it('names no file for what comes by standard input', () => {
    const { out } = auxilio(['audit', '--csv'], { input: readFileSync(log, 'utf8') });
    expect(new Set(rowsOf(out).map(({ Archivo }) => Archivo))).toEqual(new Set(['']));
  });

  it('writes one finding a row: its place, visit, event, rule, clause, text, time and author', () => {
    const { out, err, code } = auxilio(['audit', log, '--csv']);
    expect({ err, code, mark: out.startsWith('\uFEFF'), ends: out.endsWith('\r\n') }).toEqual({
      ...{ err: '', code: 1, mark: true, ends: true },
    });
    const [first] = rowsOf(out);
    expect(first).toEqual({
      Archivo: log,
      Línea: String(started + 1),
      Visita: 'sim-1',
      Expediente: expect.stringMatching(/./),
      Índice: String(started),
      'Id del evento': `e-${started}`,
      'Tipo de evento': 'WorkStarted',
      Acto: 'Trabajo iniciado',
      Clase: 'Hallazgo',
      Asunto: 'Regla incumplida',
      Código: 'violation',
      Regla: 'start-reported',
      Cláusula: '1.1-26',
      Texto: 'No constaba la llamada de inicio.',
      'Fecha y hora': expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/),
      Rol: 'provider',
      Persona: expect.stringMatching(/./),
      'Rol de quien anotó': '',
      'Quién anotó': '',
    });
  });

  it('has the findings of the other formats, and with --all their observations, apart', () => {
    const found = jsonLines(auxilio(['audit', log, '--json']).out).flatMap(({ findings }) => findings);
    const all = rowsOf(auxilio(['audit', log, '--csv', '--all']).out);
    expect(all.map(({ Código, Índice }) => [Código, Number(Índice)])).toEqual(
      found.map(({ kind, index }) => [kind, index]),
    );
    const findings = rowsOf(auxilio(['audit', log, '--csv']).out);
    expect(findings).toEqual(all.filter(({ Clase }) => Clase === 'Hallazgo'));
    expect(new Set(all.map(({ Clase }) => Clase))).toEqual(new Set(['Hallazgo', 'Observación']));
  });

  it('names the rows of a sheet, and speaks English', () => {
    const rows = rowsOf(auxilio(['audit', ...sheet, '--csv', '--locale', 'en']).out);
    expect(rows.map(({ Row, Visit, Rule, Class }) => [Row, Visit, Rule, Class])).toEqual([
      ['62', 'V-102', '', 'Finding'],
      ['61', 'V-103', 'start-reported', 'Finding'],
      ['82', 'V-104', 'assigned-provider', 'Finding'],
      ['82', 'V-104', 'not-arrived', 'Finding'],
    ]);
  });

  it('is a table with headings alone where all is clean, with 0', () => {
    const clean = events.map((event) => JSON.stringify(event)).join('\n');
    const { out, code } = auxilio(['audit', '--csv'], { input: clean });
    expect({ code, rows: rowsOf(out), lines: out.split('\n').length }).toEqual({ code: 0, rows: [], lines: 2 });
  });

  it('writes several files as one table, into a new file, which it never overwrites', () => {
    const target = pathOf('hallazgos.csv');
    expect(auxilio(['audit', log, log, '--csv', '-o', target])).toEqual({ out: '', err: '', code: 1 });
    const text = readFileSync(target, 'utf8');
    expect(text).toBe(auxilio(['audit', log, log, '--csv']).out);
    expect(text.match(/Archivo/g)).toHaveLength(1);
    const { err, code } = auxilio(['audit', log, '--csv', '-o', target]);
    expect({ err, code }).toEqual({ err: expect.stringContaining('ya existe'), code: 2 });
    expect(readFileSync(target, 'utf8')).toBe(text);
  });

  it('is the same by several workers', () => {
    const many = file(
      'muchas.ndjson',
      `${[...lines, ...rest, ...rest.map((line) => line.replaceAll('"sim-', '"two-'))].join('\n')}\n`,
    );
    const one = auxilioProcess(['audit', many, '--csv', '--all']);
    expect(one.out.length).toBeGreaterThan(1000);
    expect(auxilioProcess(['audit', many, '--csv', '--all', '--workers', '3'])).toEqual(one);
  });

  it('holds no formula, whatever the case number of a visit is', () => {
    const hostile = lines.join('\n').replaceAll(/"caseNumber":"[^"]*"/g, '"caseNumber":"=HYPERLINK(1);=2"');
    const out = auxilio(['audit', '--csv'], { input: hostile }).out;
    expect(rowsOf(out)[0]?.Expediente).toBe("'=HYPERLINK(1);'=2");
  });

  it('goes without --json', () => {
    expect(auxilio(['audit', log, '--csv', '--json'])).toMatchObject({
      ...{ out: '', code: 2, err: expect.stringContaining('--csv y --json no van juntas') },
    });
  });

  it('writes its text and its JSON into a file, too, without colours', () => {
    const target = pathOf('auditoria.txt');
    expect(auxilio(['audit', log, '-o', target], { isTerminal: true, env: { TERM: 'xterm' } })).toMatchObject({
      ...{ out: '', code: 1 },
    });
    expect(readFileSync(target, 'utf8')).toBe(auxilio(['audit', log]).out);
  });
});

it('audit --json is written to standard output by -', () => {
  expect(stdoutOf(['audit', log, '--json', '-o', '-'])).toBe(auxilio(['audit', log, '--json']).out);
});
