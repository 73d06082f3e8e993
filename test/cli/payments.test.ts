import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { seal } from '../../src/chain.ts';
import { csvLine } from '../../src/cli/console/csv.ts';
import { createWorkbook } from '../../src/cli/payments/workbook.ts';
import { dossier, replay, type VisitEvent } from '../../src/index.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, file, jsonLines, pathOf, sheet, stdoutOf } from './support.ts';

const textOf = (events: readonly object[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const visits = [...simulate({ visits: 25, seed: 6 })].map(({ events }) => events);
const log = file('payments.ndjson', visits.map(textOf).join(''));
const [first = []] = visits;
const without = first.filter(({ type }) => type !== 'StartReported' && type !== 'StartDocumented');

/** The same visit with texts that a spreadsheet would take for formulas. */
const hostile = textOf(first)
  .replaceAll('EXP-2026-100000', '=HYPERLINK(\\"http://x\\",\\"y\\")')
  .replaceAll(/"name":"[^"]*"/g, '"name":"@SUM(A1)"');

const rowsOf = (csv: string): readonly Record<string, string>[] => parse(csv, { columns: true, bom: true });

/** The files of a ZIP, by its directory. */
function unzipped(bytes: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const from = bytes.readUInt32LE(at + 42);
    const begin = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const content = bytes.subarray(begin, begin + size);
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + name),
      (method === 0 ? content : inflateRawSync(content)).toString(),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}

describe('payments', () => {
  it('says of each visit what its dossier says, and adds up by provider', () => {
    const lines = jsonLines(stdoutOf(['payments', log, '--json']));
    const { totals } = lines.pop();
    expect(lines).toHaveLength(25);
    for (const [place, row] of lines.entries()) {
      const events = visits.find(([event]) => event?.data.visitId === row.visitId) as readonly VisitEvent[];
      const drawn = dossier(events);
      expect(row).toMatchObject({
        caseNumber: drawn.caseNumber,
        startedAt: replay(events).work.startedAt,
        workedMinutes: Math.round(drawn.workedMs / 600) / 100,
        clauses: Object.fromEntries(drawn.payment.map(({ clause, status }) => [clause, status])),
        wastedTrips: drawn.attempts.length,
        payable: drawn.payable,
        unmet: drawn.unmetForPayment,
        file: log,
      });
      expect(place).toBeLessThan(25);
    }
    const sum = (pick: (one: Record<string, number>) => number) =>
      totals.reduce((all: number, total: Record<string, number>) => all + pick(total), 0);
    expect(sum(({ visits = 0 }) => visits)).toBe(25);
    expect(sum(({ payable = 0 }) => payable)).toBe(lines.filter(({ payable }) => payable).length);
    expect(sum(({ workedMinutes = 0 }) => workedMinutes)).toBeCloseTo(
      lines.reduce((all, { workedMinutes }) => all + workedMinutes, 0),
    );
  });

  it('is a table on a terminal, with why a visit is not payable', () => {
    const { out, code } = auxilio(['payments', ...sheet]);
    expect(code).toBe(1);
    expect(out).toMatch(/^Visita +Expediente +Proveedor +Minutos +1\.1-26 /);
    expect(out).toMatch(/^V-101 +EXP-2026-4512 +P-14 +54 +✓ +✓ +– +– +✓ +✓ +1 +0 sí$/m);
    expect(out).toMatch(/^V-103 .* ✗ .*no: falta la llamada de inicio$/m);
    expect(out).toContain('✓ Cumple   ? Falta   ✗ Contradicha   ~ Tardía   · Dispensada   – No aplica');
    expect(out).toMatch(/^P-31 · Óscar Jiménez +1 +0 +0 +1 +44 +0 +0$/m);
    expect(auxilio(['payments', ...sheet, '--locale', 'en']).out).toMatch(/^V-103 .*no: the start call is missing$/m);
    expect(auxilio(['payments', ...sheet, '--totals']).out).toMatch(/^Por proveedor +Visitas +Pagables/);
  });

  it('takes several files, one visit of them, and standard input', () => {
    const other = file('other-payments.ndjson', textOf(without).replaceAll('sim-1"', 'V-9"'));
    expect(jsonLines(stdoutOf(['payments', log, other, '--json']))).toHaveLength(27);
    const [row, more] = jsonLines(stdoutOf(['payments', log, other, '--json', '--visit', 'V-9']));
    expect(row).toMatchObject({ file: other, payable: false, unmet: ['start-reported', 'start-documented'] });
    expect(more.totals).toHaveLength(1);
    expect(jsonLines(stdoutOf(['payments', '--json'], { input: textOf(first) }))[0].file).toBe('-');
  });

  it('writes one format, and refuses two', () => {
    for (const format of ['--csv', '--xlsx']) {
      const { out, err, code } = auxilio(['payments', log, '--json', format]);
      expect([out, err, code]).toEqual(['', `auxilio: --json y ${format} no van juntas\n`, 2]);
    }
  });
  it('tells of a visit that two files have: it would be paid twice', () => {
    const again = file('payments-again.ndjson', textOf(first));
    const { err, out, code } = auxilio(['payments', log, again, '--json']);
    expect(err).toBe(
      `auxilio: la visita ${first[0]?.data.visitId} está en ${log} y otra vez en ${again}: tiene dos filas, y los totales cuentan las dos\n`,
    );
    expect([jsonLines(out).length, code]).toEqual([27, 1]);
  });
  it('tells a broken seal first', () => {
    const sealed = textOf(seal(first)).replace(/"name":"[^"]*"/, '"name":"Eva"');
    const { err, out, code } = auxilio(['payments', file('broken-payments.ndjson', sealed)]);
    expect(err).toMatch(/no pague la visita sim-1 hasta revisarla: sello roto en la línea 1/);
    expect(out).toMatch(/ no: no pagar hasta revisar: sello roto en la línea 1/);
    expect(code).toBe(1);
  });
});

describe('payments --csv', () => {
  it('is one table of CSV, in UTF-8 with a mark, with numbers as they are', () => {
    const { out } = auxilio(['payments', ...sheet, '--csv']);
    expect(out.startsWith('\uFEFFVisita,')).toBe(true);
    const rows = rowsOf(out);
    expect(rows.map(({ Visita }) => Visita)).toEqual(['V-101', 'V-102', 'V-103', 'V-104']);
    expect(rows[2]).toMatchObject({
      '1.1-26': 'Contradicha',
      'Minutos trabajados': '44',
      Pagable: 'no',
      'Por qué no': 'falta la llamada de inicio',
    });
    expect(rows[0]).toMatchObject({
      Cliente: 'Ana Rojas Núñez',
      Servicio: 'Fontanería',
      'Inicio del trabajo': '2026-03-17 09:03',
      'Fin de la visita': '2026-03-17 09:59',
      'Llamada de conclusión': '2026-03-17 09:57',
    });
    expect(rows[3]).toMatchObject({ 'Inicio del trabajo': '', 'Llamada de conclusión': '' });
    expect(rowsOf(auxilio(['payments', ...sheet, '--csv', '--totals']).out)[0]).toMatchObject({
      Proveedor: 'P-14',
      Pagables: '1',
    });
  });

  it('quotes what has a mark of its own, and takes for a formula what begins as one, spaces before it or not', () => {
    const cells = [
      'a',
      'a b',
      'a,b',
      'a;b',
      'a"b',
      "a'b",
      '=1',
      '+1',
      '-1',
      '@x',
      '＝1',
      '＠x',
      ' =1',
      'a=1',
      -1.5,
      '',
    ];
    expect(csvLine(cells)).toBe(
      `a,"a b","a,b","a;b","a""b","a'b",${['=1', '+1', '-1', '@x', '＝1', '＠x', ' =1'].map((text) => `"'${text}"`)},a=1,-1.5,\r`,
    );
  });

  it('makes harmless what a spreadsheet would take for a formula', () => {
    const out = stdoutOf(['payments', '--csv'], { input: hostile });
    const [row] = rowsOf(out);
    expect(row?.Expediente).toBe('\'=HYPERLINK("http://x","y")');
    expect(row?.Nombre).toBe("'@SUM(A1)");
    expect(out).not.toMatch(/(?:^|,|")[=+@-]/m);
  });
});

describe('payments --csv, in a spreadsheet that separates by semicolons, as those of Costa Rica do', () => {
  it('has no cell that begins as a formula, whatever a text hides behind a semicolon', () => {
    const hidden = ['x;=1+1', 'x; =1', 'x;"=1', 'x;;@y', 'x;-1;+2', 'x;＝1', 'a; b = c'];
    const text = csvLine(['V-1', ...hidden, 2]);
    const cells = parse(text, { delimiter: ';', relax_quotes: true, relax_column_count: true, record_delimiter: '\r' });
    expect(cells.flat().filter((cell: string) => /^[\s"]*[=+@＝-]/.test(cell))).toEqual([]);
    expect(text).toContain('"a; b = c"');
  });
});

describe('payments --xlsx', () => {
  it('is a workbook of two sheets, in which numbers are numbers and no text of a log is a formula', () => {
    const path = pathOf('payments.xlsx');
    const mixed = file('mixed-payments.ndjson', hostile + textOf(visits[1] ?? []));
    expect(stdoutOf(['payments', mixed, '--xlsx', '-o', path])).toBe('');
    const files = unzipped(readFileSync(path));
    const [one = '', two = ''] = ['1', '2'].map((number) => files.get(`xl/worksheets/sheet${number}.xml`));
    expect(files.get('xl/workbook.xml')).toMatch(/name="Visitas".*name="Proveedores"/s);
    const cell = /<c r="K2"[^>]*><v>([\d.]+)<\/v><\/c>/.exec(one);
    expect(Number(cell?.[1])).toBeGreaterThan(0);
    expect(cell?.[0]).not.toContain('t="s"');
    expect(one).not.toContain('<f>');
    expect(two.replaceAll(/<f>(?:SUMPRODUCT\(EXACT\('Visitas'!\$E\$2:\$E\$3,\$A\d\)|SUM\([C-I]2:)/g, '')).not.toContain(
      '<f>',
    );
    expect(files.get('xl/sharedStrings.xml')).toContain('=HYPERLINK(');
    for (const heading of ['Expediente', 'Minutos trabajados', 'Minutos pagables'])
      expect(files.get('xl/sharedStrings.xml')).toContain(`>${heading}<`);
    expect(two).toMatch(/<c r="C2"[^>]*><f>[^<]*<\/f><v>1<\/v>/);
    expect(files.get('[Content_Types].xml')).toContain('spreadsheetml.sheet.main+xml');
  });

  it('adds up by formulas over the rows of the visits, with their values for who reads it without a spreadsheet', () => {
    const path = pathOf('totals.xlsx');
    expect(stdoutOf(['payments', log, '--xlsx', '-o', path])).toBe('');
    const two = unzipped(readFileSync(path)).get('xl/worksheets/sheet2.xml') ?? '';
    const cells = new Map(
      [...two.matchAll(/<c r="([A-Z]+\d+)"[^>]*>(?:<f>([^<]*)<\/f>)?<v>([^<]*)<\/v>/g)].map(
        ([, at, formula, value]) => [at, { formula, value: Number(value) }],
      ),
    );
    const { totals } = jsonLines(stdoutOf(['payments', log, '--json'])).pop();
    for (const [place, total] of totals.entries()) {
      const { visits, payable, held, unverified, workedMinutes, payableMinutes, wastedTrips } = total;
      const row = ['C', 'D', 'E', 'F', 'G', 'H', 'I'].map((column) => cells.get(`${column}${place + 2}`)?.value);
      expect(row).toEqual([visits, payable, held, unverified, workedMinutes, payableMinutes, wastedTrips]);
    }
    const last = totals.length + 2;
    expect(cells.get(`C${last}`)).toEqual({ formula: `SUM(C2:C${last - 1})`, value: 25 });
    expect(cells.get('H3')?.formula).toBe(
      `SUMPRODUCT(EXACT('Visitas'!$E$2:$E$26,$A3)*('Visitas'!$T$2:$T$26="sí")*'Visitas'!$K$2:$K$26*1)`,
    );
  });

  it('has dates as dates in the zone of the policy, formats of numbers, and a filter over each heading', () => {
    const path = pathOf('dates.xlsx');
    expect(auxilio(['payments', ...sheet, '--xlsx', '-o', path]).code).toBe(1);
    const files = unzipped(readFileSync(path));
    const [one = '', two = ''] = ['1', '2'].map((number) => files.get(`xl/worksheets/sheet${number}.xml`));
    const serial = Number(/<c r="H2"[^>]*><v>([\d.]+)<\/v>/.exec(one)?.[1]);
    expect(new Date(Math.round((serial - 25_569) * 86_400_000)).toISOString()).toBe('2026-03-17T09:03:00.000Z');
    for (const format of ['yyyy-mm-dd hh:mm', '#,##0']) expect(files.get('xl/styles.xml')).toContain(`"${format}"`);
    expect([one, two].map((xml) => /<\/sheetData><autoFilter ref="([^"]+)"\/>/.exec(xml)?.[1])).toEqual([
      'A1:Y5',
      'A1:I5',
    ]);
  });

  it('has columns as wide as their texts, headings that stay, and no character that XML refuses', async () => {
    const sheet = {
      name: 'Hoja',
      headings: ['A', 'Largo', 'D'],
      rows: [
        ['x\u0000y\ud800z\u{1f3e0}', 'b'.repeat(20)],
        ['', 7],
      ],
    };
    const wide = { name: 'Otra', headings: ['C'], rows: [['c'.repeat(40_000)]] };
    const files = unzipped(Buffer.from(await createWorkbook([sheet, wide])));
    const [one = '', two = ''] = ['1', '2'].map((number) => files.get(`xl/worksheets/sheet${number}.xml`));
    const widths = (xml: string) => [...xml.matchAll(/<col [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect([widths(one), widths(two)]).toEqual([[9, 22, 8], [60]]);
    expect(one).toMatch(/<pane [^>]*ySplit="1"/);
    expect(one).not.toContain('r="A3"');
    expect(one).toMatch(/<c r="B3"[^>]*><v>7<\/v>/);
    const strings = files.get('xl/sharedStrings.xml') ?? '';
    expect(strings).toContain('>x y z\u{1f3e0}<');
    expect(strings).toContain(`>${'c'.repeat(32_767)}<`);
    expect(files.get('xl/styles.xml')).toMatch(/<b\/>/);
    expect(files.get('xl/styles.xml')).toMatch(/wrapText="1"/);
  });

  it('goes to standard output too, and never over a file that is there', () => {
    const path = file('kept.xlsx', 'kept');
    const { err, code } = auxilio(['payments', log, '--xlsx', '-o', path]);
    expect(err).toBe(`auxilio: ${path}: ya existe; indique un archivo nuevo\n`);
    expect(code).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('kept');
    expect(stdoutOf(['payments', log, '--xlsx']).slice(0, 2)).toBe('PK');
    expect(stdoutOf(['payments', log, '--xlsx', '--quiet'])).toBe('');
    const shown = auxilio(['payments', log, '--xlsx', '--locale', 'en'], { isTerminal: true });
    expect([shown.out, shown.code]).toEqual(['', 2]);
    expect(shown.err).toContain('--output');
    const failed = pathOf('never.xlsx');
    expect(auxilio(['payments', pathOf('nowhere'), '--xlsx', '-o', failed]).code).toBe(2);
    expect(existsSync(failed)).toBe(false);
  });

  it('leaves no file with a part of the rows where a later file cannot be read', () => {
    for (const format of ['--csv', '--json']) {
      const part = pathOf(`part${format}`);
      expect(auxilio(['payments', log, pathOf('nowhere'), format, '-o', part]).code).toBe(2);
      expect(readdirSync(dirname(part)).filter((name) => name.startsWith(basename(part)))).toEqual([]);
      expect(auxilio(['payments', log, format, '-o', part]).code).toBe(0);
      expect(readFileSync(part, 'utf8')).toBe(stdoutOf(['payments', log, format]));
    }
  });
});
