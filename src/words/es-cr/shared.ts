import type { Facts } from '../../kernel/decision.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import type { ByReader } from '../language.ts';
import { formatList, lookup, truncate } from '../text.ts';

export const and = (items: readonly string[]) => formatList(truncate(items, 'más'), 'es-CR', 'conjunction');

export const quoted = (text: string) => `«${text}»`;

/** The contacts with the contact center, by the clause that asks for them. */
export const calls: Readonly<Record<string, string>> = {
  '1.1-26': 'la llamada de inicio',
  '1.1-38': 'la llamada por los materiales',
  '1.1-48': 'el aviso de salida',
  '1.1-49': 'el aviso de reingreso',
  '1.3-02': 'la llamada de conclusión',
};

export const callMade: ByReader = [
  'Falta {$clause|la llamada}; avise al Centro de Contacto y haga el registro.',
  'Falta {$clause|la llamada}; haga el registro cuando llegue.',
];

export const single = (items: readonly unknown[]) => items.length === 1;

export const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

export const callMissing = (_: Facts, clause: string): string => `No constaba ${lookup(calls, clause, 'la llamada')}.`;

export const stood: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'No constaba qué materiales se necesitaban.',
  'not-needed': 'No había materiales pedidos.',
  requested: 'No constaba la entrega de los materiales.',
  supplied: 'Los materiales estaban sin revisar.',
  accepted: 'Los materiales ya se habían aceptado.',
  rejected: 'Los materiales se habían rechazado.',
  'in-dispute': 'Había un desacuerdo por los materiales.',
  coordinated: 'Los materiales ya se habían coordinado.',
};

export const asTheyStood = ({ materials: status }: Facts, otherwise: string) => lookup(stood, status, otherwise);
