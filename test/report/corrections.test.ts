import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { dossier } from '../../src/reading/index.ts';
import { formatWorkedTime } from '../../src/report/visit/plain-text.ts';
import { eventsAfter, fact, minute } from '../../src/testing.ts';
import { byCenter, callAt, reconciled, recorded, sent } from '../reconciling/support.ts';
import { annul, operator, reported as reportedAct } from '../scenarios/commands.ts';
import { corrected, reported as unsettled } from './corrected-visit.ts';
import { below, pairsIn, reported, rowsIn, textOf } from './page.ts';

const page = reported(corrected);
const english = reported(corrected, { locale: 'en' });
const discrepancyId = `d-${unsettled.length}`;
/** The number of an act after the start, so many acts later. */
const n = (after: number) => String(eventsAfter('StartWork').length + after);
const row = (of: typeof page, heading: string, number: number | string) =>
  rowsIn(of.section(heading)).find(([first]) => first === String(number)) ?? [];

describe('an act that reached the log later', () => {
  const stored = (recordedAt: string) => {
    const last = unsettled.length - 1;
    const log = unsettled.map((event, index) => (index < last ? event : { ...event, metadata: { recordedAt } }));
    return reported(log, { locale: 'en' });
  };
  const reports = (of: typeof page) =>
    textOf(below(of.section('Discrepancies')).find(({ tagName }) => tagName === 'p')!);

  it('says so where it is five minutes or more from its own time', () => {
    const late = stored('2026-03-17T15:20:00.000Z');
    expect(rowsIn(late.section('The acts')).at(-1)?.[3]).toBe('Luis Moraproviderreached the log Mar 17, 09:20');
    expect(reports(late)).toMatch(/acts of the log, reached the log Mar 17, 09:20$/);
    const prompt = stored('2026-03-17T14:42:00.000Z');
    expect(rowsIn(prompt.section('The acts')).at(-1)?.[3]).toBe('Luis Moraprovider');
    expect(reports(prompt)).toMatch(/acts of the log$/);
  });
});

