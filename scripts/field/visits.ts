/** Visits for what plays the field example in a browser. */
import { commands } from 'auxilio';
import type { Field } from '../../examples/field/server/field.ts';

const operator = { role: 'contact-center', id: 'op-03' } as const;

/** Assigns visits to Lucía, and answers their ids. */
export async function assignVisits({ field }: Readonly<{ field: Field }>, count: number): Promise<readonly string[]> {
  const visitIds = Array.from({ length: count }, (_, index) => `bench-${index + 1}`);
  for (const visitId of visitIds) {
    const data = {
      visitId,
      at: field.now(),
      caseNumber: `EXP-${visitId}`,
      client: { name: 'Zaida Rojas Mora', title: 'doña' as const },
      provider: { id: 'prov-022', name: 'Lucía Mora Vargas' },
      service: 'Fontanería',
      place: 'Barva, costado norte del parque',
      arriveBy: new Date(Date.parse(field.now()) + 3_600_000).toISOString(),
      ...(field.policy && { policyId: field.policy.id }),
    };
    await field.service.handle(commands.assignVisit(data, operator, `seed-${visitId}`));
  }
  return visitIds;
}
