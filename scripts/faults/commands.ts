import type { VisitCommand } from 'auxilio';

const at = (n: number) => new Date(Date.UTC(2026, 2, 17, 14) + n * 1000).toISOString();

/** The command number n of a visit that never ends: it is assigned, and then one report follows the other. */
export function commandOf(n: number, visitId = 'v-1'): VisitCommand {
  const metadata = { actor: { role: 'contact-center', id: 'op-1' }, commandId: `c-${n}` } as const;
  if (n > 0) {
    return {
      type: 'EscalateClientImpact',
      data: { visitId, at: at(n), what: `reporte ${n}`, noticedAt: at(n) },
      metadata,
    };
  }
  return {
    type: 'AssignVisit',
    data: {
      visitId,
      at: at(n),
      caseNumber: 'EXP-1',
      client: { name: 'Ana Rojas', title: 'doña' },
      provider: { id: 'p-1', name: 'Luis Mora' },
      service: 'Fontanería',
      place: 'Barva, Heredia',
      arriveBy: '2026-03-17T20:00:00.000Z',
    },
    metadata,
  };
}
