import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import type { ChainFound } from '../../src/reading/index.ts';
import { advance, command, minute } from '../../src/testing.ts';
import { operator, photo, plain, provider, step, stretch } from '../scenarios/commands.ts';
import { below, children, pairsIn, reported, rowsIn, textOf } from './page.ts';

const arrived = stretch('AssignVisit', 'RecordArrival');
const working = stretch('AssignVisit', 'StartWork');
const event = (type: string, data: object) =>
  ({ type, data: { visitId: 'visit-1', at: minute(30), by: operator, ...data } }) as unknown as VisitEvent;
const headings = (page: ReturnType<typeof reported>) => page.all('h2').map(textOf);

describe('what is not there', () => {
  it('has no line: instructions, a policy, lists, clauses', () => {
    const page = reported(advance([], arrived));
    expect(Object.keys(pairsIn(page.all('dl', 'p')[0]!))).toEqual([
      'Cliente',
      'Proveedor',
      'Servicio',
      'Lugar',
      'Hora límite de llegada',
      'Visita',
      'Edición del protocolo (SHA-256)',
    ]);
    expect(headings(page)).toEqual([
      'Hallazgos',
      'Evidencia de pago',
      'Línea de tiempo',
      'Hechos, y de quién es la palabra',
      'Medidas',
      'Evidencia del protocolo',
      'Los actos',
      'Procedencia',
      'Decisión de quien audita',
      'Cláusulas citadas',
    ]);
    for (const entry of ['nonsense', null, { type: 'VisitPaid' }]) {
      expect(headings(reported([entry] as never))).toEqual([
        'Hallazgos',
        'Evidencia de pago',
        'Evidencia del protocolo',
        'Los actos',
        'Procedencia',
        'Decisión de quien audita',
      ]);
    }
  });
});

describe('a visit that was called off', () => {
  it('has no table of payment evidence, only what does not apply', () => {
    const page = reported(
      advance(
        [],
        [
          ...arrived,
          command('GiveInstruction', { at: minute(4), about: 'visit', decision: 'cancel', text: 'Ya no' }),
          command('CloseVisit', { at: minute(5) }),
        ],
      ),
    );
    expect(children(page.section('Evidencia de pago')).map(({ tagName }) => tagName)).toEqual(['h2', 'details']);
    expect(children(page.section('Evidencia del protocolo')).map(({ tagName }) => tagName)).toEqual([
      'h2',
      'div',
      'details',
    ]);
  });
});

describe('what is much', () => {
  const escalated = (count: number) =>
    advance(
      [],
      [
        ...arrived,
        ...Array.from({ length: count }, (_, place) =>
          command('EscalateClientImpact', { at: minute(2 + place), what: `daño ${place}` }),
        ),
      ],
    );
  const evidenceOf = (log: readonly VisitEvent[]) => {
    const page = reported(log);
    const row = below(page.section('Evidencia del protocolo')).find(
      (one) => one.tagName === 'tr' && textOf(one).startsWith('2.2-08'),
    );
    return below(row!)
      .filter(({ tagName }) => tagName === 'li')
      .map(textOf);
  };

  it('of the acts of a clause: the first eight, and how many more there are', () => {
    expect(evidenceOf(escalated(8))).toHaveLength(8);
    expect(evidenceOf(escalated(10)).at(-1)).toBe('y 2 más');
    expect(evidenceOf(escalated(10))).toHaveLength(9);
  });

  it('of the reasons of a verdict: three, each once', () => {
    const others = ['v-2', 'v-2', 'v-3', 'v-4', 'v-5'].map((visitId) => event('FarewellGiven', { visitId }));
    const rows = rowsIn(reported([...advance([], arrived), ...others]).section('Evidencia del protocolo'));
    expect(rows.find(([first]) => first!.startsWith('1.1-13'))![1]).toBe(
      'ContradichaEs de otra visita: v-2.Es de otra visita: v-3.Es de otra visita: v-4.',
    );
  });
});