describe('1.1-10 the corrections of a visit', () => {
  it('are listed with what was first recorded, what stood since, who made them, when and why', () => {
    expect(rowsIn(page.section('Correcciones'))).toEqual([
      [
        'La llegada',
        '17 mar, 08:01 (2)',
        '17 mar, 08:06',
        'op-1, Centro de Contacto',
        '17 mar, 08:20',
        'Marcó al llegar al portón.',
        n(1),
      ],
      [
        `Discrepancia ${discrepancyId}`,
        `4 actos (${n(4)})`,
        '2 en el registro, 2 en el reporte',
        'op-1, Centro de Contacto',
        '17 mar, 08:50',
        'Se habló con ambos.',
        n(7),
      ],
      [
        'La conclusión',
        `17 mar, 08:57 (${n(13)})`,
        'Se anuló',
        'op-1, Centro de Contacto',
        '17 mar, 09:00',
        'Faltaba revisar la llave',
        n(14),
      ],
      [
        'El fin de la visita',
        `17 mar, 09:11 (${n(16)})`,
        '17 mar, 09:09',
        'op-1, Centro de Contacto',
        '17 mar, 09:15',
        'Se marcó tarde',
        n(17),
      ],
      [
        'El fin de la visita',
        `17 mar, 09:11 (${n(16)}), luego 17 mar, 09:09`,
        '17 mar, 09:11',
        'op-1, Centro de Contacto',
        '17 mar, 09:16',
        'Estaba bien',
        n(18),
      ],
    ]);
    expect(rowsIn(english.section('Corrections'))[2]?.slice(0, 3)).toEqual([
      'The completion',
      `Mar 17, 08:57 (${n(13)})`,
      'Annulled',
    ]);
  });

  it('are findings in the past tense, and leave the log clean', () => {
    const sentences = (of: typeof page, heading: string) => rowsIn(of.section(heading)).map(([first]) => first);
    expect(sentences(page, 'Observaciones')).toEqual([
      // The credential was shown at 08:02, before the arrival as it was corrected.
      'El reloj no cuadra: es anterior a lo último que anotó la misma persona. (−4 min)',
      'Se corrigió la hora de la llegada: de 17 mar, 08:01 a 17 mar, 08:06. Motivo: Marcó al llegar al portón.',
      `El Centro de Contacto había indicado reprogramar la visita. El acto se aceptó en el registro al resolver la discrepancia ${discrepancyId} (17 mar, 08:50).`,
      `El Centro de Contacto había indicado reprogramar la visita. El acto se aceptó en el registro al resolver la discrepancia ${discrepancyId} (17 mar, 08:50).`,
      `Se resolvió la discrepancia ${discrepancyId}: se aceptaron 2 actos y quedaron 2 en el reporte. Motivo: Se habló con ambos.`,
      'Se anuló la conclusión (17 mar, 08:57). Motivo: Faltaba revisar la llave.',
      'Se corrigió la hora del fin de la visita: de 17 mar, 09:11 a 17 mar, 09:09. Motivo: Se marcó tarde.',
      'Se corrigió la hora del fin de la visita: de 17 mar, 09:09 a 17 mar, 09:11; se registró primero: 17 mar, 09:11. Motivo: Estaba bien.',
    ]);
    expect(sentences(english, 'Remarks')).toContain(
      'This annulled the completion (Mar 17, 08:57). Reason: Faltaba revisar la llave.',
    );
    expect(pairsIn(page.all('dl', 'g')[0]!).Registro).toBe('Limpio');
  });

  it('are missing where nothing was corrected', () => {
    expect(reported(eventsAfter('StartWork')).html).toContain('No hay correcciones, discrepancias, ');
  });

  it('stand at the acts that they are of: the corrected time with the first one, the act that no longer stands', () => {
    expect(row(page, 'Los actos', 2).slice(1, 3)).toEqual([
      '08:06:00 (antes 08:01:00)',
      `Llegada del proveedorHora corregida (${n(1)})`,
    ]);
    // The completion that was annulled takes its call along.
    expect([n(12), n(13), n(15), n(16)].map((number) => row(page, 'Los actos', number)[2])).toEqual([
      `Llamada de conclusiónSe anuló (${n(14)})ExpedienteEXP-1Llamada08:56:00, L-1`,
      `Visita concluidaSe anuló (${n(14)})`,
      'Llamada de conclusiónExpedienteEXP-1Llamada09:10:00, L-1',
      `Visita concluidaHora corregida (${n(18)})`,
    ]);
    expect(row(english, 'The acts', 2)[1]).toBe('08:06:00 (first 08:01:00)');
    const [arrival] = rowsIn(page.section('Evidencia del protocolo')).filter(([first]) => first?.startsWith('1.1-01'));
    expect(arrival?.[2]).toBe('2 Llegada del proveedor, 08:06 (antes 08:01)');
  });

  it('have their times of another day in full', () => {
    const moved = fact(
      'TimeCorrected',
      {
        at: minute(30),
        what: 'arrival',
        recorded: minute(1),
        corrected: '2026-03-16T14:00:00.000Z',
        reason: 'otro día',
      },
      operator,
    ) as VisitEvent;
    expect(row(reported([...eventsAfter('RecordArrival'), moved]), 'Los actos', 2)[1]).toBe(
      '16 mar, 08:00 (antes 17 mar, 08:01)',
    );
  });

  it('name their data at their acts', () => {
    expect(row(page, 'Los actos', n(1))[2]).toMatch(
      /^Hora corregidaMotivoMarcó al llegar al portón\.Horala llegadaHora registrada17 mar, 08:01Hora correcta17 mar, 08:06/,
    );
    expect(row(page, 'Los actos', n(4))[2]).toMatch(
      new RegExp(
        `Eventos que conocía${n(0)}Actos1\\. Trabajo en pausa, 17 mar, 08:21; 2\\. Trabajo reanudado, 17 mar, 08:30; 3\\. `,
      ),
    );
    expect(row(page, 'Los actos', n(7))[2]).toMatch(/Actos aceptados2, 3/);
  });

  it('move the bars of the timeline, with both times as marks', () => {
    const [words] = below(page.section('Línea de tiempo')).filter(({ tagName }) => tagName === 'details');
    const lanes = rowsIn(words!).map((cells) => cells.slice(0, 3));
    expect(lanes).toContainEqual(['En camino', '17 mar, 08:00', '17 mar, 08:06']);
    expect(lanes).toContainEqual(['En el lugar', '17 mar, 08:06', '17 mar, 09:11']);
    expect(lanes).toContainEqual(['Horas antes de corregirse', '17 mar, 08:01', '']);
    expect(lanes).toContainEqual(['Horas que valen', '17 mar, 08:06', '']);
  });

  it('are followed by worked time and payment, in the index as on the page', () => {
    const { workedMs } = dossier(corrected);
    const day = reported([corrected, unsettled]);
    const [first, second] = rowsIn(day.all('div', 'o')[0]!);
    expect(first?.[4]).toBe(formatWorkedTime(workedMs));
    expect(pairsIn(page.all('dl', 'g')[0]!)['Tiempo trabajado']).toBe(formatWorkedTime(workedMs));
    expect(second?.[6]).toBe('No pagable: faltan 4 requisitos');
    expect(textOf(reported(unsettled).all('p', 'next')[0]!)).toMatch(/^Hay una discrepancia sin resolver\. /);
    expect(day.errors).toEqual([]);
  });

  it('take back the arrival of a visit that was opened by mistake', () => {
    const log = [
      ...eventsAfter('RecordArrival'),
      fact('ActAnnulled', annul('ProviderArrived', minute(1)).data, operator),
    ];
    const taken = reported(log as VisitEvent[]);
    const [words] = below(taken.section('Línea de tiempo')).filter(({ tagName }) => tagName === 'details');
    expect(rowsIn(words!).map(([lane]) => lane)).toEqual(['En camino']);
  });
});

