import { describe, expect, it } from 'vitest';
import { exportHead, seal } from '../../src/chain.ts';
import { dossier, type VisitEvent } from '../../src/index.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, file, jsonLines, sheet, stdoutOf } from './support.ts';

const isPayable = (events: readonly VisitEvent[]) => dossier(events).payable;
const simulated = [...simulate({ visits: 60, seed: 11 })].map(({ events }) => events);
/** Three payable visits, sealed. */
const visits = simulated
  .filter(isPayable)
  .slice(0, 3)
  .map((events) => seal(events));
const linesOf = (events: readonly object[]) => events.map((event) => JSON.stringify(event));
const [first = [], second = [], third = []] = visits.map(linesOf);
const unsealed = linesOf(simulated.filter(isPayable)[0] ?? []);
const id = (n: number) => visits[n]?.[0]?.data.visitId as string;

let written = 0;
const logOf = (...parts: readonly (readonly string[])[]) => {
  written += 1;
  return file(
    `integrity-${written}.ndjson`,
    parts
      .flat()
      .map((line) => `${line}\n`)
      .join(''),
  );
};

type Row = { visitId: string; payable: boolean; workedMinutes: number; integrity: object };
type Totals = { payable: number; held: number; unverified: number; payableMinutes: number }[];

/** The sheet of a log: its rows by visit, the sums of its totals, its errors and its exit code. */
function paid(path: string, ...more: readonly string[]) {
  const { out, err, code } = auxilio(['payments', path, '--json', ...more]);
  const rows = jsonLines(out) as (Row & { totals?: Totals })[];
  const totals = rows.pop()?.totals ?? [];
  const sum = (pick: keyof Totals[number]) => totals.reduce((all, total) => all + total[pick], 0);
  return { rows: new Map(rows.map((row) => [row.visitId, row])), sum, err, code };
}

const swapped = (lines: readonly string[], at: number) => {
  const copy = [...lines];
  [copy[at], copy[at + 1]] = [copy[at + 1] as string, copy[at] as string];
  return copy;
};

