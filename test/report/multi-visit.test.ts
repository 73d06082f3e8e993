import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { reportHtml } from '../../src/report.ts';
import { advance, command, eventsAfter, eventsBefore, minute } from '../../src/testing.ts';
import { assignment, plain, stretch } from '../scenarios/commands.ts';
import { below, reported, rowsIn, textOf } from './page.ts';

describe('one log or several', () => {
  const one = advance([], plain);

  it('is told by the first item', () => {
    expect(reported(one).all('details', 'visit')).toHaveLength(0);
    expect(reported([one]).all('details', 'visit')).toHaveLength(1);
    expect(reported([one, []]).all('details', 'visit')).toHaveLength(2);
    expect(reported([[]]).all('details', 'visit')).toHaveLength(1);
    expect(reportHtml(new Set(one))).toBe(reportHtml(one));
    expect(reportHtml([new Set(one)])).toBe(reportHtml([one]));
    expect(reportHtml(one.values())).toBe(reportHtml(one));
  });

  it('draws no lag from or to what is no time', () => {
    const late = one.map((event) =>
      event.type === 'VisitAssigned' ? { ...event, data: { ...event.data, arriveBy: 'toString' } } : event,
    ) as VisitEvent[];
    expect(reportHtml([late])).not.toContain('NaN%');
    expect(reportHtml([late, one])).not.toContain('NaN%');
  });

  it('is called by its day, when it is one', () => {
    const tomorrow = advance([], command('AssignVisit', { ...assignment, at: minute(1440) }));
    const titles = (...logs: readonly (readonly VisitEvent[])[]) => reported(logs).all('h1').map(textOf);
    expect(titles(one, [])).toEqual(['Visitas del martes, 17 de marzo de 2026']);
    expect(titles(one, tomorrow)).toEqual(['Informe de visitas']);
    expect(titles([])).toEqual(['Informe de visitas']);
  });

  it('tells what is owed without an age, where it has no moment', () => {
    const board = reported([one]).section('Pendientes sin resolver');
    expect(rowsIn(board)).toEqual([
      ['Centro de Contacto', 'Documentar las fotografías', 'EXP-1', '17 mar, 08:08'],
      ['Centro de Contacto', 'Documentar el inicio', 'EXP-1', '17 mar, 08:15'],
    ]);
    expect(below(board).filter(({ tagName }) => tagName === 'th')).toHaveLength(4 + 2);
  });

  it('has each visit under headings of its own', () => {
    expect(reported([one]).all('h4').map(textOf)).toContain('Los actos');
    expect(reported(one).all('h4')).toEqual([]);
  });

  it('takes what is no log among logs for one that cannot be read', () => {
    const page = reported([one, 'nonsense', null, 7] as never);
    expect(page.errors).toEqual([]);
    expect(rowsIn(page.section('Las visitas')).map((row) => row[5])).toEqual([
      'Limpio',
      ...Array(3).fill('1 hallazgo'),
    ]);
  });

  it('tells evidence of payment that is there, but late', () => {
    const documented = command('DocumentStart', { at: minute(16) });
    const log = advance(eventsBefore('StartWork'), [documented, ...stretch('StartWork')]);
    const payment = (startCallMinutes: number) =>
      rowsIn(reported([log], { policy: { thresholds: { startCallMinutes } } }).section('Las visitas'))[0]![6];
    expect([payment(30), payment(0)]).toEqual(['Pagable', 'Pagable, con reparos']);
  });

  it('says so where nobody owes anything and nothing is measured', () => {
    const page = reported([
      advance(eventsAfter('AssignVisit'), command('AmendAssignment', { at: minute(1), place: 'Heredia' })),
    ]);
    expect(textOf(page.section('Pendientes sin resolver'))).toContain('No hay nada pendiente.');
    expect(textOf(page.section('Medidas'))).toContain('No hay nada medido.');
    expect(rowsIn(page.section('Las visitas'))[0]!.slice(3)).toEqual([
      'En camino',
      '0 s',
      'Limpio',
      'No pagable: faltan 5 requisitos',
      '0',
    ]);
    expect(reported([eventsAfter('RecordArrival')]).all('svg', 'hg')).toHaveLength(1);
  });
});
