import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/cli/console/context.ts';
import { notRead } from '../../src/cli/input/source.ts';
import { esCR } from '../../src/cli/words/es-cr.ts';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { waivableRules } from '../../src/visit/index.ts';
import { auxilio, file, jsonLines, pathOf, sheet, stdoutOf } from './support.ts';

const visits = [...simulate({ visits: 5, seed: 3 })].map(({ events }) => events.map((event) => JSON.stringify(event)));
const text = `${visits.flat().join('\n')}\n`;
const clean = file('clean.ndjson', text);
const [one = []] = visits;
const without = one.filter((line) => !/"Start(?:Reported|Documented)"/.test(line));
const unclean = file('unclean.ndjson', `${without.join('\n')}\n`);

describe('audit', () => {
  it('says that all is clean, with 0', () => {
    const { out, err, code } = auxilio(['audit', clean]);
    expect(err).toBe('');
    expect(out).toMatch(/^Sin sello: .*\n5 visitas, todas limpias\n/);
    expect(code).toBe(0);
  });

  it('says what it finds, with the line, the rule and the clause, with 1', () => {
    const { out, code } = auxilio(['audit', unclean]);
    expect(code).toBe(1);
    expect(out).toContain(`✗ Visita sim-1 · Concluida · líneas 1 a ${without.length}`);
    expect(out).toMatch(
      / {2}✗ .*unclean\.ndjson, línea \d+: No constaba la llamada de inicio\. \(start-reported, 1\.1-26\)/,
    );
    expect(out).toMatch(/1 visita: ninguna limpia, 1 con hallazgos; \d hallazgos? en total/);
  });

  it('speaks English too', () => {
    const { out } = auxilio(['audit', unclean, '--locale', 'en']);
    expect(out).toMatch(/✗ .*unclean\.ndjson, line \d+: The start call was not on record\. /);
    expect(auxilio(['audit', unclean, '--locale=en']).out).toBe(out);
  });

  it('reads standard input, named or not, as the file', () => {
    const named = stdoutOf(['audit', clean]);
    expect(stdoutOf(['audit'], { input: text })).toBe(named);
    expect(stdoutOf(['audit', '-'], { input: text })).toBe(named);
    expect(jsonLines(stdoutOf(['audit', '--json'], { input: text }))[0]).toMatchObject({ file: '-', visitId: 'sim-1' });
  });

  it('takes a file without a last line feed, with CRLF, and with a mark', () => {
    expect(stdoutOf(['audit', file('cut.ndjson', text.trimEnd())])).toBe(stdoutOf(['audit', clean]));
    expect(stdoutOf(['audit', file('crlf.ndjson', `\uFEFF${text.replaceAll('\n', '\r\n')}`)])).toBe(
      stdoutOf(['audit', clean]),
    );
  });

  it('passes over blank lines, and counts them', () => {
    const lines = ['', ...without.slice(0, 3), ' \t\r', '', ...without.slice(3)];
    const { out } = auxilio(['audit', file('blanks.ndjson', lines.join('\n'))]);
    expect(out).toContain(`✗ Visita sim-1 · Concluida · líneas 2 a ${without.length + 3}`);
    expect(out).toMatch(/1 visita: ninguna limpia/);
    expect(out).not.toContain('de visita desconocida');
  });

  it('audits each file on its own, and goes on after one that cannot be read', () => {
    const { out, err, code } = auxilio(['audit', clean, pathOf('nowhere.ndjson'), unclean]);
    expect(out.split('\n').filter((line) => line.endsWith('.ndjson'))).toEqual([clean, unclean]);
    expect(out).toContain('6 visitas: 5 limpias, 1 con hallazgos');
    expect(err).toBe(`auxilio: ${pathOf('nowhere.ndjson')}: no existe ese archivo\n`);
    expect(code).toBe(2);
  });

  it('reports a file that cannot be read, and not that the visit is not there', () => {
    const nowhere = pathOf('nowhere.ndjson');
    expect(auxilio(['audit', nowhere, '--visit', 'sim-1'])).toMatchObject({
      err: `auxilio: ${nowhere}: no existe ese archivo\n`,
      code: 2,
    });
    expect(auxilio(['audit', unclean, '--visit', 'sim-1'])).toEqual(auxilio(['audit', unclean]));
  });

  it('shows fifty findings of a visit, and how many are left', () => {
    const odd = (count: number) => {
      const lines = Array.from({ length: count }, (_, at) => JSON.stringify({ ...JSON.parse(one[1]!), [`x${at}`]: 1 }));
      return auxilio(['audit', file('many-findings.ndjson', [one[0], ...lines].join('\n'))]).out;
    };
    expect(odd(50).match(/^ {2}✗ .*: x\d+$/gm)).toHaveLength(50);
    expect(odd(50)).not.toContain('con --json');
    const [, more] = odd(52).split(/: x49\n/);
    expect(more?.split('\n')[0]).toMatch(/^ {2}y 2 más; /);
  });

  it('names three issues of an event, and the first line that is not UTF-8 of each file', () => {
    const bad = JSON.stringify({ ...JSON.parse(one[0]!), a: 1, b: 2, c: 3, d: 4 });
    const [line = ''] = auxilio(['audit', file('issues.ndjson', bad)])
      .out.split('\n')
      .filter((text) => text.includes('✗ /'));
    expect(line.match(/trae un campo que no se conoce: [abcd]/g)?.map((text) => text.at(-1))).toEqual(['a', 'b', 'c']);
    const half = (text = '') => text.replace('"place":"', '"place":"\\ud800');
    const halves = file(
      'halves.ndjson',
      visits
        .slice(0, 3)
        .flatMap((lines) => lines.map(half))
        .join('\n'),
    );
    for (const command of ['audit', 'show', 'payments']) {
      const { err } = auxilio([command, halves]);
      expect(err.split('\n').filter((line) => line !== '' && !line.includes('no pague'))).toEqual([
        `auxilio: ${halves}: la línea 1 no es UTF-8; guarde el archivo como UTF-8 (¿es Windows-1252?)`,
      ]);
    }
  });

  it('writes a line of JSON for each visit', () => {
    const { out, code } = auxilio(['audit', '--json', clean, unclean]);
    const lines = jsonLines(out);
    expect(lines).toHaveLength(6);
    expect(code).toBe(1);
    expect(lines[0]).toMatchObject({ file: clean, visitId: 'sim-1', clean: true, continued: false, first: 1 });
    expect(lines[5].findings).toContainEqual(
      expect.objectContaining({ kind: 'violation', rule: 'start-reported', clause: '1.1-26' }),
    );
  });

  it('is quiet when asked, and answers by its exit code', () => {
    expect(auxilio(['audit', '-q', clean])).toEqual({ out: '', err: '', code: 0 });
    expect(auxilio(['audit', '--quiet', '--json', unclean])).toEqual({ out: '', err: '', code: 1 });
  });

  it('shows all on request', () => {
    const out = stdoutOf(['audit', clean, '--all']);
    expect(out.match(/^✓ Visita sim-\d/gm)).toHaveLength(5);
    expect(out).not.toContain('--all');
  });

  it('judges by a policy', () => {
    const policy = { id: 'hogar', waive: [{ rule: 'start-reported', reason: 'por contrato' }] };
    const path = file('policy.json', JSON.stringify(policy));
    const { out, code } = auxilio(['audit', unclean, '--policy', path, '--all']);
    expect(code).toBe(0);
    expect(out).toContain('Se dispensó la llamada de inicio por la política hogar: por contrato.');
  });

  it('says what is wrong with a policy or with a mapping, place by place', () => {
    const policy = file('bad.json', '{"waive":[{"rule":"credencial","reason":"x"}],"zone":"x","timeZone":"Mars"}');
    expect(auxilio(['audit', clean, '--policy', policy])).toEqual({
      out: '',
      err: [
        `auxilio: ${policy}: la política no sirve`,
        `  waive[0].rule: debe ser uno de estos valores: ${waivableRules.join(', ')}.`,
        '  timeZone: debe ser una zona horaria IANA, como America/Costa_Rica.',
        '  El mensaje: tiene un campo desconocido: zone. Se admiten: id, allow, waive, thresholds, twinMinutes, timeZone, greeting.',
        '',
      ].join('\n'),
      code: 2,
    });
    const map = file('map.json', '{"visitId":{}}');
    expect(auxilio(['audit', clean, '--map', map]).err).toBe(
      [
        `auxilio: ${map}: el mapa no sirve`,
        '  visitId: no dice de dónde sale el valor: column, value o rowTime',
        '  at: falta',
        '  act: falta',
        '  by: falta',
        '',
      ].join('\n'),
    );
    expect(auxilio(['audit', clean, '--map', clean]).err).toContain('no es JSON');
  });
});

