import { describe, expect, it } from 'vitest';
import type { SheetMapping, ValueSource } from '../../src/logs.ts';
import { arrivals, csv, rowsOf } from './sheet-support.ts';

/** The value of a cell under a mapping, or its error. */
async function read(cell: string, source: object, options: Partial<SheetMapping> = {}): Promise<unknown> {
  const column = { column: 'x', ...source } as ValueSource;
  const all: SheetMapping['act']['words'] = {
    Traslado: { type: 'TransitIssueReported', data: { detail: column } },
    Posición: { type: 'ProviderArrived', data: { 'position.latitude': column, 'position.longitude': { value: 0 } } },
    Foto: { type: 'PhotosSubmitted', data: { photoIds: column } },
    Revisión: { type: 'AreaInspected', data: { clientPresent: column } },
    Trabajo: { type: 'WorkExplained', data: { method: { value: 'x' }, materials: column } },
    Aviso: { type: 'TransitIssueReported', data: { expectedArrival: column } },
  };
  const { as, fields, split } = source as { as?: string; fields?: unknown; split?: string };
  const kinds = { number: 'Posición', boolean: 'Revisión', time: 'Aviso' } as Record<string, string>;
  const act = fields === undefined ? (kinds[as ?? ''] ?? (split === undefined ? 'Traslado' : 'Foto')) : 'Trabajo';
  const words = { [act]: all[act] ?? null };
  const text = csv('Visita,Hora,Acto,Quién,x', `V-1,2026-03-17 08:05,${act},P-1,"${cell.replaceAll('"', '""')}"`);
  const [row] = await rowsOf(text, { ...arrivals, ...options, act: { column: 'Acto', words } });
  if (!row!.ok) return row!.problems.map(({ column, code }) => `${column}: ${code}`).join();
  const { data } = row!.value as { data: Record<string, unknown> };
  const { detail, position, photoIds, clientPresent, materials, expectedArrival } = data;
  return [
    detail,
    (position as { latitude: number })?.latitude,
    photoIds,
    clientPresent,
    materials,
    expectedArrival,
  ].find((value) => value !== undefined);
}

describe('a text', () => {
  it('is in NFC, with one space where there is only space', async () => {
    expect(await read('  Se pincho\u0301\n una \t llanta ', {})).toBe('Se pinchó una llanta');
    expect(await read('', {})).toBeUndefined();
    expect(await read(' - ', {}, { blank: ['-', 'N/A'] })).toBeUndefined();
    expect(await read('', { blank: 'nada' })).toBe('nada');
    expect(await read('a\u0000b', {})).toBe('x: null-character');
    expect(await read('a\u202eb', {})).toBe('x: bidi-character');
    expect(await read('x'.repeat(3000), {})).toBe('x: too-long');
  });

  it('may be one of some words', async () => {
    const words = { 'Sin novedad': 'nothing', OTRO: 'other' };
    expect(await read(' sin  NOVEDAD ', { words })).toBe('nothing');
    expect(await read('otro', { words })).toBe('other');
    expect(await read('más', { words })).toBe('x: unknown-word');
    expect(await read('toString', { words })).toBe('x: unknown-word');
  });
});

describe('a flag', () => {
  it.each(['Sí', 'si', 'S', 'YES', 'y', 'Verdadero', 'true', 'x', '1'])('is so for %s', async (cell) => {
    expect(await read(cell, { as: 'boolean' })).toBe(true);
  });

  it.each(['No', 'n', 'FALSO', 'false', '0'])('is not so for %s', async (cell) => {
    expect(await read(cell, { as: 'boolean' })).toBe(false);
  });

  it('is absent when blank, and nothing else', async () => {
    expect(await read('', { as: 'boolean' })).toBeUndefined();
    expect(await read('quizás', { as: 'boolean' })).toBe('x: unknown-word');
    expect(await read('V', { as: 'boolean', words: { V: true } })).toBe(true);
  });
});

describe('a number', () => {
  it.each([
    ['9', 9],
    ['-9.5', -9.5],
    ['9.504', 9.504],
    ['+0.5', 0.5],
  ])('%s has a point unless said otherwise', async (cell, value) => {
    expect(await read(cell, { as: 'number' })).toBe(value);
  });

  it.each([
    ['9', 9],
    ['-9,5', -9.5],
    ['0,504', 0.504],
  ])('%s may have a comma', async (cell, value) => {
    expect(await read(cell, { as: 'number' }, { decimal: ',' })).toBe(value);
  });

  it.each([
    'a9',
    '9a',
    '1,2345',
    '1234,567',
    '1,234,56',
    '9.',
    '1.5.',
    '9,5',
    '1e3',
    '0x1F',
    '9.5.1',
    '1,23',
    'nueve',
    '.5',
    '٣',
    'NaN',
    '--1',
    '1 2',
  ])('%s is refused', async (cell) => {
    expect(await read(cell, { as: 'number' })).toBe('x: invalid-number');
  });

  it('may part its thousands', async () => {
    const fields = [{ field: 'item' }, { field: 'quantity', as: 'number' }];
    const of = (cell: string, decimal: '.' | ',') => read(cell, { fields, within: ':', split: '|' }, { decimal });
    expect(await of('clavo:1.234,5', ',')).toEqual([{ item: 'clavo', quantity: 1234.5 }]);
    expect(await of('clavo:1.234.567,25', ',')).toBe('x: too-big');
    expect(await of('clavo:12 345', ',')).toEqual([{ item: 'clavo', quantity: 12345 }]);
    expect(await of('clavo:1,234.5', '.')).toEqual([{ item: 'clavo', quantity: 1234.5 }]);
  });
});

