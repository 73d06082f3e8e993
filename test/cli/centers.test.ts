import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auxilio, auxilioProcess, file, jsonLines } from './support.ts';

const typeOf = (act: string | { readonly type: string }) => (typeof act === 'string' ? act : act.type);

/** The draft for the sheet of a call center, and what an audit by it reads. */
function drafted(name: string) {
  const path = `test/cli/centers/${name}`;
  const { out, err, code } = auxilio(['sheet', 'guess', path]);
  const mapping = JSON.parse(out);
  const map = file(`${name}.json`, out);
  const found = jsonLines(auxilio(['audit', path, '--map', map, '--json']).out);
  const acts = Object.entries(mapping.act.words).map(([word, act]) => [word, typeOf(act as string)]);
  const shown = auxilio(['show', path, '--map', map, '--locale', 'en']);
  return { mapping, err, code, acts: Object.fromEntries(acts), found, shown };
}

const problemsOf = (found: readonly { findings: readonly { facts: { problems?: readonly { code: string }[] } }[] }[]) =>
  found.flatMap(({ findings }) => findings.flatMap(({ facts }) => facts.problems?.map(({ code }) => code) ?? []));

describe('the sheets of five call centers', () => {
  it('norte: Windows-1252, titles above the headings, hours of twelve, and words that may be two acts', () => {
    const { mapping, err, code, acts, found } = drafted('norte.csv');
    expect(mapping).toMatchObject({
      delimiter: ';',
      visitId: { column: 'Boleta' },
      at: { column: ['Fecha', 'Hora'] },
      by: { id: { provider: { column: 'Técnico' }, 'contact-center': { column: 'Agente' } } },
      ignored: { Código: expect.stringContaining('ningún dato'), Usuario: expect.stringContaining('ningún dato') },
      act: {
        column: 'Etapa',
        undecided: { Cédula: ['CredentialShown', 'IdentityValidated'], Limpieza: ['AreaCleared', 'SiteHandedOver'] },
      },
    });
    expect(acts).toEqual({
      Despacho: 'VisitAssigned',
      'En sitio': 'ProviderArrived',
      'Muestra carné': 'CredentialShown',
      'Falla encontrada': 'FaultLocated',
      'Inicio de labores': 'WorkStarted',
      Almuerzo: 'Paused',
      'Vuelve de almorzar': 'Resumed',
      Finalizado: 'Completed',
    });
    expect(err).toContain('norte.csv: viene en Windows-1252 y así se leyó');
    expect(err).toContain('«Cédula» puede ser más de un acto (1 fila): CredentialShown (Carné mostrado), ');
    expect(code).toBe(1);
    expect(problemsOf(found)).not.toContain('invalid-time');
    expect(found).toMatchObject([{ visitId: 'B-1001', first: 5, last: 14 }]);
  });

  it('pacifico: UTF-16 with tabs, English, and months by their names', () => {
    const { mapping, err, acts, found } = drafted('pacifico.txt');
    expect(mapping).toMatchObject({
      ...{ delimiter: '\t', visitId: { column: 'Job number' }, at: { column: 'Event date and time' } },
      ...{ ignored: { Priority: expect.any(String) } },
      act: { column: 'Stage', undecided: { Departure: ['Paused', 'FarewellGiven', 'Completed'] } },
    });
    expect(acts).toMatchObject({ 'In progress': 'WorkStarted', 'Back to work': 'Resumed', 'Job done': 'Completed' });
    expect(err).toContain('viene en UTF-16 y así se leyó');
    expect(problemsOf(found)).not.toContain('invalid-time');
  });

  it('caribe: a hint for Excel, headings in the plural, capitals, and dates in words', () => {
    const { mapping, acts, found } = drafted('caribe.csv');
    expect(mapping).toMatchObject({
      ...{ delimiter: ',', visitId: { column: 'N.º de visita' }, at: { column: 'Fecha y hora de la gestión' } },
      ...{
        act: { column: 'Gestiones', undecided: { Salida: expect.any(Array) } },
        by: { id: { column: 'Proveedores' } },
      },
    });
    expect(acts).toMatchObject({
      ...{ 'LLEGADA AL SITIO': 'ProviderArrived', 'Carnet presentado': 'CredentialShown' },
      ...{ 'Inicia trabajos': 'WorkStarted', 'Visto bueno del cliente': 'ClientConformed' },
    });
    expect(problemsOf(found)).not.toContain('invalid-time');
  });

  it('valle: the numbers that a spreadsheet keeps for days and times', () => {
    const { acts, found, shown } = drafted('valle.csv');
    expect(acts).toMatchObject({ Arribo: 'ProviderArrived', Arranque: 'WorkStarted', 'Fin de labores': 'Completed' });
    expect(problemsOf(found)).not.toContain('invalid-time');
    expect(shown.out).toMatch(/9:00.*Provider arrived/);
  });

  it('sur: pipes, a case number for the visit, and the newest row first', () => {
    const { mapping, err, acts, found } = drafted('sur.csv');
    expect(mapping).toMatchObject({
      ...{ delimiter: '|', sort: true, visitId: { column: 'Siniestro' }, at: { column: 'Marca de tiempo' } },
      ...{ recordedBy: { role: { column: 'Canal', words: { app: 'provider', 'call center': 'contact-center' } } } },
    });
    expect(acts).toMatchObject({ 'Fin de almuerzo': 'Resumed', 'Llanta ponchada': 'TransitIssueReported' });
    expect(mapping.act.words['Llanta ponchada'].data.issue).toEqual({ value: 'breakdown' });
    expect(err).not.toContain('act.words');
    expect(problemsOf(found)).not.toContain('invalid-time');
  });
});