describe('what is owed', () => {
  const debts = (log: readonly VisitEvent[], until?: string) =>
    rowsIn(reported(log, until === undefined ? {} : { until }).section('Obligaciones'));

  it('lapses when the visit ends, and that is told', () => {
    const log = advance(
      [],
      [
        ...arrived,
        command('ReportClientAbsence', { at: minute(2), call: { at: minute(2) } }),
        command('GiveInstruction', { at: minute(4), about: 'visit', decision: 'cancel', text: 'Ya no' }),
        command('CloseVisit', { at: minute(5) }),
      ],
    );
    expect(debts(log)[0]!.slice(4)).toEqual(['17 mar, 08:05 (5) sin cumplirse: la visita terminó', '3 min']);
  });

  it('may last no time; and has no age before it is owed', () => {
    const log = advance(
      [],
      [
        ...arrived,
        command('ReportClientAbsence', { at: minute(2), call: { at: minute(2) } }),
        command('GiveInstruction', { at: minute(2), about: 'client-absence', decision: 'wait', text: 'Espere' }),
        command('EscalateClientImpact', { at: minute(3), what: 'daño' }),
      ],
    );
    expect(debts(log, minute(3)).map((row) => row.at(-1))).toEqual(['0 s', '0 s']);
    expect(debts(log, minute(2)).map((row) => row.at(-1))).toEqual(['0 s', '—']);
  });
});

describe('who and what', () => {
  it('a person is called by name only as the provider who is assigned', () => {
    const acts = rowsIn(
      reported([
        ...advance([], arrived),
        event('ClientNotified', { about: ['delay'], reached: true, by: { role: 'contact-center', id: 'prov-1' } }),
      ]).section('Los actos'),
    );
    expect(acts.at(-1)![3]).toBe('prov-1Centro de Contacto');
  });

  it('a photograph has the hash that it was taken with, whatever another act says', () => {
    const log = [
      ...advance([], working),
      event('ClientNotified', {
        about: ['delay'],
        reached: true,
        photos: [{ ...photo('f-1'), sha256: 'b'.repeat(64) }],
      }),
    ];
    expect(rowsIn(reported(log).section('Fotografías'))[0]!.at(-1)).toBe('a'.repeat(64));
  });

  it('worked time is told without more where it is final', () => {
    expect(pairsIn(reported(advance([], plain)).all('dl', 'g')[0]!)['Tiempo trabajado']).toBe('5 min');
  });

  it('acts of no act of ours have no clauses, and say nothing', () => {
    const [act] = rowsIn(reported([event('VisitPaid', { text: 'pagada', by: provider })]).section('Los actos')).slice(
      -1,
    );
    expect(act!.slice(2)).toEqual([
      'Acto desconocido: VisitPaidEsta versión no conoce este acto: VisitPaid.',
      'prov-1proveedor',
      '',
    ]);
  });
});

describe('the zone of a report', () => {
  it('has the offset of its first act, be it in a later log', () => {
    const winter = advance(
      [],
      command('AssignVisit', { ...(step('AssignVisit').data as object), at: '2026-01-17T14:00:00.000Z' } as never),
    );
    const footer = (logs: readonly (readonly VisitEvent[])[]) =>
      textOf(reported(logs, { policy: { timeZone: 'America/New_York' } }).all('footer')[0]!);
    expect(footer([[], winter])).toContain('America/New_York (GMT-5)');
    expect(
      footer([
        [],
        advance([], plain)
          .filter(({ type }) => type !== 'VisitAssigned')
          .slice(0, 1),
        winter,
      ]),
    ).toContain('(GMT-4)');
  });
});

describe('the seal of a log', () => {
  const sealed = (chain: ChainFound) => reported(advance([], arrived), { chain: () => chain });
  const seal = (page: ReturnType<typeof reported>) => pairsIn(page.all('dl', 'p')[0]!)['Sello del registro (SHA-256)'];

  it('is shown with its head where it is whole, and not where nobody verified it', () => {
    expect(seal(sealed({ faults: [], head: { count: 2, hash: 'c'.repeat(64) } }))).toBe(
      `2 actos, íntegro ${'c'.repeat(64)}`,
    );
    expect(seal(sealed({ faults: [], head: null }))).toBe('2 actos, íntegro —');
    expect(seal(reported(advance([], arrived)))).toBeUndefined();
  });

  it('is told at the act where it is broken, and of what is cut off beside the others', () => {
    const faults = [
      { index: 1, fault: 'changed' },
      { index: 2, fault: 'cut' },
    ];
    const page = sealed({ faults, head: null });
    expect(seal(page)).toBe('Roto en 2 lugares El sello del registro está roto aquí: faltan actos al final.');
    expect(rowsIn(page.section('Los actos')).at(-1)![2]).toBe(
      'Llegada del proveedorEl sello del registro está roto aquí: este acto no es el que se selló.',
    );
    expect(pairsIn(page.all('dl', 'g')[0]!).Registro).toBe('2 hallazgos');
  });
});