describe('a list', () => {
  it('has items, blank ones left out', async () => {
    expect(await read('f-1| f-2 ||f-3|', { split: '|' })).toEqual(['f-1', 'f-2', 'f-3']);
    expect(await read('', { split: '|' })).toBe('x: missing');
    expect(await read('', { split: '|', blank: [] })).toEqual([]);
    expect(await read('f-1|no good', { split: '|' })).toBe('x: invalid-id');
  });

  it('has items that are objects, of pieces and of constants', async () => {
    const fields = [
      { field: 'item' },
      { field: 'quantity', as: 'number' },
      { field: 'kind', value: 'nuevo' },
      { field: 'unit', words: { metros: 'm' } },
    ];
    const source = { split: ';', within: '/', fields };
    expect(await read('tubo/2.5/metros; codo/3', source)).toEqual([
      { item: 'tubo', quantity: 2.5, unit: 'm', kind: 'nuevo' },
      { item: 'codo', quantity: 3, kind: 'nuevo' },
    ]);
    expect(await read('tubo/2.5/metros/más', source)).toBe('x: too-many-parts');
    expect(await read('tubo/dos', source)).toBe('x: invalid-number');
    expect(await read('tubo/2/varas', source)).toBe('x: unknown-word');
    expect(await read('tubo', source)).toBe('x: missing');
  });
});

describe('a time', () => {
  const time = (cell: string, options: Partial<SheetMapping> = {}) => read(cell, { as: 'time' }, options);

  it.each([
    ['17/03/2026 08:05', '14:05:00.000'],
    ['17-3-26 8:05:09', '14:05:09.000'],
    ['17.03.2026, 8:05:09,25', '14:05:09.250'],
    ['2026-03-17 08:05:10', '14:05:10.000'],
    ['2026-03-17T08:05', '14:05:00.000'],
    ['17/03/2026 8:05 a. m.', '14:05:00.000'],
    ['17 03 2026 08:05', '14:05:00.000'],
    ['17/03/2026 8:05am', '14:05:00.000'],
    ['17/03/2026 1:05 p. m', '19:05:00.000'],
    ['17/03/2026 12:05 AM', '06:05:00.000'],
    ['17/03/2026 12:05\u00a0p.\u00a0m.', '18:05:00.000'],
    ['2026-03-17T08:05:00-05:00', '13:05:00.000'],
    ['2026-03-17T14:05:00Z', '14:05:00.000'],
  ])('%s is %s of that day', async (cell, clock) => {
    expect(await time(cell)).toBe(`2026-03-17T${clock}Z`);
  });

  it('may have days and months of one digit', async () => {
    for (const cell of ['2026-3-7 8:05', '7/3/2026 8:05', '7.3.26 08:05']) {
      expect([cell, await time(cell)]).toEqual([cell, '2026-03-07T14:05:00.000Z']);
    }
  });

  it('has the month first where that is said', async () => {
    expect(await time('03/17/2026 08:05', { dates: 'mdy' })).toBe('2026-03-17T14:05:00.000Z');
    expect(await time('03/17/2026 08:05')).toBe('x: invalid-time');
  });

  it.each([
    '17/03/2026',
    '08:05',
    '30/02/2026 08:05',
    '17/03/2026 24:00',
    '17/03/2026 13:05 p.m.',
    '17/03/126 08:05',
    '17/03/6 08:05',
    '17/03/20261 08:05',
    '2026-03-170 08:05',
    '17/03/2026 0:05 a.m.',
    '17/03/2026 08:05:09.1234',
    'x17/03/2026 08:05',
    '17/03/2026 08:05:09 x',
    'ayer',
  ])('%s is refused', async (cell) => {
    expect(await time(cell)).toBe('x: invalid-time');
  });

  it('keeps to the clocks of its zone', async () => {
    const madrid = { zone: 'Europe/Madrid' };
    expect(await time('28/03/2026 12:00', madrid)).toBe('2026-03-28T11:00:00.000Z');
    expect(await time('29/03/2026 12:00', madrid)).toBe('2026-03-29T10:00:00.000Z');
    expect(await time('29/03/2026 01:59', madrid)).toBe('2026-03-29T00:59:00.000Z');
    expect(await time('29/03/2026 02:30', madrid)).toBe('x: skipped-time');
    expect(await time('29/03/2026 03:00', madrid)).toBe('2026-03-29T01:00:00.000Z');
    // The clocks say 2:30 twice: the first time.
    expect(await time('25/10/2026 02:30', madrid)).toBe('2026-10-25T00:30:00.000Z');
    expect(await time('25/10/2026 03:00', madrid)).toBe('2026-10-25T02:00:00.000Z');
    expect(await time('17/03/2026 08:05', { zone: 'Asia/Kolkata' })).toBe('2026-03-17T02:35:00.000Z');
    expect(await time('17/03/2026 08:05', { zone: 'UTC' })).toBe('2026-03-17T08:05:00.000Z');
    expect(await time('01/01/1900 08:05')).toBe('1900-01-01T13:41:13.000Z');
  });
});
