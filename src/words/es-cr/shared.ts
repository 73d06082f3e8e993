import type { Facts } from '../../kernel/index.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { byList, byMaterials, byReader, joiner } from '../message-templates.ts';
import type { PhraseFacts } from '../speech/phrase.ts';
import { lookup } from '../text.ts';

export const and = /* @__PURE__ */ joiner('es-CR', 'más');

export const quoted = (text: string) => `«${text}»`;

/* @__NO_SIDE_EFFECTS__ */
export function list(field: string, each: string, none?: string) {
  return byList(and, field, each, none);
}

const calls: Readonly<Record<string, string>> = {
  '1.1-26': ' de inicio',
  '1.1-38': ' por los materiales',
  '1.3-02': ' de conclusión',
};

export const callMade = /* @__PURE__ */ byReader(
  (_, clause) => `Falta la llamada${lookup(calls, clause, '')}`,
  'avise al Centro de Contacto y regístrela',
  'regístrela cuando la reciba',
);

export const unexplained = 'Falta explicar el trabajo y los materiales.';

/** The status of the materials, and the next act. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: unexplained,
  'not-needed': 'No hay materiales pedidos; explique de nuevo el trabajo o pida materiales adicionales.',
  requested: 'Falta registrar la entrega de materiales.',
  supplied: 'Falta aceptar o rechazar los materiales.',
  accepted: 'Los materiales ya se aceptaron; explique de nuevo el trabajo o pida materiales adicionales.',
  rejected: 'Los materiales se rechazaron; registre la nueva entrega.',
  'in-dispute': 'Hay un desacuerdo por los materiales; el Centro de Contacto lo coordina con el cliente.',
  coordinated: 'Los materiales ya se coordinaron; registre la entrega o explique de nuevo el trabajo.',
};

/* @__NO_SIDE_EFFECTS__ */
export function status(otherwise: string, before?: string, byClause?: Readonly<Record<string, MaterialsStatus>>) {
  return byMaterials(materials, otherwise, before, byClause);
}

export const single = (items: readonly unknown[]) => items.length === 1;

export const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

export const callMissing = (_: Facts, clause: string): string => `No constaba la llamada${lookup(calls, clause, '')}.`;

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

export const client = (f: PhraseFacts) => f.client ?? 'el cliente';

export const toClient = (f: PhraseFacts) => (f.client === null ? 'al cliente' : `a ${f.client}`);