describe('an encoding', () => {
  const header = 'Visita;Fecha;Gestión;Proveedor';
  const row = 'V-1;17/03/2026 8:05;Llegada;P-1';
  const text = `${header}\r\n${row}\r\n`;
  const latin = Buffer.from(text, 'latin1');
  const utf16 = (mark: string) => Buffer.from(`${mark}${text}`, 'utf16le');
  const map = file('encodings.json', auxilio(['sheet', 'guess', file('utf8.csv', text)]).out);

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['Windows-1252', latin],
    ['UTF-16 with a mark', utf16('\uFEFF')],
    ['UTF-16 without a mark', utf16('')],
    ['UTF-16, the other way round', utf16('\uFEFF').swap16()],
  ])('%s is read, of a file and of standard input', (name, bytes) => {
    const path = file('encoded.csv', bytes);
    const from = (out: string) =>
      jsonLines(out).map(({ visitId, entries, findings }) => ({ visitId, entries, findings }));
    const expected = from(auxilio(['audit', '--json', '--map', map, file('utf8.csv', text)]).out);
    expect(from(auxilio(['audit', '--json', '--map', map, path]).out)).toEqual(expected);
    expect(from(auxilioProcess(['audit', '--json', '--map', map], { input: bytes }).out)).toEqual(expected);
    const { err } = auxilio(['dossier', '--map', map, path]);
    expect(err.includes('y así se leyó')).toBe(name !== 'UTF-8');
    expect(auxilio(['sheet', 'guess', path, '--quiet'])).toEqual({ out: '', err: '', code: 0 });
  });

  it('with a mixture of encodings is reported as an encoding, never as missing columns', () => {
    const mixed = Buffer.concat([Buffer.from(`${header}\n`), Buffer.from('V-1;x;Señal;P\n', 'latin1')]);
    const { err } = auxilio(['audit', '--map', map, file('mixed.csv', mixed)]);
    expect(err).toContain('no es UTF-8');
    expect(err).not.toContain('columnas');
  });

  it('of a log other than UTF-8 is refused as before', () => {
    const path = file('utf16.ndjson', Buffer.from('\uFEFF{"type":"x"}\n', 'utf16le'));
    expect(auxilio(['audit', path])).toMatchObject({ code: 2, err: expect.stringContaining('viene en UTF-16') });
  });
});

describe('a draft', () => {
  it('asks which number is the day where nothing in the sheet shows it', () => {
    const sheet = (...dates: readonly string[]) =>
      auxilio([
        'sheet',
        'guess',
        file('dias.csv', `Visita;Fecha;Acto;Proveedor\n${dates.map((date) => `V;${date} 8:00;Llegada;P\n`).join('')}`),
      ]);
    const asked = sheet('04/05/2026', '06/05/2026');
    expect(asked.err).toContain('no se sabe si 04/05/2026 8:00 empieza por el día o por el mes');
    expect(asked.code).toBe(1);
    for (const dates of [['04/05/2026', '14/05/2026'], ['05/05/2026'], ['2026-05-04'], ['4 de mayo de 2026']]) {
      const { err, code } = sheet(...dates);
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('no queda nada por decidir') });
    }
  });

  it('names no unknown word that an audit would pass over in silence', () => {
    const path = file('desconocida.csv', 'Visita;Fecha;Acto;Proveedor\nV-1;14/05/2026 8:00;Brindis;P-1\n');
    const { out, code } = auxilio(['sheet', 'guess', path]);
    expect(JSON.parse(out).act).toEqual({ column: 'Acto', words: {}, undecided: { Brindis: [] } });
    expect(code).toBe(1);
    const audited = auxilio(['audit', path, '--map', file('desconocida.json', out)]);
    expect(audited.out).toContain('el mapa no dice qué acto es');
  });

  it('has headings and titles as the reading of the sheet has them', () => {
    const path = 'test/cli/centers/norte.csv';
    const map = JSON.parse(auxilio(['sheet', 'guess', path]).out);
    const missing = { ...map, by: { id: { column: 'Operario' } } };
    const { err } = auxilio(['audit', path, '--map', file('falta.json', JSON.stringify(missing))]);
    expect(err).toContain('no están estas columnas del mapa: Operario');
    expect(err).toContain('trae: Boleta, Fecha, Hora, Etapa');
    expect(readFileSync(path, 'latin1')).toContain('Técnico');
  });
});
