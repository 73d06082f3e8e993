import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seal } from '../../src/chain.ts';
import { memoryStore } from '../../src/memory.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilio, file, jsonLines, sheet, stdoutOf } from './support.ts';

const visits = [...simulate({ visits: 3, seed: 8 })].map(({ events }) => seal(events));
const events = visits.flat();
const ndjson = file('plain.ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
const findings = (args: readonly string[], input?: string) =>
  jsonLines(auxilio(['audit', '--json', ...args], input === undefined ? {} : { input }).out)
    .map(({ file: _, first, last, findings: found, ...rest }) => ({
      ...rest,
      findings: found.map(({ line: __, ...finding }: { line: number }) => finding),
    }))
    .toSorted((one, other) => (one.visitId < other.visitId ? -1 : 1));

describe('a log that is JSON and no NDJSON', () => {
  const texts = {
    'an array in one line': JSON.stringify(events),
    'an array that is printed prettily': JSON.stringify(events, null, 2),
    'events that are printed prettily, one after the other': events
      .map((event) => JSON.stringify(event, null, 2))
      .join('\n'),
    'an envelope of a store': JSON.stringify({ currentStreamVersion: '9', events, streamExists: true }),
    'several envelopes, with a state before the events': JSON.stringify(
      visits.map((log) => ({ state: { photos: [{ photoId: 'x' }] }, version: '3', events: log })),
      null,
      1,
    ),
  };

  it.each(Object.entries(texts))('is read as the same events one a line: %s', (_, text) => {
    const path = file('json-log.json', text);
    expect(findings([path])).toEqual(findings([ndjson]));
    expect(findings([], text)).toEqual(findings([ndjson]));
    expect(auxilio(['audit', path]).out).toMatch(/^Sellos: 3 íntegros/);
    expect(stdoutOf(['payments', path, '--json'])).toContain('"visitId":"sim-1"');
  });

  it('is read by one worker', () => {
    const path = file('json-workers.json', texts['an array that is printed prettily']);
    const { out, err } = auxilio(['audit', path, '--workers', '2']);
    expect(out).toBe(stdoutOf(['audit', path]));
    expect(err).toContain('se audita con un solo hilo');
  });

  it('shows its findings by the line where an event begins', () => {
    const bad = JSON.stringify(events, null, 2).replace('"StartReported"', '"Nothing"');
    const line = bad.slice(0, bad.indexOf('"Nothing"')).split('\n').length - 1;
    expect(auxilio(['audit', file('json-bad.json', bad)]).out).toContain(`json-bad.json, línea ${line}: type: `);
  });

  it('is what a store answers, with its bigints as text, and one event a line of it too', async () => {
    const store = memoryStore();
    await store.appendToStream('visit-sim-1', visits[0] ?? [], { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
    const read = await store.readStream('visit-sim-1');
    const json = (value: unknown) => JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one));
    expect(auxilio(['audit', file('store.json', json(read))])).toMatchObject({ code: 0 });
    const lines = file('store.ndjson', read.events.map(json).join('\n'));
    expect(auxilio(['audit', lines]).out).toMatch(/^Sellos: 1 íntegro, .*\n1 visita, limpia/);
  });

  it('names the field that is not known, unless its name may be personal', () => {
    const [first] = events;
    const rows = [
      { ...first, streamVersion: '1' },
      { ...first, data: { ...first?.data, '1-1111-1111': 1 } },
      ...events,
    ];
    const { out } = auxilio(['audit', file('named.ndjson', rows.map((row) => `${JSON.stringify(row)}\n`).join(''))]);
    expect(out).toContain('línea 1: trae un campo que no se conoce: streamVersion\n');
    expect(out).toContain('línea 2: data: trae un campo que no se conoce\n');
  });
  it('may begin with a mark, each of its values too', () => {
    const text = visits.map((log) => `\uFEFF${JSON.stringify(log, null, 1)}`).join('\n');
    expect(findings([file('json-mark.json', text)])).toEqual(findings([ndjson]));
    const spread = events.map((event) => `\uFEFF${JSON.stringify(event, null, 1)}`).join('\n');
    expect(findings([], spread)).toEqual(findings([ndjson]));
  });

  it('that holds no events is refused with what is expected', () => {
    const { err, code } = auxilio(['audit', file('state.json', '{"state":{"phase":"working"},"version":"3"}')]);
    expect(err).toContain('los eventos son objetos con "type" y "data"');
    expect(code).toBe(2);
  });
});

describe('a sheet', () => {
  const [path, ...map] = sheet;
  const text = readFileSync(path, 'utf8');

  it('with another delimiter is reported with the columns that it has, and with the one that fits', () => {
    const other = file('comma.csv', text.replaceAll(',', ' ').replaceAll(';', ','));
    for (const command of ['audit', 'dossier', 'payments']) {
      const { out, err, code } = auxilio([command, other, ...map]);
      expect(out).toBe('');
      expect(err).toMatch(/en la primera fila no están estas columnas del mapa: Gestión, /);
      expect(err).toContain('  trae: Visita,Fecha,Hora,');
      expect(err).toContain('ponga "delimiter": "," en el mapa');
      expect(code).toBe(2);
    }
    const tabs = file('tabs.csv', text.replaceAll('\t', ' ').replaceAll(';', '\t'));
    expect(auxilio(['audit', tabs, ...map]).err).toContain('ponga "delimiter": "\\t" en el mapa');
    expect(auxilio(['audit', ...map], { input: readFileSync(other, 'utf8') }).err).toContain('"delimiter": ","');
  });

  it('that lacks many columns gets an error with twenty of them, and forty of its own', () => {
    const columns = Array.from({ length: 41 }, (_, at) => `c${at}`);
    const words = Object.fromEntries(
      columns
        .slice(0, 21)
        .map((column) => [column, { type: 'ServiceAnnounced', data: { service: { column: `m-${column}` } } }]),
    );
    const source = { column: 'c0' };
    const mapping = { visitId: source, at: source, by: { id: source }, act: { column: 'c0', words } };
    const { err } = auxilio([
      'audit',
      file('wide.csv', `${columns}\n`),
      '--map',
      file('wide.json', JSON.stringify(mapping)),
    ]);
    expect(err).toMatch(/: m-c0, .*, m-c19\n {2}trae: c0, .*, c39\n/);
  });

  it('whose mapping is wrong in many places gets an error with twenty of them', () => {
    const words = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`w${at}`, 'Nothing']));
    const source = { column: 'c' };
    const map = file(
      'wrong-map.json',
      JSON.stringify({ visitId: source, at: source, by: { id: source }, act: { column: 'c', words } }),
    );
    expect(auxilio(['audit', path, '--map', map]).err.trimEnd().split('\n')).toHaveLength(21);
  });

  it('that lacks a column by any delimiter is told no other', () => {
    const lacking = file('lacking.csv', text.replace(';Gestión;', ';Otra;'));
    const { err } = auxilio(['audit', lacking, ...map]);
    expect(err).toMatch(/no están estas columnas del mapa: Gestión\n/);
    expect(err).not.toContain('delimiter');
  });

  it('from the newest row to the oldest is reported as unsorted, and is read with --sort', () => {
    const [head = '', ...rows] = text.trimEnd().split('\n');
    const turned = file('newest-first.csv', [head, ...rows.toReversed()].join('\n'));
    const { err } = auxilio(['audit', turned, ...map]);
    expect(err).toContain('las filas van de la más reciente a la más antigua: léalas con --sort');
    const sorted = auxilio(['audit', turned, ...map, '--sort']);
    expect(sorted.err).toBe('');
    expect(sorted.out.split('\n').at(-2)).toBe(
      auxilio(['audit', ...sheet])
        .out.split('\n')
        .at(-2),
    );
    expect(auxilio(['audit', ndjson, '--sort']).err).toContain('--sort es para hojas');
  });

  it('is in order unless two rows go back for each that goes on', () => {
    const columns = { visitId: { column: 'v' }, at: { column: 't' }, by: { id: { column: 'p' } } };
    const act = { column: 'a', words: { Llegada: 'ProviderArrived' } };
    const map = file('order.json', JSON.stringify({ ...columns, act }));
    const told = (...minutes: readonly number[]) => {
      const rows = minutes.map((minute) => `V-1,17/03/2026 08:0${minute},Llegada,P-1`);
      const path = file('order.csv', ['v,t,a,p', ...rows, 'V-1,?,Llegada,P-1'].join('\n'));
      return auxilio(['audit', path, '--map', map]).err.includes('de la más reciente a la más antigua');
    };
    expect([told(1, 2, 3), told(1, 1), told(3, 4, 3, 2), told(3, 3, 3, 2)]).toEqual([false, false, false, true]);
    expect([told(3, 4, 3, 2, 1), told(2, 1)]).toEqual([true, true]);
  });

  it('of JSON is not asked for its columns, and an empty first row has none', () => {
    const columns = { visitId: { column: 'v' }, at: { column: 't' }, by: { id: { column: 'p' } } };
    const act = { column: 'a', words: { Llegada: 'ProviderArrived' } };
    const map = file('json-map.json', JSON.stringify({ ...columns, act, format: 'json' }));
    const row = { v: 'V-1', t: '17/03/2026 08:00', a: 'Llegada' };
    const { out, err } = auxilio(['audit', file('rows.json', JSON.stringify([row])), '--map', map]);
    expect(err).not.toContain('columnas');
    expect(out).toContain('fila 1');
  });

  it('counts rows and not lines, each once', () => {
    const { out } = auxilio(['audit', file('rows.csv', `${text.trimEnd()}\n;;;Llegada;;;;;;;;;;;;;;;\n`), ...map]);
    expect(out).toContain('1 fila de visita desconocida');
  });
});
