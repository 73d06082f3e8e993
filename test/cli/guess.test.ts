import { describe, expect, it } from 'vitest';
import {
  blanks,
  type ColumnRole,
  detailFields,
  headings,
  otherNames,
  recorderWords,
} from '../../src/cli/guess/names.ts';
import { parseMapping } from '../../src/logs.ts';
import { auxilio, file, jsonLines, sheet } from './support.ts';

const guessed = (text: string, name = 'guess.csv') => {
  const { out, err, code } = auxilio(['sheet', 'guess', file(name, text)]);
  const mapping = out === '' ? null : JSON.parse(out);
  if (mapping !== null) expect(parseMapping(mapping).ok).toBe(true);
  return { mapping, err, code };
};

/** Synonyms that begin as a name of the act does. */
const alike = {
  VisitAssigned: ['asignacion de visita'],
  AssignmentAmended: ['correccion de la asignacion', 'amendment'],
  TransitIssueAcknowledged: ['acknowledgement'],
  ClientNotified: ['aviso al cliente'],
  ProviderReassigned: ['reassignment'],
  ProviderArrived: ['arrived'],
  CredentialShown: ['credencial', 'credential'],
  ClientReturned: ['cliente regreso'],
  InstructionGiven: ['instruccion', 'instruction'],
  IdentityValidated: ['validacion de identidad'],
  IdentityRejected: ['identidad rechazada', 'identity rejected'],
  ServiceAnnounced: ['anuncio del servicio', 'announcement'],
  FaultLocated: ['ubicacion de la falla', 'fault'],
  AreaInspected: ['revision del area', 'inspeccion', 'inspection'],
  PhotosTaken: ['photos taken'],
  PhotosSubmitted: ['photos sent'],
  PhotosDocumented: ['photos documented'],
  ServiceAssessed: ['assessment', 'diagnosis'],
  WorkExplained: ['explicacion del trabajo', 'explanation'],
  MaterialsSupplied: ['entrega de materiales'],
  MaterialsAccepted: ['aceptacion de materiales'],
  MaterialsRejected: ['rechazo de materiales'],
  ToolsShown: ['tools'],
  AreaCleared: ['despeje del area', 'clearing'],
  StartReported: ['call of start'],
  StartDocumented: ['documentacion del inicio'],
  WorkStarted: ['inicio del trabajo', 'inicio de trabajo', 'start of work'],
  Paused: ['pause'],
  Resumed: ['resume'],
  QualityTested: ['prueba'],
  ClientConformed: ['conformity'],
  ClientObjected: ['objection'],
  SiteHandedOver: ['handover'],
  BelongingsShown: ['belongings'],
  FarewellGiven: ['farewell'],
  VisitClosed: ['closed'],
  ClientImpactEscalated: ['escalamiento', 'escalation'],
};

/** The answer for a sheet of these columns and rows, as JSON. */
function answerFor(columns: readonly string[], rows: readonly (readonly string[])[]) {
  const text = [columns, ...rows].map((row) => row.join(';')).join('\n');
  const [answer] = jsonLines(auxilio(['sheet', 'guess', '--json', file('words.csv', `${text}\n`)]).out);
  return answer;
}

const fieldsOf = (act: string | { readonly data: Record<string, unknown> }) =>
  typeof act === 'string' ? {} : act.data;
const typeOf = (act: string | { readonly type: string }) => (typeof act === 'string' ? act : act.type);

