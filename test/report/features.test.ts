import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { Unreadable } from '../../src/reading/judging/log.ts';
import { createContext, describeFinding } from '../../src/report/visit/plain-text.ts';
import { advance, command, eventsAfter, minute } from '../../src/testing.ts';
import { call, otherProvider, photo, placeIn, plain, provider, step, stretch } from '../scenarios/commands.ts';
import { below, classes, pairsIn, reported, rowsIn, storedLog, textOf } from './page.ts';

const figures = (page: ReturnType<typeof reported>) => pairsIn(page.all('dl', 'g')[0]!);
/** The rows of the findings that are worth knowing, and neither grave nor measured. */
const deviations = (page: ReturnType<typeof reported>) => {
  const isNote = below(page.section('Observaciones'))
    .filter(({ tagName, parentNode }) => tagName === 'tr' && parentNode?.nodeName === 'tbody')
    .map((row) => below(row).some((one) => classes(one).includes('note')));
  return rowsIn(page.section('Observaciones')).filter((_, place) => isNote[place]);
};
const actRow = (page: ReturnType<typeof reported>, number: number) =>
  rowsIn(page.section('Los actos')).find(([first]) => first === String(number)) ?? [];

describe('a log with violations', () => {
  const broken = advance([], plain).filter(({ type }) => type !== 'CredentialShown' && type !== 'ToolsShown');
  const page = reported(broken);

  it('tells each at its act, with its clause, in the past', () => {
    expect(actRow(page, 3)[2]).toBe(
      'Identidad validadaQuién atendióel clienteDio el nombre completosíMostró un documentosí' +
        'No constaba que se le hubiera mostrado el carné al cliente. (1.1-03)',
    );
    expect(figures(page).Registro).toBe('2 hallazgos');
  });

  it('tells the verdicts that they contradict, and why', () => {
    const [verdict] = rowsIn(page.section('Evidencia del protocolo')).filter(([first]) => first!.startsWith('1.1-40'));
    expect(verdict![1]).toMatch(/^ContradichaNo constaba que se le hubieran mostrado las herramientas al cliente\./);
    expect(verdict![2]).toMatch(/Trabajo iniciado, 08:16$/);
  });

  it('says in words what differs in each field, never its name', () => {
    const report = createContext({ locale: 'es-CR' });
    const said = (fields: readonly string[]) =>
      describeFinding(report, { kind: 'violation', rule: 'as-decided', index: 0, facts: { fields } });
    expect(said(['recordedBy', 'by'])).toBe(
      'El registro no es el que correspondía; no coinciden quién lo anotó y quién hizo el acto.',
    );
    expect(said(['acts.0.violations', 'acts.0.violations', 'acts.1.twinOf', 'acts.0.on', 'basedOn', 'at', 'x.y'])).toBe(
      'El registro no es el que correspondía; no coinciden las reglas que lo rechazaron (acto 1 del reporte), el acto que cuenta el mismo hecho (acto 2 del reporte), los actos por los que se rechazó (acto 1 del reporte), la parte del registro que se conocía, la hora y otro dato.',
    );
    const fields = ['by', 'recordedBy', 'passed', 'outcome', 'edition', 'discrepancyId', 'at', 'basedOn'];
    const inActs = ['twinOf', 'on', 'lawfulThen', 'violations'].map((field) => `acts.0.${field}`);
    for (const locale of ['es-CR', 'en'] as const) {
      const { otherDifference } = createContext({ locale }).words.findings;
      for (const field of [...fields, ...inActs]) {
        const text = describeFinding(createContext({ locale }), {
          ...{ kind: 'violation', rule: 'as-decided', index: 0, facts: { fields: [field] } },
        });
        expect(text).not.toContain(otherDifference);
        expect(text).not.toMatch(/recordedBy|twinOf|lawfulThen|basedOn|acts\./);
      }
    }
  });

  it('tells an event that is not the one decide would have written by the fields that differ', () => {
    const forged = advance([], plain).map((event) =>
      event.type === 'QualityTested' ? { ...event, data: { ...event.data, passed: false } } : event,
    );
    expect(actRow(reported(forged), placeIn(forged, 'QualityTested') + 1)[2]).toMatch(
      /El registro no es el que correspondía; no coincide el resultado de las pruebas\. \(0-02\)$/,
    );
  });
});