describe('1.1-10 the discrepancies of a visit', () => {
  it('are told act by act: the rules, lawful then or not, by whose leave, and what was settled', () => {
    const section = page.section('Discrepancias');
    expect(textOf(below(section).find(({ tagName }) => tagName === 'p')!)).toBe(
      `${discrepancyId}, reportada 17 mar, 08:41 (${n(4)}) Luis Mora, proveedor, conocía ${n(0)} actos del registro`,
    );
    const closing = 'El Centro de Contacto había indicado no seguir con la visita. (1.1-10)';
    expect(rowsIn(section)).toEqual([
      ['1. Trabajo en pausa, 17 mar, 08:21Clasepausa', '', 'sí', `El mismo hecho que ${n(2)}`],
      ['2. Trabajo reanudado, 17 mar, 08:30Clasepausa', closing, 'sí', `Aceptado en el registro (${n(5)})`],
      [
        '3. Pruebas de calidad, 17 mar, 08:40Pruebassin goteo: aprobadaCon el clientesíTodas aprobadassí' +
          'Se hizo a pesar del rechazo, con autorización de Marta, op-1: la clienta pidió seguir',
        `${closing}El trabajo no estaba en marcha. (1.1-46)`,
        'sí',
        `Aceptado en el registro (${n(6)})`,
      ],
      ['4. Herramientas mostradas, 17 mar, 08:41Herramientassierra', closing, 'sí', `Quedó en el reporte (${n(7)})`],
    ]);
  });

  it('wait to be settled until they are', () => {
    const rows = rowsIn(reported(unsettled, { locale: 'en' }).section('Discrepancies'));
    expect(rows.map((cells) => cells.at(-1))).toEqual([
      `The same fact as ${n(2)}`,
      'Not settled',
      'Not settled',
      'Not settled',
    ]);
  });

  it('name the acts of the log without which they would have been accepted, while they are not settled', () => {
    const rules = (locale: 'es-CR' | 'en', heading: string) =>
      rowsIn(reported(unsettled, { locale }).section(heading)).map(([, cells]) => cells);
    expect(rules('es-CR', 'Discrepancias')).toEqual([
      '',
      `El Centro de Contacto había indicado no seguir con la visita. (1.1-10)Se habría aceptado sin: Instrucción del Centro de Contacto (${n(3)})`,
      `El Centro de Contacto había indicado no seguir con la visita. (1.1-10)El trabajo no estaba en marcha. (1.1-46)Se habría aceptado sin: Instrucción del Centro de Contacto (${n(3)})`,
      `El Centro de Contacto había indicado no seguir con la visita. (1.1-10)Se habría aceptado sin: Instrucción del Centro de Contacto (${n(3)})`,
    ]);
    expect(rules('en', 'Discrepancies')).toEqual([
      '',
      `The contact center had said to end the visit. (1.1-10)It would have been accepted without: Instruction of the contact center (${n(3)})`,
      `The contact center had said to end the visit. (1.1-10)The work was not running. (1.1-46)It would have been accepted without: Instruction of the contact center (${n(3)})`,
      `The contact center had said to end the visit. (1.1-10)It would have been accepted without: Instruction of the contact center (${n(3)})`,
    ]);
  });

  it('name the reported acts that they follow from, of this report and of another', () => {
    const start = eventsAfter('StartWork');
    const away = byCenter('n-1', 'PauseWork', 5, { kind: 'second-visit', notice: callAt(5) });
    const first = reconciled(recorded(start, away), start.length, sent('c-2', 'PauseWork', 60, { kind: 'break' })).log;
    const log = reconciled(
      first,
      start.length,
      sent('c-0', 'GiveFarewell', 61, {}),
      sent('c-3', 'ResumeWork', 61, { kind: 'break' }),
    ).log;
    const rows = (locale: 'es-CR' | 'en', heading: string) => rowsIn(reported(log, { locale }).section(heading));
    expect(rows('es-CR', 'Discrepancias').map(([act, cells]) => [act, cells])).toEqual([
      [
        '1. Trabajo en pausa, 17 mar, 09:00Clasepausa',
        `El trabajo no estaba en marcha. (1.1-43)Se habría aceptado sin: Trabajo en pausa (${n(1)})`,
      ],
      [
        '1. Despedida, 17 mar, 09:01',
        `No constaba la llegada del proveedor. (1.1-01)No constaba el reingreso. (1.1-49)Se habría aceptado sin: Trabajo en pausa (${n(1)})`,
      ],
      [
        '2. Trabajo reanudado, 17 mar, 09:01Clasepausa',
        `No constaba una pausa. (1.1-43)Se habría aceptado tras aceptar: d-${n(2)}, 1. Trabajo en pausa`,
      ],
    ]);
    expect(rows('en', 'Discrepancies').map(([act, cells]) => [act, cells])).toEqual([
      [
        '1. Work paused, Mar 17, 09:00Kindbreak',
        `The work was not running. (1.1-43)It would have been accepted without: Work paused (${n(1)})`,
      ],
      [
        '1. Farewell, Mar 17, 09:01',
        `The arrival of the provider was not on record. (1.1-01)The re-entry was not on record. (1.1-49)It would have been accepted without: Work paused (${n(1)})`,
      ],
      [
        '2. Work resumed, Mar 17, 09:01Kindbreak',
        `No break was on record. (1.1-43)It would have been accepted after: d-${n(2)}, 1. Work paused`,
      ],
    ]);
  });

  it('say where nothing that was recorded meanwhile stands against them, or the search gave up', () => {
    const start = eventsAfter('StartWork');
    const resume = sent('c-3', 'ResumeWork', 61, { kind: 'break' });
    const notify = (nth: number) => byCenter(`n-${nth}`, 'NotifyClient', 20, { about: ['delay'], reached: true });
    const rules = (count: number, locale: 'es-CR' | 'en', heading: string) => {
      const log = recorded(start, ...Array.from({ length: count }, (_, nth) => notify(nth)));
      return rowsIn(reported(reconciled(log, start.length, resume).log, { locale }).section(heading))[0]?.[1];
    };
    const [anyway, gaveUp] = [1, 3];
    expect(rules(anyway, 'es-CR', 'Discrepancias')).toMatchInlineSnapshot(
      `"No constaba una pausa. (1.1-43)También se habría rechazado sin lo que se registró entretanto."`,
    );
    expect(rules(anyway, 'en', 'Discrepancies')).toMatchInlineSnapshot(
      `"No break was on record. (1.1-43)It would have been refused without what was recorded meanwhile, too."`,
    );
    expect(rules(gaveUp, 'es-CR', 'Discrepancias')).toMatchInlineSnapshot(
      `"No constaba una pausa. (1.1-43)No se halló ningún acto, ni par de actos, sin el cual se habría aceptado; no se probaron todas las combinaciones."`,
    );
    expect(rules(gaveUp, 'en', 'Discrepancies')).toMatchInlineSnapshot(
      `"No break was on record. (1.1-43)No act or pair of acts was found without which it would have been accepted; not all combinations were tried."`,
    );
  });

  it('find the acts by their places in a log with repeated entries', () => {
    const [first, ...others] = unsettled.map((event, index) => ({
      ...event,
      metadata: { ...event.metadata, eventId: `e-${index}` },
    }));
    const rules = (log: readonly unknown[]) =>
      rowsIn(reported(log as VisitEvent[]).section('Discrepancias')).map(([, cells]) => cells);
    const shifted = rules([first, first, ...others]);
    expect(shifted).toEqual(rules([first, ...others]).map((cells) => cells?.replaceAll(`(${n(3)})`, `(${n(4)})`)));
  });

  it('may be of any log: cut, doubled, with anything in them', () => {
    const base = { visitId: 'visit-1', at: minute(40), by: { role: 'provider', id: 'prov-1' }, discrepancyId: 'd-1' };
    const report = (acts: unknown) => ({ type: 'DiscrepancyReported', data: { ...base, basedOn: 1, acts } });
    const strange = { type: 7, data: 9, violations: [{ rule: 'x', clause: '<b>' }, 4], despite: 1, twinOf: 99 };
    const many = Array.from({ length: 301 }, () => reportedAct('ToolsShown', {}, { tools: ['<i>'] }));
    const log = [...eventsAfter('RecordArrival'), report(many), report([strange])] as VisitEvent[];
    const found = reported(log);
    expect(found.errors).toEqual([]);
    expect(rowsIn(found.section('Discrepancias'))).toHaveLength(300);
    expect(textOf(found.section('Discrepancias'))).toMatch(/y 1 más\s*$/);
    const of = (...rest: readonly unknown[]) => reported([...eventsAfter('RecordArrival'), ...rest] as VisitEvent[]);
    const far = reportedAct('ToolsShown', { twinOf: 99, lawfulThen: false }, { tools: ['llave'] });
    expect(rowsIn(of(report([far])).section('Discrepancias'))[0]?.slice(2)).toEqual(['no', 'El mismo hecho que 99']);
    // The act that is taken does not stand before its settlement.
    const settled = { type: 'DiscrepancySettled', data: { ...base, by: operator, taken: [0], text: 'sí' } };
    expect(rowsIn(of(report([far]), settled).section('Discrepancias'))[0]?.[3]).toBe('Aceptado en el registro (4)');
    for (const acts of [[strange], [{}], [null], 'acts', 7]) expect(of(report(acts), settled).errors).toEqual([]);
  });
});