describe('sheet guess', () => {
  // The first, since the command line evaluates its lists once.
  it('knows each word of its lists', () => {
    const roles = Object.keys(headings) as ColumnRole[];
    const most = Math.max(...roles.map((role) => headings[role].length));
    const cells: Partial<Record<ColumnRole, string>> = { act: 'Asignación', recorder: 'App', title: 'Don' };
    for (let nth = 0; nth < most; nth += 1) {
      const named = (role: ColumnRole) => headings[role][nth % headings[role].length] ?? '';
      for (const left of [['moment'], ['date', 'time']]) {
        const own = roles.filter((role) => !left.includes(role));
        const { mapping, columns } = answerFor(own.map(named), [own.map((role) => cells[role] ?? 'x')]);
        expect(columns).toEqual([]);
        expect(mapping.at.column).toEqual(left.length > 1 ? named('moment') : [named('date'), named('time')]);
        expect(mapping.recordedBy.role.column).toBe(named('recorder'));
        expect(mapping.act.words[cells.act ?? '']).toEqual({
          type: 'VisitAssigned',
          data: {
            caseNumber: { column: named('caseNumber') },
            'client.name': { column: named('client') },
            'client.title': { column: named('title') },
            service: { column: named('service') },
            place: { column: named('place') },
            'provider.id': { column: named('provider') },
            'provider.name': { column: named('providerName') },
            arriveBy: { column: named('arriveBy'), as: 'time' },
            instructions: { column: named('detail') },
          },
        });
      }
    }
    const words = [
      ...[otherNames, alike].flatMap((lists) =>
        Object.entries(lists).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
      ),
      ['Llegada de del la el los las al a y por the of to and proveedor', 'ProviderArrived'] as const,
    ];
    const columns = ['visita', 'fecha y hora', 'acto', 'proveedor', 'operador', 'registro', 'detalle'];
    const row = (act: string, recorder: string, blank: string) => ['V', 'x', act, 'P', 'O', recorder, blank];
    const { mapping } = answerFor(columns, [
      ...words.map(([name]) => row(name, '', 'x')),
      ...Object.keys(recorderWords).map((word) => row('', word, 'x')),
      ...blanks.map((blank) => row('', '', blank)),
    ]);
    expect(Object.entries(mapping.act.words).map(([name, act]) => [name, typeOf(act as string)])).toEqual(words);
    for (const [name, type] of words) {
      const field = detailFields[type as keyof typeof detailFields];
      expect(fieldsOf(mapping.act.words[name])).toMatchObject(field ? { [field]: { column: 'detalle' } } : {});
    }
    expect(mapping.recordedBy.role.words).toEqual(recorderWords);
    expect(mapping.blank).toEqual(blanks);
  });

  it('names the line that is not UTF-8 in a sheet that is, and what to do', () => {
    const latin = Buffer.from('V-1;17/03/2026 8:05;Señal\n', 'latin1');
    const mixed = Buffer.concat([Buffer.from('Visita;Fecha;Gestión\n'), latin]);
    const { out, err, code } = auxilio(['sheet', 'guess', file('mixed.csv', mixed)]);
    expect(err).toMatch(/la línea 2 no es UTF-8; guarde el archivo como UTF-8/);
    expect({ out, code }).toEqual({ out: '', code: 2 });
  });

  it('proposes a mapping of the example that audit takes, and lists what it could not place', () => {
    const [path] = sheet;
    const { out, err, code } = auxilio(['sheet', 'guess', path]);
    expect(JSON.parse(out)).toMatchObject({
      delimiter: ';',
      dates: 'dmy',
      visitId: { column: 'Visita' },
      at: { column: ['Fecha', 'Hora'] },
      by: { id: { provider: { column: 'Proveedor' }, 'contact-center': { column: 'Operador' } } },
      recordedBy: { role: { column: 'Registró', words: { app: 'provider', operador: 'contact-center' } } },
      act: {
        column: 'Gestión',
        words: {
          Llegada: 'ProviderArrived',
          Inicio: 'WorkStarted',
          'Llamada de inicio': 'StartReported',
          Carné: { type: 'CredentialShown', data: { credentialId: { column: 'Detalle' } } },
          Asignación: { type: 'VisitAssigned', data: { 'client.name': { column: 'Cliente' } } },
        },
      },
    });
    expect(err).toContain('sin leer, en "ignored": Materiales, Fotos');
    expect(err).toMatch(/no se conoce un acto llamado «Consulta» \(1 fila\)/);
    expect(err).toMatch(/photoIds: falta \(\d+ filas\)/);
    expect(code).toBe(1);
    const audited = auxilio(['audit', path, '--map', file('guessed.json', out)]);
    expect(audited.code).toBe(1);
    expect(audited.out).toMatch(/^4 visitas: /m);
  });

  it('knows English headings and words, tabs, and months before days', () => {
    const { mapping, err, code } = guessed(
      'Visit\tDate\tTime\tEvent\tProvider\nV-1\t03/17/2026\t8:05 am\tArrival\tP-14\nV-1\t03/18/2026\t9:00\tStart of work\tP-14\n',
    );
    expect(mapping).toMatchObject({
      delimiter: '\t',
      dates: 'mdy',
      decimal: '.',
      act: { words: { Arrival: 'ProviderArrived', 'Start of work': 'WorkStarted' } },
      by: { id: { column: 'Provider' } },
    });
    expect(err).toContain('con este mapa, 2 de 2 filas son eventos');
    expect(code).toBe(0);
  });

  it('knows the names of our events and commands, and what the report calls them', () => {
    const words = [
      'ProviderArrived',
      'StartWork',
      'LLEGADA DEL PROVEEDOR',
      'Herramientas mostradas',
      'mostradas herramientas',
    ];
    const rows = words.map((word) => `V-1,2026-03-17T08:00:00-06:00,${word},P-1`);
    const { mapping } = guessed(`visita,fecha y hora,acto,proveedor\n${rows.join('\n')}\n`);
    expect(mapping.act.words).toEqual({
      ProviderArrived: 'ProviderArrived',
      StartWork: 'WorkStarted',
      'LLEGADA DEL PROVEEDOR': 'ProviderArrived',
      'Herramientas mostradas': 'ToolsShown',
      'mostradas herramientas': 'ToolsShown',
    });
  });

  it('takes JSON objects, and blanks as they are written', () => {
    const rows = [
      { Visita: 'V-1', Fecha: '17/03/2026 8:00', Acto: 'Llegada', Proveedor: 'P-1', Nota: 'N/A' },
      { Visita: 'V-1', Fecha: '17/03/2026 8:10', Acto: 'Carné', Proveedor: 'P-1', Nota: 'INS-1' },
    ];
    for (const text of [JSON.stringify(rows, null, 2), rows.map((row) => JSON.stringify(row)).join('\n')]) {
      const { mapping, code } = guessed(text, 'guess.json');
      expect(mapping).toMatchObject({ format: 'json', at: { column: 'Fecha' }, blank: ['n/a'] });
      expect(code).toBe(0);
    }
  });

  it.each([
    ['fecha,acto,proveedor', 'la visita'],
    ['visita,acto,proveedor', 'la fecha y hora'],
    ['visita,fecha,proveedor', 'el acto'],
    ['visita,fecha,acto', 'el proveedor o el operador'],
  ])('says what alone it lacks: %s', (columns, what) => {
    const { mapping, err, code } = guessed(`${columns}\n1,2,3\n`);
    expect(err).toContain(`no se encontró columna para: ${what}; `);
    expect(JSON.stringify(mapping)).toContain(`"(escriba aquí la columna: ${what})"`);
    expect(code).toBe(1);
  });

  it('takes no title but the two that there are, and null for no text', () => {
    const row = { Visita: 'V-1', Fecha: '17/03/2026', Acto: 'Asignación', Proveedor: 'P-1', Cliente: 'Eva' };
    const titled = (Trato: unknown) => guessed(JSON.stringify([{ ...row, Trato }]), 'titled.json');
    expect(titled('Doña').mapping.act.words.Asignación.data).toHaveProperty(['client.title']);
    const other = titled('Ing.');
    expect(Object.keys(other.mapping.act.words.Asignación.data)).not.toContain('client.title');
    expect(other.err).toContain('sin leer, en "ignored": Trato');
    expect(titled(null).mapping).not.toHaveProperty('blank');
  });

  it('finds an act by the beginnings of its words, unless those are of several acts', () => {
    const { mapping, words } = answerFor(
      ['Visita', 'Fecha', 'Acto', 'Proveedor'],
      ['Herramienta mostrando', 'Visitando', 'Herramienta rota', 'de la', '—'].map((word) => ['V', 'x', word, 'P']),
    );
    expect(mapping.act.words).toEqual({ 'Herramienta mostrando': 'ToolsShown' });
    expect(words.map(({ word }: { word: string }) => word)).toEqual(['Visitando', 'Herramienta rota', 'de la', '—']);
  });

  it('counts the rows of a word in any letter case, and leaves out those without one', () => {
    const { mapping, words, events, rows } = answerFor(
      ['Visita', 'Fecha', 'Acto', 'Proveedor'],
      ['LLEGADA', 'Mate', 'llegada', '', 'MATE', 'mate', 'Té'].map((word) => ['V', '17/03/2026 8:00', word, 'P']),
    );
    expect(mapping.act.words).toEqual({ LLEGADA: 'ProviderArrived' });
    expect(words).toEqual([
      { word: 'Mate', rows: 3, acts: [] },
      { word: 'Té', rows: 1, acts: [] },
    ]);
    expect([events, rows]).toEqual([2, 7]);
  });

  it('gives each act the fields that have columns', () => {
    const columns = [
      'Visita',
      'Fecha',
      'Acto',
      'Proveedor',
      'Nombre del proveedor',
      'Expediente',
      'Servicio',
      'Hora límite',
    ];
    const words = ['Reasignación', 'Anuncio', 'Aviso de conclusión', 'Atraso', 'Averías', 'Breakdown', 'Llegada'];
    const { mapping, columns: left } = answerFor(
      columns,
      words.map((word) => ['V', 'x', word, 'P', 'N', 'E', 'S', 'x']),
    );
    const issue = (value: string) => ({ type: 'TransitIssueReported', data: { issue: { value } } });
    expect(mapping.act.words).toEqual({
      Reasignación: {
        type: 'ProviderReassigned',
        data: {
          'provider.id': { column: 'Proveedor' },
          'provider.name': { column: 'Nombre del proveedor' },
          arriveBy: { column: 'Hora límite', as: 'time' },
        },
      },
      Anuncio: { type: 'ServiceAnnounced', data: { service: { column: 'Servicio' } } },
      'Aviso de conclusión': { type: 'CompletionReported', data: { caseNumber: { column: 'Expediente' } } },
      Atraso: issue('delay'),
      Averías: issue('breakdown'),
      Breakdown: issue('breakdown'),
      Llegada: 'ProviderArrived',
    });
    expect(left).toEqual([]);
  });

  it('takes who recorded only where all its words, a provider and an operator are there', () => {
    const answer = (columns: readonly string[], cells: readonly string[], ...more: readonly string[]) =>
      answerFor(
        ['Visita', 'Fecha', 'Acto', 'Anotó', ...columns],
        [...cells, ...more].map((recorder) => ['V', 'x', 'Llegada', recorder, ...columns.map(() => 'x')]),
      ).mapping;
    const both = ['Proveedor', 'Operador'];
    const id = { provider: { column: 'Proveedor' }, 'contact-center': { column: 'Operador' } };
    const known = answer(both, ['App', '', 'App', 'Operadora']);
    const words = { App: 'provider', Operadora: 'contact-center' };
    expect(known.recordedBy).toEqual({ role: { column: 'Anotó', words }, id });
    expect(known.by).toEqual({ id });
    expect(answer(both, ['App', 'Vecino'])).not.toHaveProperty('recordedBy');
    expect(answer(both, ['', ''])).not.toHaveProperty('recordedBy');
    for (const one of both) {
      const mapping = answer([one], ['App']);
      expect(mapping).not.toHaveProperty('recordedBy');
      expect(mapping.by).toEqual({ id: { column: one } });
    }
  });

  it('takes days before months unless only the other order can be read, and no time without a date', () => {
    const dates = (...texts: readonly string[]) =>
      answerFor(
        ['Visita', 'Fecha', 'Acto', 'Proveedor'],
        texts.map((text) => ['V', `${text} 8:00`, 'Llegada', 'P']),
      ).mapping.dates;
    expect(dates('03/04/2026', '05/06/2026')).toBe('dmy');
    expect(dates('03/04/2026', '05/16/2026')).toBe('mdy');
    expect(dates('03/14/2026', '15/06/2026', '16/06/2026')).toBe('dmy');
    expect(guessed('visita,hora,acto,proveedor\n1,2,3,4\n').err).toContain('columna para: la fecha y hora; ');
  });

  const heading = ['Visita', 'Fecha', 'Acto', 'Proveedor'];
  const arrival = ['V', '17/03/2026', 'Llegada', 'P'];

  it.each([
    [',', '.'],
    [';', ','],
    ['\t', '.'],
    ['|', '.'],
  ])('finds the delimiter %j, and the decimals that go with it', (delimiter, decimal) => {
    const text = [heading, arrival].map((row) => row.join(delimiter)).join('\n');
    expect(guessed(text).mapping).toEqual({
      ...{ delimiter, decimal, dates: 'dmy', zone: 'America/Costa_Rica' },
      ...{ visitId: { column: 'Visita' }, at: { column: 'Fecha' }, by: { id: { column: 'Proveedor' } } },
      act: { column: 'Acto', words: { Llegada: 'ProviderArrived' } },
    });
    expect(guessed(`\uFEFFSEP=${delimiter}\r\n${text}`).mapping.delimiter).toBe(delimiter);
  });

  it('takes the delimiter by which most rows are complete, and cells as they are compared', () => {
    const odd = [
      'Visita;Fecha;Acto;Proveedor;Nota, suelta, y más, aún, otra',
      'V;17/03/2026;Fin  de   pausa;P;5" de tubo',
      '',
    ];
    const { mapping, err } = guessed([...odd, 'V;17/03/2026;Llegada', 'V;17/03/2026;Llegada;P;x;y'].join('\n'));
    expect(mapping.delimiter).toBe(';');
    const resumed = { type: 'Resumed', data: { kind: { value: 'break' } } };
    expect(mapping.act.words).toEqual({ 'Fin de pausa': resumed, Llegada: 'ProviderArrived' });
    expect(err).toMatch(/sin leer, en "ignored": Nota, suelta, y más, aún, otra\n/);
    expect(guessed('"Visita;Fecha\nV;x\n').err).toContain('no es una hoja');
  });

  it('takes one object, objects with other fields, and passes over what is no object', () => {
    const row = { Visita: 'V', Fecha: '17/03/2026', Acto: 'Llegada', Proveedor: 7 };
    const json = (value: unknown) => guessed(`\uFEFF \n${JSON.stringify(value)}`, 'guess-odd.json');
    const alone = json(row);
    expect(alone.mapping).toEqual({
      ...{ format: 'json', decimal: '.', dates: 'dmy', zone: 'America/Costa_Rica' },
      ...{ visitId: { column: 'Visita' }, at: { column: 'Fecha' }, by: { id: { column: 'Proveedor' } } },
      act: { column: 'Acto', words: { Llegada: 'ProviderArrived' } },
    });
    const { err } = json([null, 'x', 7, ['y'], row, { Otra: 1 }]);
    expect(err).toContain('sin leer, en "ignored": Otra\n');
    expect(err).not.toContain('un acto llamado');
    expect(json([{ Visita: 'V' }]).err).toContain('no es una hoja');
    expect(json([{ Visita: 'V', Fecha: null }]).err).toContain('trae: Visita, Fecha\n');
  });

  it('names fifty unknown words, and forty columns of a sheet that it cannot read', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `x${at}`);
    const rows = many(51).map((word) => ['V', '17/03/2026', word, 'P'].join(','));
    const { err } = guessed([heading.join(','), ...rows].join('\n'));
    expect(err.match(/un acto llamado/g)).toHaveLength(50);
    expect(guessed(`${many(41)}\n${many(41)}\n`).err).toMatch(/: x0, .*, x39\n/);
  });

  it('lists first what most rows lack', () => {
    const rows = ['Fotos', 'Falla', 'Falla'].map((act) => ['V', '17/03/2026 8:00', act, 'P']);
    expect(answerFor(heading, rows).problems).toEqual([
      { column: null, path: '/data/where', code: 'missing', rows: 2 },
      { column: null, path: '/data/photos', code: 'missing', rows: 1 },
    ]);
  });

  it('says what a draft lacks that cannot be read yet', () => {
    const { mapping, err, code } = guessed('Visita,Color\nV-1,rojo\n');
    expect(mapping).toMatchObject({ visitId: { column: 'Visita' }, act: { words: {} } });
    expect(err).toMatch(/no se encontró columna para: la fecha y hora, el acto, el proveedor o el operador; /);
    expect(err).toContain('trae: Visita, Color');
    expect(code).toBe(1);
    expect(guessed('nothing\n').err).toContain('no es una hoja');
    expect(auxilio(['sheet', 'gues', 'x']).err).toContain('guess');
  });

  it('is one line of JSON on request, and never fails on what stands in a cell', () => {
    const odd = '__proto__,constructor,\u0000,\u{1f3e0},=1+1';
    const text = `Visita,Fecha,Acto,Proveedor,${odd}\nV-1,x,constructor,P,1,2,3,4,5\nV-1,x,__proto__,P,1,2,3,4,5\n`;
    const { out } = auxilio(['sheet', 'guess', '--json', file('odd-guess.csv', text)]);
    const [answer] = jsonLines(out);
    expect(answer.words.map(({ word }: { word: string }) => word)).toEqual(['constructor', '__proto__']);
    expect(answer).toMatchObject({ events: 0, rows: 2 });
  });
});
