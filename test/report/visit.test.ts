import { describe, expect, it } from 'vitest';
import { clause } from '../../src/index.ts';
import type { EventType } from '../../src/messages/index.ts';
import { dossier } from '../../src/reading/index.ts';
import { styleHash } from '../../src/report/style.ts';
import { reportHtml } from '../../src/report.ts';
import { visitAt } from '../../src/testing/visit-at.ts';
import { advance, command, minute } from '../../src/testing.ts';
import { placeIn, plain } from '../scenarios/commands.ts';
import { attribute, below, children, classes, pairsIn, reported, rowsIn, textOf } from './page.ts';

const events = advance([], plain);
const page = reported(events);
/** The number of an act of the log. */
const numberOf = (type: EventType) => String(placeIn(events, type) + 1);

describe('the report of a plain visit', () => {
  it('is one well-formed page of its language that nothing is fetched, run or sent from', () => {
    expect(page.errors).toEqual([]);
    expect(page.html.startsWith('<!doctype html>\n<html lang="es-CR">')).toBe(true);
    expect(attribute(page.all('meta').find((one) => attribute(one, 'http-equiv') !== undefined)!, 'content')).toBe(
      `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'`,
    );
    const names = new Set(page.elements.map(({ tagName }) => tagName));
    for (const name of ['script', 'link', 'img', 'iframe', 'object', 'form', 'base', 'foreignObject']) {
      expect(names.has(name)).toBe(false);
    }
    expect(page.elements.flatMap(({ attrs }) => attrs).filter(({ name }) => /^on|^style$|^src/.test(name))).toEqual([]);
    expect(page.html).not.toMatch(/url\(|@import|@font-face|https?:/);
  });

  it('has anchors that are unique and links that lead to them', () => {
    const ids = page.elements.flatMap((one) => attribute(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = page.elements.flatMap((one) => attribute(one, 'href') ?? []);
    expect(links.length).toBeGreaterThan(60);
    expect(links.filter((link) => !ids.includes(link.slice(1)))).toEqual([]);
  });

  it('says of whom and of what it is', () => {
    expect(textOf(page.all('title')[0]!)).toBe('Expediente EXP-1');
    expect(page.all('h1').map(textOf)).toEqual(['Expediente EXP-1']);
    expect({ ...pairsIn(page.all('dl', 'p')[0]!), ...pairsIn(page.all('dl', 'g')[0]!) }).toMatchObject({
      Cliente: 'doña Ana Rojas',
      Proveedor: 'don Luis Mora prov-1',
      Servicio: 'fontanería',
      Lugar: 'Barva, de la iglesia 200 metros al sur',
      'Hora límite de llegada': '17 mar, 09:00',
      Estado: 'Concluida',
      'Tiempo trabajado': '5 min',
      Registro: 'Limpio',
      'Pendientes sin resolver': '2',
    });
    expect(textOf(page.all('p', 'next')[0]!)).toBe('Para que sea pagable falta: documentar el inicio.');
  });

  it('tells payment evidence apart from protocol evidence, each clause in our words, with its verdict and its acts', () => {
    const { payment, protocol } = dossier(events);
    for (const [heading, verdicts] of [
      ['Evidencia de pago', payment],
      ['Evidencia del protocolo', protocol],
    ] as const) {
      const called = verdicts.filter(({ status }) => status !== 'not-applicable');
      const rows = rowsIn(page.section(heading));
      expect(rows.map(([first]) => first)).toEqual(
        called.map((verdict) => `${verdict.clause} ${clause(verdict.clause).text['es-CR']}`),
      );
      const words = { satisfied: 'Cumple', missing: 'Falta' } as Record<string, string>;
      expect(rows.map(([, status]) => status)).toEqual(called.map(({ status }) => words[status]));
    }
    const [start] = rowsIn(page.section('Evidencia de pago'));
    expect(start![2]).toBe(`${numberOf('StartReported')} Llamada de inicio, 08:15`);
    const [link] = below(page.section('Evidencia de pago')).filter(({ tagName }) => tagName === 'a');
    expect(attribute(link!, 'href')).toBe(`#v1-e${numberOf('StartReported')}`);
  });

  it('lists the clauses that nothing called for by their words, folded', () => {
    const { payment } = dossier(events);
    const others = payment.filter(({ status }) => status === 'not-applicable');
    const [folded] = below(page.section('Evidencia de pago')).filter(({ tagName }) => tagName === 'details');
    expect(textOf(folded!)).toBe(
      `${others.length} cláusulas no aplican: nada en esta visita las pidió${others
        .map((one) => `${one.clause} ${clause(one.clause).text['es-CR']}`)
        .join('')}`,
    );
  });

  it('tells no verdict by colour alone: a picture and a word', () => {
    for (const chip of page.all('span', 'c')) {
      const [picture, word] = children(chip);
      expect(picture?.tagName).toBe('svg');
      expect(attribute(picture!, 'aria-hidden')).toBe('true');
      expect(textOf(word!)).not.toBe('');
    }
  });

  it('tells worked time, debts, measures and photographs', () => {
    expect(rowsIn(page.section('Tiempo trabajado'))).toEqual([
      ['martes, 17 de marzo de 2026', '08:16', '08:21', '5 min'],
    ]);
    expect(rowsIn(page.section('Obligaciones'))).toEqual([
      [
        'Documentar las fotografías',
        'Centro de Contacto',
        '1.1-22',
        `17 mar, 08:08 (${numberOf('PhotosSubmitted')})`,
        'Abierta',
        '—',
      ],
      [
        'Entregar los materiales',
        'Cliente',
        '1.1-32',
        `17 mar, 08:10 (${numberOf('WorkExplained')})`,
        `17 mar, 08:11 (${numberOf('MaterialsSupplied')})`,
        '1 min',
      ],
      [
        'Documentar el inicio',
        'Centro de Contacto',
        '1.1-27',
        `17 mar, 08:15 (${numberOf('StartReported')})`,
        'Abierta',
        '—',
      ],
    ]);
    expect(rowsIn(page.section('Medidas')).map(([name, , , value, threshold]) => [name, value, threshold])).toEqual([
      ['Llegada: después de la hora límite', '0 s', '0 s'],
      ['Fotografía: de tomada a enviada', '1 min', '15 min'],
      ['Inicio: de la llamada al trabajo', '1 min', '30 min'],
      ['Conclusión: de la conformidad a la llamada', '3 min', '30 min'],
    ]);
    expect(rowsIn(page.section('Fotografías'))).toEqual([
      ['f-1', '—', '17 mar, 08:07', '17 mar, 08:08', '—', 'a'.repeat(64)],
    ]);
  });

  it('says which lists are empty', () => {
    expect(page.all('p', 'm').map(textOf)).toContain(
      'No hay correcciones, discrepancias, dispensas, solicitudes declinadas ni llegadas sin servicio.',
    );
  });

  it('tells every act: where in the log, when, what, by whom, by which clauses', () => {
    const rows = rowsIn(page.section('Los actos'));
    expect(rows[0]).toEqual(['martes, 17 de marzo de 2026']);
    expect(rows).toHaveLength(events.length + 1);
    expect(rows[2]).toEqual(['2', '08:01:00', 'Llegada del proveedor', 'Luis Moraproveedor', '1.1-01']);
    expect(rows[placeIn(events, 'MaterialsSupplied') + 1]).toEqual([
      numberOf('MaterialsSupplied'),
      '08:11:00',
      'Materiales entregadosEntregados porel clienteArtículosTubo PVC: 2 m',
      'Clienteanotó Luis Mora, proveedor',
      '1.1-31 1.1-32',
    ]);
    expect(classes(page.byId(`v1-e${events.length}`))).toEqual(['']);
  });

  it('lists the clauses that it cites, where the acts link to', () => {
    expect(textOf(page.byId('c-1.1-14'))).toBe(`1.1-14${clause('1.1-14').text['es-CR']}`);
  });

  it('says in which zone its times are, and as of when it is only when told', () => {
    expect(textOf(page.all('footer')[0]!)).toContain('Horas locales de America/Costa_Rica (GMT-6).');
    expect(textOf(page.all('footer')[0]!)).not.toContain('Al ');
    expect(textOf(reported(events, { until: minute(200) }).all('footer')[0]!)).toContain(
      'Al martes, 17 de marzo de 2026, 11:20.',
    );
  });
});

describe('the options of a report', () => {
  it('tells it in English', () => {
    const english = reported(events, { locale: 'en' });
    expect(attribute(english.all('html')[0]!, 'lang')).toBe('en');
    expect(english.all('h1').map(textOf)).toEqual(['Case EXP-1']);
    expect(rowsIn(english.section('Payment evidence'))[0]).toEqual([
      `1.1-26 ${clause('1.1-26').text.en}`,
      'Satisfied',
      `${numberOf('StartReported')} Start call, 08:15`,
    ]);
    expect(english.elements.map(({ tagName }) => tagName)).toEqual(page.elements.map(({ tagName }) => tagName));
  });

  it('takes the title of the host', () => {
    const titled = reported(events, { title: '<Visita> & más' });
    expect([titled.all('title')[0]!, ...titled.all('h1')].map(textOf)).toEqual(['<Visita> & más', '<Visita> & más']);
    expect(reported(events, { title: '  ' }).all('h1').map(textOf)).toEqual(['Expediente EXP-1']);
  });

  it('shows times in the zone of the policy, or of Costa Rica if that zone is invalid', () => {
    const act = (timeZone: string) => rowsIn(reported(events, { policy: { timeZone } }).section('Los actos'))[2]![1];
    expect(act('UTC')).toBe('14:01:00');
    expect(act('Asia/Kolkata')).toBe('19:31:00');
    expect(act('Nowhere/Land')).toBe('08:01:00');
  });

  it('holds the measures against the thresholds of the policy', () => {
    const policy = { thresholds: { startCallMinutes: 10 } };
    const call = { at: minute(0) };
    const steps = plain.map((step) =>
      step.type === 'ReportStart' ? command(step.type, { ...step.data, call }) : step,
    );
    const late = reported(advance([], steps), { policy });
    expect(rowsIn(late.section('Medidas'))[2]).toEqual([
      'Inicio: de la llamada al trabajo',
      numberOf('WorkStarted'),
      '1.1-26',
      '16 min',
      '10 min',
      'Sobre el umbral',
    ]);
    expect(rowsIn(late.section('Evidencia de pago'))[0]![1]).toBe(
      'TardíaInicio: de la llamada al trabajo: 16 min; el umbral es de 10 min.',
    );
  });

  it('counts work that runs, and the age of what is owed, up to its moment', () => {
    const { events: working } = visitAt('working');
    const figure = (until?: string) =>
      pairsIn(reported(working, until === undefined ? {} : { until }).all('dl', 'g')[0]!)['Tiempo trabajado'];
    expect(figure()).toBe('0 s y sigue');
    expect(figure('2026-03-17T16:00:00.000Z')).toBe('1 h 44 min y sigue');
    expect(figure('2026-03-17T10:00:00-06:00')).toBe('1 h 44 min y sigue');
    for (const none of ['el martes', '+012026-03-17T16:00:00.000Z', '', null, 5]) {
      expect(reportHtml(working, { until: none as never })).toBe(reportHtml(working));
    }
    const [owed] = rowsIn(reported(working, { until: '2026-03-18T16:00:00.000Z' }).section('Obligaciones'));
    expect(owed!.at(-1)).toBe('1 d 1 h');
  });
});