describe('what is no event of the visit', () => {
  const strange = [
    ...eventsAfter('RecordArrival'),
    { type: 'VisitPaid', data: { visitId: 'visit-1', at: minute(30), by: provider } },
    'nonsense',
    { ...eventsAfter('RecordArrival')[1]!, data: { ...eventsAfter('RecordArrival')[1]!.data, visitId: 'v-2' } },
    null,
    new Unreadable({ code: 'invalid-json' }),
    new Unreadable({ type: 'VisitPaid' }, true),
    { type: 'PhotosTaken', data: { visitId: 'visit-1', at: minute(31), by: provider, photos: 7 } },
  ] as unknown as VisitEvent[];
  const page = reported(strange);

  it('stands in its place, told as what it is', () => {
    const told = Array.from({ length: 7 }, (_, place) => actRow(page, place + 3));
    expect(told.map(([, time, act, who]) => [time, act, who])).toEqual([
      ['08:30:00', 'Acto desconocido: VisitPaidEsta versión no conoce este acto: VisitPaid.', 'Luis Moraproveedor'],
      ['—', 'Entrada ilegibleNo se puede leer.', ''],
      ['08:01:00', 'Llegada del proveedorEs de otra visita: v-2. (1.1-13)', 'Luis Moraproveedor'],
      ['—', 'Entrada ilegibleNo se puede leer.', ''],
      ['—', 'Entrada ilegibleNo se puede leer.', ''],
      ['—', 'Entrada ilegibleEsta versión no conoce este acto: VisitPaid.', ''],
      ['08:31:00', 'Fotografías tomadasNo se puede leer.', 'Luis Moraproveedor'],
    ]);
    expect(page.errors).toEqual([]);
    expect(figures(page).Registro).toBe('7 hallazgos');
  });

  it('may be all that there is, and so may nothing', () => {
    expect(figures(reported(['nonsense'] as never)).Estado).toBe('Sin asignar');
    const empty = reported([]);
    expect(empty.errors).toEqual([]);
    expect(textOf(empty.all('main')[0]!)).toMatch(
      /^Visita sin expediente · sin selloEl registro está vacío: no hay nada que informar\.Procedencia/,
    );
    expect(empty.all('h1').map(textOf)).toEqual(['Visita sin expediente']);
  });
});

describe('waivers', () => {
  const waived = advance(
    [],
    [
      command('AssignVisit', { ...step('AssignVisit').data } as never),
      step('RecordArrival'),
      command('GiveInstruction', {
        at: minute(2),
        about: 'visit',
        decision: 'proceed',
        text: 'Siga sin el carné',
        waives: ['credential-shown'],
      }),
      ...stretch('ValidateIdentity'),
    ],
  );

  it('by an instruction: listed, and at the act that they let through', () => {
    const page = reported(waived);
    expect(rowsIn(page.section('Dispensas'))).toEqual([['la muestra del carné', '17 mar, 08:02']]);
    const told = 'Se dispensó la muestra del carné por la instrucción del 17 mar, 08:02.';
    expect(rowsIn(page.section('Observaciones'))[0]).toEqual([told, '1.1-03', '4 Identidad validada, 08:03']);
    expect(page.section('Hallazgos')).toBeDefined();
    expect(below(page.section('Hallazgos')).map(({ tagName }) => tagName)).not.toContain('table');
    expect(actRow(page, 4)[2]).toContain(`${told} (1.1-03)`);
    expect(actRow(page, 3)[2]).toContain('Dispensala muestra del carné');
    expect(figures(page).Registro).toBe('Limpio');
    const [verdict] = rowsIn(page.section('Evidencia del protocolo')).filter(([first]) => first!.startsWith('1.1-03'));
    expect(verdict![1]).toBe(`Dispensada${told}`);
  });

  it('by the policy, with its reason', () => {
    const policy = { id: 'rural', waive: [{ rule: 'credential-shown', reason: 'sin carné aún' }] } as const;
    const log = advance(
      [],
      plain.filter(({ type }) => type !== 'ShowCredential'),
      policy,
    );
    expect(rowsIn(reported(log, { policy }).section('Dispensas'))).toEqual([
      ['la muestra del carné', 'Política rural: sin carné aún'],
    ]);
    expect(deviations(reported(log, { policy })).map(([told]) => told)).toEqual([
      'La visita se juzgó con la política default, y este informe usa rural.',
      'Se dispensó la muestra del carné por la política rural: sin carné aún.',
    ]);
  });
});

