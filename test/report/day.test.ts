import { describe, expect, it } from 'vitest';
import { audit, dossier } from '../../src/reading/index.ts';
import { simulate, visitAt } from '../../src/testing.ts';
import { attribute, below, children, classes, pairsIn, reported, rowsIn, storedDay, textOf } from './page.ts';

const policy = { id: 'hogar-2026', allow: ['material-purchase', 'other', 'cambio-de-bombillo'] };
const until = '2026-03-18T23:00:00.000Z';

describe('the report of a day', async () => {
  const day = await storedDay();
  const page = reported(day, { policy, until });
  const dossiers = day.map((log) => dossier(log, { policy, until }));

  it('is one well-formed page, with unique anchors that links lead to', () => {
    expect(page.errors).toEqual([]);
    const ids = page.elements.flatMap((one) => attribute(one, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = page.elements.flatMap((one) => attribute(one, 'href') ?? []);
    expect(links.filter((link) => !ids.includes(link.slice(1)))).toEqual([]);
  });

  it('is called by its day, when it is one', () => {
    expect(page.all('h1').map(textOf)).toEqual(['Visitas del martes, 17 de marzo de 2026']);
    const later = visitAt('completed', { begin: '2026-03-20T14:00:00.000Z' }).events;
    expect(reported([day[0]!, later]).all('h1').map(textOf)).toEqual(['Informe de visitas']);
    expect(reported([day[0]!], { title: 'Martes' }).all('h1').map(textOf)).toEqual(['Martes']);
  });

  it('sums up', () => {
    const ended = (outcome: string) => dossiers.filter((one) => one.outcome === outcome).length;
    expect(pairsIn(page.all('dl', 'g')[0]!)).toEqual({
      Visitas: '30',
      Concluidas: String(ended('completed')),
      Cerradas: String(ended('cancelled') + ended('rescheduled')),
      'En curso': String(dossiers.filter(({ outcome }) => outcome === null).length),
      'Tiempo trabajado': '26 h 38 min',
      'Con hallazgos': String(day.filter((log) => !audit(log, { policy }).clean).length),
      Pagables: String(dossiers.filter(({ payable }) => payable).length),
      'No pagar hasta revisar': String(dossiers.filter(({ integrity }) => integrity.status === 'broken').length),
    });
  });

  it('lists the visits, each with its case, people, phase, work, findings, payment and debts', () => {
    const rows = rowsIn(page.section('Las visitas'));
    expect(rows).toHaveLength(30);
    const day = 'an act that is needed goes into the stories of scripts/day, then run npx tsx scripts/generate-day.ts';
    expect(rows[2], day).toEqual([
      'EXP-2026-004515Cerrajería',
      'doña Shirley Williams Gordon',
      'don Olman Segura Picado',
      'Concluida',
      '26 min 37 s',
      'Limpio',
      'Pagable',
      '0',
    ]);
    expect(rows.map((row) => row[7])).toEqual(
      dossiers.map(({ debts }) => String(debts.filter(({ endedBy }) => endedBy === null).length)),
    );
    const said = dossiers.map(({ payable, unmetForPayment }) =>
      payable ? /^Pagable(, con reparos)?$/ : new RegExp(`^No pagable: faltan? ${unmetForPayment.length} requisitos?$`),
    );
    expect(rows.map((row) => row[6])).toEqual(said.map((one) => expect.stringMatching(one)));
  });

  it('puts what is owed on one board: by debtor, the oldest first, with its age', () => {
    const rows = rowsIn(page.section('Pendientes sin resolver'));
    const open = dossiers.flatMap(({ debts }) => debts.filter(({ endedBy }) => endedBy === null));
    expect(rows).toHaveLength(open.length);
    expect(rows.map(([debtor]) => debtor)).toEqual([...Array(open.length - 1).fill('Centro de Contacto'), 'Cliente']);
    expect(rows[0]).toEqual([
      'Centro de Contacto',
      'Avisarle al cliente del atraso',
      'EXP-2026-004541',
      '17 mar, 11:31',
      '1 d 5 h',
    ]);
    const heads = below(page.section('Pendientes sin resolver'))
      .filter(({ tagName }) => tagName === 'th')
      .slice(0, 5);
    expect(heads.map(textOf).at(-1)).toBe('Antigüedad');
    expect(rowsIn(reported(day, { policy }).section('Pendientes sin resolver'))[0]).toHaveLength(4);
  });

  it('shows how the measures spread, with the threshold, and in figures', () => {
    const rows = rowsIn(page.section('Medidas'));
    const photos = dossiers.flatMap(({ measures }) => measures.filter(({ name }) => name === 'photo-sent'));
    expect(rows[0]!.filter((_, column) => column !== 1)).toEqual([
      'Fotografía: de tomada a enviada',
      String(photos.length),
      '3 min 5 s',
      '12 min 39 s',
      '3 h 24 min',
      '15 min',
      String(photos.filter(({ flagged }) => flagged).length),
    ]);
    const [picture] = page.all('svg', 'hg');
    const shown = children(picture!);
    expect(textOf(shown[0]!)).toBe(`Fotografía: de tomada a enviada: ${photos.length} casos, 4 sobre el umbral.`);
    const limit = Number.parseFloat(attribute(shown.find((one) => classes(one).includes('limit'))!, 'x1')!);
    const beyond = shown
      .filter((one) => classes(one).includes('over'))
      .map((one) => Number.parseFloat(attribute(one, 'x')!));
    expect(Math.min(...beyond)).toBeGreaterThan(limit - 100 / 24);
    expect(shown.filter((one) => classes(one).includes('bar')).length).toBeGreaterThan(1);
  });

  it('has each visit to be unfolded, as it stands in a report of its own', () => {
    const [first] = page.all('details', 'visit');
    expect(textOf(children(first!)[0]!)).toBe('EXP-2026-004512 Marta Eugenia Solano Brenes · Fontanería Concluida');
    const own = reported(day[0]!, { policy, until });
    const body = (acts: string) => acts.slice(0, acts.indexOf('Procedencia'));
    expect(textOf(first!)).toContain(body(textOf(own.all('main')[0]!)));
    expect(page.all('details', 'visit')).toHaveLength(30);
    expect(page.byId('v30-e4').tagName).toBe('tr');
  });

  it('is the same in English', () => {
    const english = reported(day, { policy, until, locale: 'en' });
    expect(english.all('h1').map(textOf)).toEqual(['Visits of Tuesday, March 17, 2026']);
    expect(english.elements.map(({ tagName }) => tagName)).toEqual(page.elements.map(({ tagName }) => tagName));
  });
});

describe('thirty simulated visits', () => {
  it('make a page of a size that can be sent', () => {
    const logs = [...simulate({ visits: 30, seed: 7 })].map(({ events }) => events);
    const page = reported(logs);
    expect(page.errors).toEqual([]);
    expect(page.html.length).toBeLessThan(2_000_000);
  });
});
