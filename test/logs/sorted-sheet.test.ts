import { describe, expect, it } from 'vitest';
import { headerCells } from '../../src/logs/sheet/csv-rows.ts';
import { auditSheet, readSheet, type SheetMapping } from '../../src/logs.ts';
import { arrivals, csv, header, rowsOf } from './sheet-support.ts';
import { collect } from './support.ts';

const sorting: SheetMapping = { ...arrivals, sort: true };
const at = (time: string) => `V-1,${time === '' ? '' : `17/03/2026 ${time}`},Llegada,P-1`;

/** The numbers of the rows of those times, as they are read. */
const order = async (...times: readonly string[]) =>
  (await rowsOf(csv(header, ...times.map(at)), sorting)).map(({ row }) => row - 1);

describe('a sheet that is to be sorted', () => {
  it('and goes from the newest to the oldest is turned round, so that a late record stays late', async () => {
    expect(await order('11:00', '10:00', '09:00', '08:00')).toEqual([4, 3, 2, 1]);
    expect(await order('11:00', '10:00', '08:30', '09:00', '08:00', '07:00')).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('and goes both ways is sorted by time, equal times in their order', async () => {
    expect(await order('08:00', '10:00', '09:00', '11:00')).toEqual([1, 3, 2, 4]);
    expect(await order('08:00', '10:00', '09:00', '11:00', '10:30')).toEqual([1, 3, 2, 5, 4]);
    expect(await order('09:00', '08:00', '09:00', '08:00')).toEqual([2, 4, 1, 3]);
    expect(await order('08:00', '08:00', '08:00')).toEqual([1, 2, 3]);
  });

  it('is sorted, too, where it falls just twice as often as it rises', async () => {
    expect(await order('11:00', '10:00', '09:00', '10:00')).toEqual([3, 2, 4, 1]);
  });

  it('keeps a row without a time with the one before it, and the first of all first', async () => {
    expect(await order('', '10:00', '', '09:00')).toEqual([1, 4, 2, 3]);
    const [first, second, third] = ['10:00', '09:00', '11:00'].map(at);
    const rows = await rowsOf(csv(header, first!, 'V-1,"x"y', second!, third!), sorting);
    expect(rows.map(({ row }) => row)).toEqual([4, 2, 3, 5]);
  });

  it('stays in its order where the mapping says nothing', async () => {
    const rows = await rowsOf(csv(header, at('10:00'), at('09:00')));
    expect(rows.map(({ row }) => row)).toEqual([2, 3]);
  });
});

describe('the first row of a CSV', () => {
  const lines = async function* (...all: string[]) {
    yield* all;
  };

  it('is read by a delimiter, after blank lines and the hint for Excel', async () => {
    expect(await headerCells(lines('\uFEFFsep=;', '', ' Visita ;  Hora  local', 'a;b'), ';', [])).toEqual([
      'Visita',
      'Hora local',
    ]);
    expect(await headerCells(lines('Visita;Hora'), ',', [])).toEqual(['Visita;Hora']);
    expect(await headerCells(lines('Visita\uFEFFHora'), ',', [])).toEqual(['Visita Hora']);
    expect(await headerCells(lines('', 'sep=;'), ',', [])).toEqual(['sep=;']);
  });

  it('is nothing where it cannot be read, or is not there', async () => {
    expect(await headerCells(lines('"a"b;c'), ';', [])).toBe(null);
    expect(await headerCells(lines('a\uDC80;b'), ';', [])).toBe(null);
    expect(await headerCells(lines('', ' '), ';', [])).toBe(null);
  });
});

describe('a JSON export', () => {
  const mapping: SheetMapping = {
    ...arrivals,
    format: 'json',
    decimal: ',',
    blank: [''],
    act: {
      column: 'Acto',
      words: {
        Llegada: {
          type: 'ProviderArrived',
          data: {
            'position.latitude': { column: 'lat', as: 'number' },
            'position.longitude': { column: ['whole', 'part'], as: 'number' },
          },
        },
      },
    },
  };
  const position = async (cells: object) => {
    const row = { Visita: 'V-1', Hora: '17/03/2026 08:05', Acto: 'Llegada', Quién: 'P-1', ...cells };
    const [read] = await collect(readSheet([JSON.stringify([row])], mapping));
    return read?.ok
      ? (read.value.data as { position?: unknown }).position
      : read?.problems.map(({ column, code }) => `${column}: ${code}`);
  };

  it('has numbers as they are, whatever the decimal mark of its texts', async () => {
    expect(await position({ lat: 9.5, whole: '-84,5' })).toEqual({ latitude: 9.5, longitude: -84.5 });
    expect(await position({ lat: 9.5, whole: -84 })).toEqual({ latitude: 9.5, longitude: -84 });
    expect(await position({ lat: '9.5', whole: 1 })).toEqual(['lat: invalid-number']);
    expect(await position({ lat: 9.5, whole: 1, part: 234.5 })).toEqual(['whole + part: invalid-number']);
  });
});

describe('auditSheet', () => {
  const audited = async (...lines: string[]) => {
    const [visit] = await collect(auditSheet([csv(header, ...lines)], arrivals));
    return visit?.audit.findings.filter(({ index }) => index === 1).map(({ kind }) => kind);
  };

  it('tells a row whose act the mapping does not know from one that cannot be read', async () => {
    expect(await audited(at('10:00'), 'V-1,17/03/2026 10:01,Baile,P-1')).toEqual(['unknown-event']);
    expect(await audited(at('10:00'), 'V-1,ayer,Llegada,P-1')).toEqual(['unreadable']);
  });

  it('refuses an option that it does not know', async () => {
    await expect(collect(auditSheet([header], arrivals, { dosier: true } as never))).rejects.toThrow(
      'Unknown option of auditSheet: dosier. Did you mean dossier? Known: policy, dossier, holdings, events',
    );
  });
});