describe('what else may happen in a visit', () => {
  it('declined requests', () => {
    const log = advance(eventsAfter('ShowCredential'), [
      command('DeclineOffContractRequest', {
        at: minute(3),
        activity: 'material-purchase',
        detail: 'quería un tubo',
      }),
    ]);
    expect(rowsIn(reported(log).section('Solicitudes declinadas'))).toEqual([
      ['compra de materiales', 'quería un tubo', '17 mar, 08:03', '4'],
    ]);
  });

  it('an arrival without service, and a visit that ended without completion', () => {
    const log = advance(eventsAfter('ShowCredential'), [
      command('GiveInstruction', { at: minute(5), about: 'visit', decision: 'cancel', text: 'Ya no hace falta' }),
      command('CloseVisit', { at: minute(6) }),
    ]);
    const page = reported(log);
    expect(rowsIn(page.section('Llegadas sin servicio'))).toEqual([
      ['Se cerró la visita', '17 mar, 08:01 (2)', '17 mar, 08:06 (5)'],
    ]);
    expect(figures(page).Estado).toBe('Cancelada');
    expect(textOf(page.all('p', 'next')[0]!)).toBe(
      'Terminó sin la evidencia completa. No es pagable. Falta: la conclusión, el inicio del trabajo, la llamada de inicio, ' +
        'la documentación del inicio y la llamada de conclusión con el número de expediente.',
    );
    expect(page.all('h2').map(textOf)).not.toContain('Tiempo trabajado');
  });

  it('lateness that was not told, a clock that is off, a start call that is early', () => {
    const late = advance(
      [],
      [
        step('AssignVisit'),
        command('RecordArrival', { at: minute(95) }),
        command('ShowCredential', { at: minute(90) }),
        command('ReportStart', { at: minute(96), call }),
      ],
    );
    const page = reported(late);
    expect(actRow(page, 2)[2]).toBe(
      'Llegada del proveedorObservación: Llegada: después de la hora límite: 35 min. (1.1-01)' +
        'Observación: Llegó 35 min tarde y no reportó ningún inconveniente en el camino. (2.2-09)',
    );
    expect(actRow(page, 3)[2]).toContain('El reloj no cuadra: es anterior a lo último que anotó la misma persona.');
    expect(actRow(page, 4)[2]).toContain(
      'La llamada de inicio fue temprana; aún faltaban el envío de las fotografías, el acuerdo sobre los materiales y la muestra de las herramientas. (1.1-26)',
    );
    expect(figures(page).Registro).toBe('Limpio');
  });

  it('a record of a provider who was no longer assigned', () => {
    const log = advance(
      [],
      [
        step('AssignVisit'),
        command('ReportTransitIssue', { at: minute(1), issue: 'breakdown', resolvable: false }),
        command('ReassignProvider', {
          at: minute(20),
          provider: { id: 'prov-2', name: 'Eva Soto' },
          arriveBy: minute(90),
        }),
        command('RecordArrival', { at: minute(40) }, otherProvider),
      ],
    );
    const stale = { type: 'ClientReturned', data: { visitId: 'visit-1', at: minute(10), by: provider } } as VisitEvent;
    const page = reported([...log, stale]);
    expect(actRow(page, 5).slice(2, 4)).toEqual([
      'Regreso del clienteLo anotó un proveedor que ya no estaba asignado, con fecha anterior al cambio. (1.2-12)No constaba una ausencia del cliente. (1.1-09)',
      'Luis Moraproveedor',
    ]);
    expect(actRow(page, 4)[3]).toBe('Eva Sotoproveedor');
  });

  it('belongings that are disputed, and not among the tools', () => {
    const log = advance(eventsAfter('StartWork'), [
      command('ShowBelongings', {
        at: minute(20),
        items: ['llave', 'taladro'],
        clientConfirmed: false,
        disputed: ['taladro'],
      }),
    ]);
    const page = reported(log);
    expect(deviations(page).map(([told, clause]) => [told, clause])).toEqual([
      ['Salió algo que no estaba entre las herramientas mostradas: taladro.', '1.1-52'],
      ['El cliente no confirmó lo que salió: taladro.', '1.1-53'],
    ]);
  });

  it('an act outside the contract that the policy allows, and another edition', () => {
    const policy = { allow: ['other'] };
    const log = advance(
      [],
      [
        command('AssignVisit', { ...(step('AssignVisit').data as object), edition: 'b'.repeat(64) } as never),
        command('PerformOffContractAct', { at: minute(1), activity: 'other' }),
      ],
      policy,
    );
    expect(deviations(reported(log, { policy })).map(([told]) => told)).toEqual([
      'La visita se juzga por otra edición del protocolo.',
      'La política default permite esta gestión adicional: otra gestión.',
    ]);
  });

  it('several photographs of one submission: the slowest, and how many', () => {
    const log = advance(eventsAfter('InspectArea'), [
      command('TakePhotos', {
        at: minute(12),
        photos: [photo('f-1', 'llave'), { ...photo('f-2'), takenAt: minute(11) }],
      }),
      command('SubmitPhotos', { at: minute(40), photoIds: ['f-1', 'f-2'], channel: 'app' }),
    ]);
    const page = reported(log);
    expect(rowsIn(page.section('Medidas')).at(-1)).toEqual([
      'Fotografía: de tomada a enviada × 2',
      '9',
      '1.1-19',
      '30 min',
      '15 min',
      'Sobre el umbral',
    ]);
    expect(rowsIn(page.section('Fotografías')).map((row) => row.slice(0, 4))).toEqual([
      ['f-1', 'llave', '17 mar, 08:10', '17 mar, 08:40'],
      ['f-2', '—', '17 mar, 08:11', '17 mar, 08:40'],
    ]);
  });

  it('says once what is found of photographs that were taken and sent together, and of how many', () => {
    const ids = ['f-1', 'f-2', 'f-3'];
    const log = advance(eventsAfter('InspectArea'), [
      command('TakePhotos', { at: minute(12), photos: ids.map((id) => photo(id)) }),
      command('SubmitPhotos', { at: minute(40), photoIds: ids, channel: 'app' }),
    ]);
    const page = reported(log);
    const found = rowsIn(page.section('Observaciones')).filter(([, clause]) => clause === '1.1-19');
    expect(found.map(([told]) => told)).toEqual([expect.stringMatching(/30 min.* × 3$/)]);
    const acts = below(page.section('Los actos')).filter(({ tagName }) => tagName === 'li');
    expect(acts.map(textOf)).toEqual([expect.stringMatching(/30 min.* × 3 \(1\.1-19\)$/)]);
  });
});

describe('the stored visit that had most to tell', () => {
  it('tells its acts in words, under each local day', async () => {
    const page = reported(await storedLog('v-2026-0317-23'));
    const acts = rowsIn(page.section('Los actos')).map((row) => row[2] ?? row[0]);
    expect(acts.filter((act) => /^\p{Lu}[\p{Ll} ]+(,|\p{Lu}|$)/u.test(act!)).length).toBeGreaterThan(25);
    expect(acts.join('\n')).toMatch(/Clasesegunda visitaAviso16:19:39, atendió op-06Regreso esperado18 mar, 09:00/);
    expect(acts.join('\n')).toMatch(
      /PruebasEl portón cierra sin empujarlo: aprobada, El picaporte entra completo: aprobada/,
    );
    expect(rowsIn(page.section('Los actos')).filter((row) => row.length === 1)).toEqual([
      ['martes, 17 de marzo de 2026'],
      ['miércoles, 18 de marzo de 2026'],
    ]);
  });
});