describe('audit of a sheet', () => {
  it('finds what the example holds, by its rows', () => {
    const { out, code } = auxilio(['audit', ...sheet]);
    expect(code).toBe(1);
    expect(out.split('\n').map((line) => line.replace(/(fila \d+:).*/, '$1'))).toEqual([
      '✗ Visita V-102 · Concluida · filas 3 a 76',
      '  ✗ examples/foreign-sheet/llamadas.csv, fila 62:',
      '✗ Visita V-103 · Concluida · filas 47 a 69',
      '  ✗ examples/foreign-sheet/llamadas.csv, fila 61:',
      '✗ Visita V-104 · Cerrada · filas 77 a 85',
      '  ✗ examples/foreign-sheet/llamadas.csv, fila 82:',
      '  ✗ examples/foreign-sheet/llamadas.csv, fila 82:',
      '4 visitas: 1 limpia, 3 con hallazgos; 4 hallazgos en total',
      '',
    ]);
  });

  it('says clearly that UTF-8 is expected', () => {
    const [path, ...map] = sheet;
    const mixed = [Buffer.from('Visita;Gestión;'), Buffer.from('Año\nV-1;x;y\n', 'latin1')];
    const garbled = file('mixta.csv', Buffer.concat(mixed));
    const { out, err, code } = auxilio(['audit', garbled, ...map]);
    expect(code).toBe(2);
    expect(err).toBe(
      [
        `auxilio: ${garbled}: la línea 1 no es UTF-8; guarde el archivo como UTF-8 (¿es Windows-1252?)`,
        `auxilio: ${garbled}: no hay ningún evento que se pueda leer`,
        '',
      ].join('\n'),
    );
    for (const command of ['show', 'payments'])
      expect(auxilio([command, garbled, ...map])).toEqual({ out: '', err, code });
    expect(out).toContain('fila 1: no es UTF-8; guarde la hoja como CSV UTF-8');
    expect(path).toBeDefined();
  });

  it('names the columns that are not there', () => {
    const [, ...map] = sheet;
    const { out, err, code } = auxilio(['audit', file('other.csv', 'a;b\n1;2\n'), ...map]);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/en la primera fila no están estas columnas del mapa: .*Visita/);
    expect(err).toContain('  trae: a, b\n');
  });
});

