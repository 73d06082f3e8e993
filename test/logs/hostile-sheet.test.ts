import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonRows } from '../../src/logs/sheet/json-rows.ts';
import { auditSheet, MappingError, readSheet, type SheetMapping } from '../../src/logs.ts';
import { runs } from '../support/runs.ts';
import { arrival, arrivals, csv, good, header, problemsOf, rowsOf } from './sheet-support.ts';
import { collect } from './support.ts';

describe('a sheet with something wrong', () => {
  it('may be empty, or have nothing but a header', async () => {
    for (const nothing of ['', '\uFEFF', '\n\n', '  \r\n']) {
      expect(await problemsOf(nothing)).toEqual([[1, null, 'empty']]);
    }
    expect(await rowsOf(header)).toEqual([]);
    expect(await rowsOf(`${header}\r\n`)).toEqual([]);
  });

  it('has no header, or lacks columns: nothing more is read', async () => {
    expect(await problemsOf(csv(good, good))).toEqual(
      ['Acto', 'Visita', 'Hora', 'Quién'].map((column) => [1, column, 'no-such-column']),
    );
    expect(await problemsOf(csv('Visita,Hora,Acto', good))).toEqual([[1, 'Quién', 'no-such-column']]);
  });

  it('has a column twice: that matters where the mapping reads it', async () => {
    expect(await problemsOf(csv(`${header},Acto`, `${good},x`))).toEqual([[1, 'Acto', 'duplicate-column']]);
    expect(await rowsOf(csv(`${header},Otra,Otra`, `${good},x,y`))).toEqual([arrival(2)]);
  });

  it('has spaces, a mark, other ends of line and a hint for Excel', async () => {
    const text = `sep=,\r\n Visita , Hora,Acto,  Quie\u0301n\r\n\r\n,,,\r\nV-1, 17/03/2026  08:05 ,LLEGADA,"P-1"\r\n`;
    expect(await rowsOf(`\uFEFF${text}`)).toEqual([arrival(5)]);
  });

  it('has cells that go on over lines; a spreadsheet counts them as one row', async () => {
    const words: SheetMapping['act']['words'] = {
      Cambio: { type: 'AssignmentAmended', data: { place: { column: 'Lugar' } } },
    };
    const mapping: SheetMapping = { ...arrivals, act: { column: 'Acto', words } };
    const text = csv(`${header},Lugar`, 'V-1,17/03/2026 08:05,Cambio,P-1,"Barva,\r\n""la casa""\nazul"', `${good},x`);
    expect(await rowsOf(text, mapping)).toMatchObject([
      { row: 2, ok: true, value: { data: { place: 'Barva, "la casa" azul' } } },
      { row: 3, ok: false, problems: [{ code: 'unknown-act' }] },
    ]);
  });

  it('has marks in the middle of a cell, which are its text', async () => {
    const [row] = await rowsOf(csv(header, 'V-1,17/03/2026 08:05,Llegada,P-1"'));
    expect(row).toMatchObject({ ok: false, problems: [{ column: 'Quién', path: '/data/by/id', code: 'invalid-id' }] });
  });

  it('has wrong marks in a row: the others are read', async () => {
    expect(await problemsOf(csv(header, 'V-1,"17/03/2026" 08:05,Llegada,P-1', good))).toEqual([
      [2, null, 'bad-quotes'],
    ]);
    expect(await rowsOf(csv(header, good, 'V-1,"17/03/2026,Llegada,P-1', good, good))).toEqual([
      arrival(2),
      { row: 3, ok: false, visitId: null, problems: [{ column: null, path: null, code: 'unclosed-quote' }] },
      arrival(4),
      arrival(5),
    ]);
  });

  it('has two marks that never end, in its last rows', async () => {
    expect(await problemsOf(csv(header, good, 'V-1,"a', 'V-2,"b'))).toEqual([
      [3, null, 'bad-quotes'],
      [4, null, 'unclosed-quote'],
    ]);
  });

  it.each([
    [100, []],
    [101, [[2, null, 'unclosed-quote']]],
  ])('has a cell of %d lines', async (lines, problems) => {
    const cell = `"${'\n'.repeat(lines - 1)}P-1"`;
    const found = await problemsOf(csv(header, `V-1,17/03/2026 08:05,Llegada,${cell}`, good));
    expect(found.slice(0, 1)).toEqual(problems);
  });

  it('has a mark that never ends, in a long sheet: one row is lost, not the rest', async () => {
    const rows = await rowsOf(csv(header, 'V-1,"oops', ...Array.from({ length: 500 }, () => good)));
    expect(rows[0]).toMatchObject({ row: 2, problems: [{ code: 'unclosed-quote' }] });
    expect(rows.slice(1)).toEqual(Array.from({ length: 500 }, (_, index) => arrival(index + 3)));
  });

  it('has too many or too few cells: the visit is told only where another row named it', async () => {
    const rows = await rowsOf(csv(header, 'V-1,x,y', good, 'V-1,17/03/2026 08:05,a,b,c', 'Ana,17/03/2026 08:05,a,b,c'));
    expect(rows.map((row) => (row.ok ? row.row : [row.row, row.visitId, row.problems[0]!.code]))).toEqual([
      [2, null, 'cell-count'],
      3,
      [4, 'V-1', 'cell-count'],
      [5, null, 'cell-count'],
    ]);
  });

  it('is no UTF-8: that is said, and no text is altered', async () => {
    const latin = Buffer.from(csv(header, good), 'latin1');
    expect(await problemsOf(latin)).toEqual([[1, null, 'not-utf8']]);
    const mixed = Buffer.concat([Buffer.from(csv(header, good, '')), Buffer.from('V-1,x,Señal,P-1', 'latin1')]);
    expect(await problemsOf(mixed)).toEqual([[3, null, 'not-utf8']]);
    expect(await problemsOf(mixed.toString('utf8'))).toEqual([[3, null, 'not-utf8']]);
    expect(await problemsOf(Buffer.from(`\uFEFF${csv(header, good)}`, 'utf16le'))).toEqual([[1, null, 'not-utf8']]);
  });

  it('is an array in JSON that is no UTF-8, or no JSON', async () => {
    const json: SheetMapping = { ...arrivals, format: 'json' };
    expect(await problemsOf(Buffer.from([0x5b, 0xff]), json)).toEqual([[1, null, 'not-utf8']]);
    expect(await problemsOf('[', json)).toEqual([[1, null, 'invalid-json']]);
  });

  it('has columns and words with the names of what every object has', async () => {
    const mapping: SheetMapping = {
      ...arrivals,
      visitId: { column: '__proto__' },
      act: { column: 'constructor', words: JSON.parse('{"toString":"ProviderArrived"}') },
    };
    const text = csv('__proto__,Hora,constructor,Quién', good.replace('Llegada', 'toString'), good);
    expect(await rowsOf(text, mapping)).toEqual([
      arrival(2),
      expect.objectContaining({ row: 3, ok: false, visitId: 'V-1' }),
    ]);
    expect(await problemsOf(csv(header, good.replace('Llegada', '__proto__')))).toEqual([[2, 'Acto', 'unknown-act']]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('has a formula in place of its value', async () => {
    const formula = `=HYPERLINK("http://x","V-1")`.replaceAll('"', '""');
    expect(await problemsOf(csv(header, `"${formula}",17/03/2026 08:05,Llegada,P-1`))).toEqual([
      [2, 'Visita', 'formula'],
    ]);
  });

  it.each(['x', [null], [7], {}])('refuses the tests %j of its mapping', async (value) => {
    const words: SheetMapping['act']['words'] = { Llegada: { type: 'QualityTested', data: { tests: { value } } } };
    const [row] = await rowsOf(csv(header, good), { ...arrivals, act: { column: 'Acto', words } });
    expect(row?.ok === false && row.problems.map(({ path }) => path?.slice(0, 11))).toContain('/data/tests');
  });

  it('skips rows of nothing but space', async () => {
    expect(await rowsOf(csv(header, ' , ,\t, ', good))).toEqual([arrival(3)]);
  });

  it('has rows that no event comes of: the audit says why, column by column', async () => {
    const bad = ['V-1,x,y', 'V-1,17/03/2026 08:05,Pintura,P-1', 'V-1,ayer,Pintura,P-1'];
    const [found] = await collect(auditSheet(csv(header, good, ...bad), arrivals));
    const ofRows = found?.audit.findings.filter(({ kind }) => kind !== 'violation');
    const findings = ofRows?.map(({ line, kind, facts }) => [line, kind, facts.problems]);
    const unknownAct = { column: 'Acto', path: '/type', code: 'unknown-act' };
    expect(findings).toEqual([
      [3, 'unreadable', [{ column: null, path: null, code: 'cell-count' }]],
      [4, 'unknown-event', [unknownAct]],
      [5, 'unreadable', [{ column: 'Hora', path: '/data/at', code: 'invalid-time' }, unknownAct]],
    ]);
  });

  it('lacks the role of those who recorded it, where they are named', async () => {
    const recordedBy = { role: { column: 'Rol' }, id: { column: 'Anotó' } };
    const rows = await rowsOf(csv(`${header},Rol,Anotó`, `${good},,OP-1`, `${good},,`), { ...arrivals, recordedBy });
    expect(rows).toEqual([
      {
        ...{ row: 2, ok: false, visitId: 'V-1' },
        problems: [{ column: 'Rol', path: '/data/recordedBy/role', code: 'missing' }],
      },
      arrival(3),
    ]);
  });

  it('never says what stood in a cell', async () => {
    const secret = 'Ana Rojas 1-1111-1111';
    const rows = await rowsOf(
      csv(header, `${secret},${secret},${secret},${secret}`, `V-1,17/03/2026 08:05,Llegada,${secret}`),
    );
    expect(rows.filter(({ ok }) => !ok)).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('1111');
    const audits = await collect(auditSheet(csv(header, `${secret},${secret},${secret},${secret}`), arrivals));
    expect(JSON.stringify(audits)).not.toContain('1111');
  });

  it('whatever it is, is read to its end', async () => {
    const cell = fc.oneof(fc.constantFrom('', '"', '""', ';', ',', '\n', '\r\n', 'V-1', '=', 'Llegada'), fc.string());
    const row = fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(','));
    await fc.assert(
      fc.asyncProperty(fc.array(row), fc.boolean(), async (rows, isHeaded) => {
        const lines = isHeaded ? [header, ...rows, '', good] : rows;
        const read = await rowsOf(csv(...lines));
        expect(read.length).toBeLessThanOrEqual(csv(...lines).split('\n').length + 3);
        if (isHeaded) expect(read.at(-1)).toMatchObject({ ok: true });
      }),
      { numRuns: runs(1000), seed: 41 },
    );
  });

  it('is streamed: tens of thousands of rows', async () => {
    const count = runs(100_000);
    let held = 0;
    function* rows() {
      yield `${header}\n`;
      for (let row = 0; row < count; row += 1) {
        held += 1;
        yield `${good}\n`;
      }
    }
    let read = 0;
    for await (const row of readSheet(rows(), arrivals)) {
      if (row.ok) read += 1;
      held -= 1;
      if (held > 300) throw new Error('too much is held');
    }
    expect(read).toBe(count);
  });

  it('is streamed where cells go on over lines, too', async () => {
    let ahead = 0;
    function* rows() {
      yield `${header},Nota\n`;
      for (let row = 0; row < 1000; row += 1) {
        ahead += 1;
        yield `${good},"uno\n\ndos"\n`;
      }
    }
    for await (const row of readSheet(rows(), arrivals)) {
      expect(row.ok).toBe(true);
      ahead -= 1;
      expect(ahead).toBeLessThan(300);
    }
    expect(ahead).toBe(0);
  });

  it('throws what its source throws, and a mapping that cannot be used at the first step', async () => {
    async function* failing() {
      yield `${header}\n`;
      throw new Error('the disk is gone');
    }
    await expect(collect(readSheet(failing(), arrivals))).rejects.toThrow('the disk is gone');
    const wrong = { ...arrivals, zone: 'Mars/Olympus', at: {} } as SheetMapping;
    await expect(collect(readSheet(header, wrong))).rejects.toThrow(
      new MappingError([
        { path: ['zone'], code: 'unknown-zone' },
        { path: ['at'], code: 'no-source' },
      ]),
    );
  });
});

describe('a JSON export', () => {
  const json: SheetMapping = { ...arrivals, format: 'json' };
  const item = { Visita: 'V-1', Hora: '2026-03-17 08:05', Acto: 'Llegada', Quién: 'P-1' };

  it('is an array, or an object a line, in parts of any size', async () => {
    const array = JSON.stringify([item, { ...item, Visita: 'V-2' }], null, 1);
    expect(await rowsOf(array, json)).toEqual([arrival(1), arrival(2, 'V-2')]);
    expect(await rowsOf(`\uFEFF${JSON.stringify([item])}\n`, json)).toEqual([arrival(1)]);
    expect(await rowsOf(`${JSON.stringify(item)}\n\n${JSON.stringify(item)}`, json)).toEqual([arrival(1), arrival(3)]);
    const long = JSON.stringify(Array.from({ length: 20_000 }, () => item));
    expect((await collect(readSheet(long.match(/.{1,50000}/g)!, json))).length).toBe(20_000);
  });

  it('may be broken in whole or in part', async () => {
    expect(await problemsOf('[{"Visita":', json)).toEqual([[1, null, 'invalid-json']]);
    expect(await problemsOf('', json)).toEqual([[1, null, 'empty']]);
    expect(await problemsOf(`{"a"\n${JSON.stringify(item)}\n7\n[]`, json)).toEqual([
      [1, null, 'invalid-json'],
      [3, null, 'not-flat'],
      [4, null, 'not-flat'],
    ]);
    expect(await rowsOf('[]', json)).toEqual([]);
    expect(await problemsOf(JSON.stringify([{ ...item, Hora: { h: 8 } }]), json)).toEqual([[1, 'Hora', 'not-flat']]);
    expect(await problemsOf(JSON.stringify([{ ...item, Nota: 'se\ufffdal' }]), json)).toEqual([[1, null, 'not-utf8']]);
  });

  it('is too large beyond what is held, in a line or in many; the other lines are read', async () => {
    const read = async (text: string, most: number) =>
      (await collect(jsonRows(text.match(/[\s\S]{1,7}/g)!, most))).map(({ row, code }) => [row, code]);
    const array = JSON.stringify([item, item]);
    const lines = JSON.stringify([item, item], null, 1);
    for (const text of [array, lines]) {
      const fine = [1, 2].map((row) => [row, undefined]);
      expect(await read(text, text.length + 1)).toEqual(fine);
      expect(await read(text, text.length - 1)).toEqual([[1, 'too-large']]);
      expect(await read(`\n${text}\n${text}`, 50)).toEqual([[1, 'too-large']]);
    }
    expect(await read(`[${'\n'.repeat(200)}]`, 100)).toEqual([[1, 'too-large']]);
    expect(await read(`{"a":1}\n${array}\n{"a":1}`, 10)).toEqual([
      [1, undefined],
      [2, 'too-large'],
      [3, undefined],
    ]);
  });

  it('lacks a key, or has one that every object has', async () => {
    expect(await problemsOf('[{"Visita":"V-1","Acto":"Llegada","Quién":"P-1"}]', json)).toEqual([
      [1, 'Hora', 'missing'],
    ]);
    const polluted = `[{"__proto__":{"Hora":"2026-03-17 08:05"},"Visita":"V-1","Acto":"Llegada","Quién":"P-1"}]`;
    expect(await problemsOf(polluted, json)).toEqual([[1, 'Hora', 'missing']]);
  });
});