describe('the payment sheet of a damaged log', () => {
  const whole = paid(logOf(first, second, third));

  it('pays what is verified', () => {
    expect([whole.code, whole.err, whole.sum('payable'), whole.sum('held')]).toEqual([0, '', 3, 0]);
    expect(whole.rows.get(id(0))?.integrity).toEqual({ status: 'verified', from: 0, through: first.length });
  });

  const edited = (place: number, from: string | RegExp, to: string) =>
    second.map((line, index) => (index === place ? line.replace(from, to) : line));
  const damages: readonly (readonly [string, readonly string[], object])[] = [
    ['a name that was changed', edited(0, /"name":"[^"]*"/, '"name":"Eva"'), { at: 0, reason: 'changed' }],
    ['a time that was changed', edited(5, /"at":"(\d{4})/, '"at":"1999'), { at: 5, reason: 'changed' }],
    ['a hash that was changed', edited(5, /"hash":"[0-9a-f]{8}/, '"hash":"01234567'), { at: 5, reason: 'changed' }],
    ['a hash that was removed', edited(5, /,"hash":"[^"]*"/, ''), { at: 5, reason: 'unsealed' }],
    ['a line that is gone', second.toSpliced(5, 1), { at: 5, reason: 'dropped' }],
    ['two lines swapped', swapped(second, 5), { at: 5, reason: 'swapped' }],
    ['a line twice', second.toSpliced(5, 0, second[4] as string), { at: 5, reason: 'inserted' }],
    [
      'a line of the same visit put in',
      second.toSpliced(6, 0, unsealed[6]?.replaceAll(id(0), id(1)) as string),
      { at: 6 },
    ],
    ['a line cut short', second.with(5, second[5]?.slice(0, 120) as string), { at: 5, reason: 'unreadable' }],
    [
      'a newer version',
      edited(5, '"metadata":{', '"metadata":{"schemaVersion":9,'),
      { at: 5, reason: 'unknown-event' },
    ],
    ['an unknown act', edited(5, /"type":"[^"]*"/, '"type":"Teletransported"'), { at: 5, reason: 'unknown-event' }],
  ];

  it.each(damages)('does not pay a visit with %s, and pays the others', (_, lines, found) => {
    const damaged = paid(logOf(first, lines, third));
    expect(damaged.rows.get(id(1))).toMatchObject({ payable: false, integrity: { status: 'broken', ...found } });
    expect([damaged.sum('payable'), damaged.sum('held'), damaged.code]).toEqual([2, 1, 1]);
    expect(damaged.sum('payableMinutes')).toBeCloseTo(
      whole.sum('payableMinutes') - (whole.rows.get(id(1))?.workedMinutes ?? 0),
    );
    expect(damaged.err).toContain(`no pague la visita ${id(1)} hasta revisarla: `);
  });

  it('pays no visit of a file with a line whose visit is not known: it may be of any of them', () => {
    for (const path of [
      logOf(first, ['{"type":"ActAnnulled","da'], second),
      logOf(first, second, ['{"type":"ActAnnulled"}']),
    ]) {
      const { rows, sum, err, code } = paid(path);
      expect([...rows.values()].map(({ payable, integrity }) => [payable, integrity])).toEqual(
        Array(2).fill([false, { status: 'broken', at: null, reason: 'unattributed' }]),
      );
      expect([sum('payable'), sum('payableMinutes'), sum('held'), code]).toEqual([0, 0, 2, 1]);
      expect(err.match(/no pague/g)).toEqual(['no pague']);
    }
  });

  it('pays no visit of a file in which two lines became one: the acts on it may be of any of them', () => {
    const other = unsealed.map((line) => line.replaceAll(id(0), 'other'));
    const [one, two] = [unsealed[3]!, other[3]!];
    const from = (text: string, part: string) => text.slice(text.indexOf(part));
    const upTo = (text: string, part: string) => text.slice(0, text.indexOf(part));
    for (const glued of [
      one + two,
      upTo(one, '"at"') + from(two, '"visitId"'),
      `${upTo(one, `${id(0)}"`)}${id(0)}"${from(two, 'other"')}`,
      upTo(one, '"at"') + from(two, 'sitId"'),
    ]) {
      const { rows, code } = paid(logOf(unsealed.with(3, glued), other.toSpliced(3, 1)));
      expect([...rows.values()].map(({ payable }) => payable)).toEqual([false, false]);
      expect(code).toBe(1);
    }
  });

  it('knows it of standard input and of JSON that is not NDJSON, too', () => {
    const input = `[${[...first, '{"type":"ActAnnulled"}', ...second].join(',\n')}]`;
    const { out, code } = auxilio(['payments', '--json'], { input });
    const rows = jsonLines(out) as Row[];
    expect([rows.slice(0, -1).map(({ payable }) => payable), code]).toEqual([[false, false], 1]);
  });

  it('pays the other files', () => {
    const { out, code } = auxilio(['payments', logOf(first), logOf(second, ['garbage']), '--json']);
    const rows = jsonLines(out) as Row[];
    expect([rows.slice(0, -1).map(({ payable }) => payable), code]).toEqual([[true, false], 1]);
  });

  it('says of a log without seals that nobody looked at it, and pays it', () => {
    const { rows, sum, code } = paid(logOf(unsealed));
    expect([rows.get(id(0))?.payable, rows.get(id(0))?.integrity]).toEqual([true, { status: 'unverified' }]);
    expect([sum('unverified'), sum('held'), code]).toEqual([1, 0, 0]);
    expect(stdoutOf(['payments', logOf(unsealed), '--totals'])).toMatch(/ Por revisar +Sin verificar /);
  });

  it('does not pay an unreadable line of a log without seals', () => {
    const { rows, sum, code } = paid(logOf(unsealed.with(9, unsealed[9]?.slice(0, 120) as string)));
    expect(rows.get(id(0))).toMatchObject({ payable: false, integrity: { status: 'broken', at: 9, line: 10 } });
    expect([sum('payableMinutes'), code]).toEqual([0, 1]);
  });

  it('notices a log that lost its end, or was put back to an older state, with a head alone', () => {
    const events = visits[0] as readonly VisitEvent[];
    const end = events.findIndex(({ type }) => type === 'Completed') + 1;
    const older = paid(logOf(first.slice(0, -1)));
    expect(older.rows.get(id(0))?.integrity).toMatchObject({ status: 'verified', through: first.length - 1 });
    const head = file('integrity-head.json', JSON.stringify({ visitId: id(0), ...exportHead(events) }));
    for (const length of [first.length - 1, end - 1]) {
      const { rows, code } = paid(logOf(first.slice(0, length)), '--head', head);
      expect(rows.get(id(0))).toMatchObject({ payable: false, integrity: { status: 'broken', reason: 'cut' } });
      expect(code).toBe(1);
    }
  });

  it('says it in every format, and in both languages', () => {
    const path = logOf(edited(5, /"at":"(\d{4})/, '"at":"1999'));
    expect(auxilio(['payments', path]).out).toMatch(/ no: no pagar hasta revisar: sello roto en la línea 6$/m);
    expect(auxilio(['payments', path, '--locale', 'en']).out).toMatch(
      / no: do not pay until reviewed: seal broken at line 6$/m,
    );
    const csv = auxilio(['payments', path, '--csv']);
    expect(csv.out).toMatch(
      /,no,"no pagar hasta revisar: sello roto en la línea 6",.*,"sello roto en la línea 6"\r?$/m,
    );
    expect(csv.code).toBe(1);
    expect(auxilio(['payments', path, '--csv', '--totals']).out).toMatch(/,1,0,1,0,/);
  });

  it('names the row of a sheet', () => {
    const { out, err, code } = auxilio(['payments', ...sheet]);
    expect(out).toMatch(/^V-102 .*no: no pagar hasta revisar: no se puede leer la fila 62$/m);
    expect(err).toContain('no pague la visita V-102 hasta revisarla: no se puede leer la fila 62');
    expect(code).toBe(1);
  });
});

describe('the dossier and the report of a damaged log', () => {
  const path = logOf(second.with(5, second[5]?.replace(/"at":"\d{4}/, '"at":"1999') as string));

  it('say that it is not payable until reviewed, and exit with 1', () => {
    const { out, code } = auxilio(['dossier', path]);
    expect(out).toContain('  Pagable: no: no pagar hasta revisar: sello roto en la línea 6\n');
    expect(code).toBe(1);
    const [{ dossier: drawn }] = jsonLines(auxilio(['dossier', path, '--json']).out);
    expect(drawn).toMatchObject({ payable: false, integrity: { status: 'broken', at: 5, reason: 'changed' } });
    const report = auxilio(['report', path, '-o', '-']);
    expect(report.out).toContain('No pagar hasta revisar: sello roto en la línea 6.');
    expect(report.code).toBe(1);
  });

  it('say so of each visit of a file with a line whose visit is not known', () => {
    const several = logOf(first, ['garbage'], second);
    expect(auxilio(['dossier', several]).out.match(/Pagable: no: no pagar hasta revisar: /g)).toHaveLength(2);
    const { out, code } = auxilio(['report', several, '-o', '-']);
    expect(out).toMatch(/<dt>Pagables<\/dt><dd>0<\/dd>\s*<\/div>\s*<div><dt>No pagar hasta revisar<\/dt><dd>2<\/dd>/);
    expect(code).toBe(1);
  });
});