describe('what cannot be read', () => {
  const failing: readonly (readonly [string, readonly string[], string])[] = [
    ['an empty file', [file('empty.ndjson', '')], `${pathOf('empty.ndjson')}: está vacío`],
    ['a folder', ['test'], 'test: es una carpeta, no un archivo'],
    ['a device, which may have no end', ['/dev/null'], '/dev/null: es un dispositivo, no un archivo'],
    ['a file in a file', [`${clean}/x`], `${clean}/x: no existe ese archivo`],
    ['a name that a terminal would obey', ['\u001b[31mx\u0007'], ' [31mx : no existe ese archivo'],
  ];

  it.each(failing)('%s is reported in one line', (_, args, message) => {
    for (const command of ['audit', 'show', 'dossier']) {
      expect(auxilio([command, ...args])).toEqual({ out: '', err: `auxilio: ${message}\n`, code: 2 });
    }
  });

  it.each([
    ['ENOENT', 'f: no existe ese archivo'],
    ['ENOTDIR', 'f: no existe ese archivo'],
    ['EACCES', 'f: no hay permiso para leerlo'],
    ['EPERM', 'f: no hay permiso para leerlo'],
    ['EISDIR', 'f: es una carpeta, no un archivo'],
    ['EIO', 'f: no se pudo leer (EIO)'],
  ])('is reported by what the file system says: %s', (code, message) => {
    const failure = notRead(Object.assign(new Error('x'), { code }), 'f');
    expect(failure instanceof Failure && failure.linesIn(esCR)).toEqual([message]);
    const other = new Error('no code');
    expect(notRead(other, 'f')).toBe(other);
  });

  it('is reported of standard input, and of a policy', () => {
    expect(auxilio(['audit'])).toEqual({
      out: '',
      err: 'auxilio: la entrada estándar: no hay ningún evento que se pueda leer\n  si es una hoja, indique con --map cómo se lee\n  los eventos son objetos con "type" y "data": uno por línea, una lista de ellos, o lo que devuelve readStream de un almacén, en JSON\n',
      code: 2,
    });
    expect(auxilio(['audit', clean, '--policy', pathOf('nowhere')]).err).toBe(
      `auxilio: ${pathOf('nowhere')}: no existe ese archivo\n`,
    );
  });

  it('is a log whose text is not UTF-8: the rest is audited', () => {
    const bytes = Buffer.concat([Buffer.from(one.slice(0, 3).join('\n')), Buffer.from('\n{"a":"\xf1"}\n', 'latin1')]);
    const path = file('mixed.ndjson', Buffer.concat([bytes, Buffer.from(one.slice(3).join('\n'))]));
    const { out, code } = auxilio(['audit', path]);
    expect(code).toBe(1);
    expect(out).toContain('Sin visita');
    expect(out).toContain('1 visita: 1 limpia');
    const latin = Buffer.from(
      one[0]!
        .normalize('NFD')
        .replace(/\P{ASCII}/gu, '')
        .replace('"place":"', '"place":"\u00f1'),
      'latin1',
    );
    const garbled = file('garbled.ndjson', Buffer.concat([latin, Buffer.from(`\n${one.slice(1).join('\n')}`)]));
    const result = auxilio(['audit', garbled]);
    expect(result.err).toContain('la línea 1 no es UTF-8');
    expect(result.out).toContain(', línea 1: place: trae bytes que no son UTF-8, o medio carácter');
    expect(result.out).toMatch(/, líneas 2, 3, .* más; todas, con --json: La visita todavía no estaba asignada\./);
  });

  it('is a log with bad lines: each is reported with its line, none stops the rest', () => {
    const path = file('bad.ndjson', ['{', ...one, 'null', '{"type":"Later","data":{}}'].join('\n'));
    const { out, code } = auxilio(['audit', path]);
    expect(code).toBe(1);
    expect(out).toContain(', línea 1: no es JSON, o está cortado\n');
    expect(out).toContain(`, línea ${one.length + 2}: no es del tipo esperado\n`);
    expect(out).toContain(`, línea ${one.length + 3}: type: esta versión no conoce ese acto\n`);
    expect(out).toContain('3 líneas de visita desconocida');
  });

  it('is reported by its place within the data, and the data by their name', () => {
    const odd = ['{"type":"WorkStarted"}', '{"type":"WorkStarted","data":5}', '{"type":"WorkStarted","data":{}}'];
    const { out } = auxilio(['audit', file('odd.ndjson', odd.join('\n')), '--locale', 'en']);
    expect(out).toContain('line 1: data: is missing\n');
    expect(out).toContain('line 2: data: is not of the right type\n');
    expect(out).toContain('line 3: visitId: is missing; at: is missing');
  });

  it('is a command, which is reported as no event', () => {
    const [{ commands } = { commands: [] }] = simulate({ visits: 1, seed: 3 });
    const list = file('commands.ndjson', commands.map((command) => JSON.stringify(command)).join('\n'));
    const { out, code } = auxilio(['audit', list]);
    expect(out).toContain(
      `, líneas 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 y ${commands.length - 10} más; todas, con --json: type: es un comando, no un evento\n`,
    );
    expect(out).not.toContain('esta versión no conoce');
    expect(code).toBe(1);
    const nameless = '{"type":"StartWork","data":{"visitId":"no id"}}';
    const reported = auxilio(['audit', file('mixed-up.ndjson', `${nameless}\n${one.join('\n')}`), '--locale', 'en']);
    expect(reported.out).toContain(', line 1: type: is a command, not an event\n');
  });

  it.each(['\0x', 'x\0', '\0'])('is a first line that begins with %j, and stops nothing', (beginning) => {
    const { out, code } = auxilio(['audit', file('nul.ndjson', `${beginning}\n${text}`)]);
    expect(out).toContain(', línea 1: no es JSON');
    expect(out).toContain('5 visitas: 5 limpias');
    expect(code).toBe(1);
  });

  it('is not taken for a file of another kind by what stands in its second megabyte', () => {
    const blank = `${' '.repeat(1023)}\n`.repeat(1024);
    const { out, err, code } = auxilio(['audit', file('later.ndjson', `${blank}PK\u0003\u0004\n${text}`)]);
    expect(out).toContain(', línea 1025: no es JSON');
    expect([err, code]).toEqual(['', 1]);
  });

  it('is a file of another kind: recognised by its first bytes, and nothing of it is read', () => {
    const utf16 = Buffer.from(text, 'utf16le');
    const kinds = [
      [gzipSync(text), 'viene en gzip; descomprima el archivo primero'],
      [Buffer.from('PK\u0003\u0004…'), 'es un ZIP o un libro de Excel; si es una hoja, guárdela como CSV UTF-8'],
      [utf16, 'viene en UTF-16; guarde el archivo como UTF-8'],
      [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'viene en UTF-16; guarde el archivo como UTF-8'],
      [Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]).swap16(), 'viene en UTF-16; guarde el archivo como UTF-8'],
    ] as const;
    for (const [bytes, message] of kinds) {
      const path = file('kind.ndjson', bytes);
      const reported = { out: '', err: `auxilio: ${path}: ${message}\n`, code: 2 };
      expect(auxilio(['audit', path])).toEqual(reported);
      expect(auxilio(['audit', path, '--workers', '2'])).toEqual(reported);
      expect(auxilio(['show'], { input: bytes }).err).toBe(`auxilio: la entrada estándar: ${message}\n`);
      expect(auxilio(['audit', clean, '--policy', path])).toEqual(reported);
    }
  });
});
