import { randomBytes } from 'node:crypto';
import { commands, type Locale } from 'auxilio';
import type { Field } from './field.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { keepClientNumber, telephoneKey } from './telephones.ts';
import type { Template } from './templates.ts';
import type { FieldRole } from './users.ts';

type DemoUser = Readonly<{ login: string; actorId: string; role: FieldRole; name: string; locale: Locale }>;

/** The people of the demo. */
export const demoUsers: readonly DemoUser[] = [
  { login: 'gerardo', actorId: 'prov-014', role: 'provider', name: 'Gerardo Ureña Solís', locale: 'es-CR' },
  { login: 'lucia', actorId: 'prov-022', role: 'provider', name: 'Lucía Mora Vargas', locale: 'es-CR' },
  { login: 'marta', actorId: 'op-03', role: 'operator', name: 'Marta Solano Brenes', locale: 'es-CR' },
  { login: 'diego', actorId: 'op-07', role: 'operator', name: 'Diego Rojas Alfaro', locale: 'en' },
  { login: 'silvia', actorId: 'sup-01', role: 'supervisor', name: 'Silvia Quesada Mata', locale: 'es-CR' },
  { login: 'pablo', actorId: 'pay-01', role: 'payer', name: 'Pablo Jiménez Castro', locale: 'es-CR' },
];

/** The instructions that the center of the demo gives again and again. */
export const demoTemplates: readonly Template[] = [
  { decision: 'proceed', text: 'Cierre la llave de paso antes de empezar y siga con la visita.' },
  { decision: 'wait', text: 'Espere en el lugar: estamos llamando al cliente.' },
];

/**
 * Adds the people of the demo, all with one password, and answers it. At each start it is a new one unless it is given; where it is the
 * one that they have, their sessions go on.
 */
export async function seedUsers({ users, telephones }: Field, given?: string, cost?: number): Promise<string> {
  const text = given ?? randomBytes(9).toString('base64url');
  const known = (await users.read(demoUsers[0]?.login ?? ''))?.password;
  const password = known && (await isPassword(text, known)) ? known : await hashPassword(text, cost);
  for (const user of demoUsers) {
    await users.change(user.login, () => ({ ...user, password }));
    if (user.role !== 'provider') continue;
    const of = user.actorId;
    await telephones.change(telephoneKey.provider(of), () => ({ of, number: `8888-0${of.slice(-3)}` }));
  }
  return text;
}

const places = [
  [
    'EXP-2026-004512',
    'Marta Eugenia Solano Brenes',
    'doña',
    'Vidriería',
    'Curridabat, de la iglesia católica 200 metros al sur',
  ],
  ['EXP-2026-004513', 'José Ángel Núñez Araya', 'don', 'Fontanería', 'Barva, Heredia, costado norte del parque'],
  ['EXP-2026-004514', 'Ana Lucía Peña Mora', 'doña', 'Cerrajería', 'Escazú, del cruce 100 metros al este'],
  ['EXP-2026-004515', 'Óscar Chaves Quirós', 'don', 'Electricidad', 'Desamparados, frente a la escuela'],
] as const;

const HOUR_MS = 3_600_000;

/** Assigns the visits of the demo for today, if there is no visit yet. */
export async function seedVisits(field: Field): Promise<void> {
  const { store, service, now, policy } = field;
  if ((await store.readFeed({ maxCount: 1 })).length > 0) return;
  const operator = { role: 'contact-center', id: 'op-03' } as const;
  const at = now();
  const providers = demoUsers.filter(({ role }) => role === 'provider');
  for (const [index, [caseNumber, name, title, work, place]] of places.entries()) {
    const provider = providers[index % providers.length];
    if (provider === undefined) return;
    const arriveBy = new Date(Date.parse(at) + (1 + Math.floor(index / 2) * 2) * HOUR_MS).toISOString();
    const visitId = `v-2026-${String(index + 1).padStart(4, '0')}`;
    await keepClientNumber(field, visitId, caseNumber, `8777-${caseNumber.slice(-4)}`);
    const assigned = { id: provider.actorId, name: provider.name };
    const data = {
      visitId,
      at,
      caseNumber,
      client: { name, title },
      provider: assigned,
      service: work,
      place,
      arriveBy,
      ...(policy && { policyId: policy.id }),
    };
    await service.handle(commands.assignVisit(data, operator, `seed-${visitId}`));
  }
}
