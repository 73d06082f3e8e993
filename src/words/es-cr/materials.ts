import type { Facts } from '../../kernel/index.ts';
import type { ActNames, ChapterPhrases, EventNames, FieldNames, Findings, Refusals, Requirements } from '../chapter.ts';
import { byWaits, unsettled } from '../message-templates.ts';
import { after, you } from '../speech/after.ts';
import { shortagesOf, textsOf } from '../text.ts';
import { and, asTheyStood, client, list, listed, single, status, stood } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  SupplyMaterials: 'registrar la entrega de materiales',
  AcceptMaterials: 'aceptar los materiales',
  RejectMaterials: 'rechazar los materiales',
  ReportMaterialsRefusal: 'reportar el desacuerdo por los materiales',
  CoordinateMaterials: 'coordinar los materiales',
  RequestExtraMaterials: 'pedir materiales adicionales',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'materials-extra': (f) => `Hace falta algo más${you(f)}.`,
  'materials-yours': 'El contrato no cubre que yo compre materiales. ¿Los puede conseguir usted?',
  'materials-right': (f) => `Todo viene como lo ocupamos. Muchas gracias${you(f)}.`,
  'materials-wrong': (f) => `Hay algo que no es lo que ocupamos${you(f)}; le enseño qué y por qué.`,
  'materials-change': '¿Me lo puede cambiar o completar?',
  'materials-refused': (f) => `Entiendo${you(f)}. Llamo al Centro de Contacto, que lo ve con usted.`,
  'materials-call': (f) => `No hubo acuerdo con ${client(f)} por los materiales. ¿Le pueden llamar?`,
  'op-materials': (f) =>
    `Es por los materiales${after(': ', f.materials)}. ¿Los puede conseguir, o lo dejamos para otro día?`,
  'ask-supplied': 'Quién trae los materiales, cuáles y cuánto',
  'ask-mismatch': 'Qué material no sirve: cantidad, tipo o calidad',
  'ask-outcome': 'Qué se acordó',
} satisfies ChapterPhrases;

const unaccepted = 'Falta aceptar los materiales o explicar que no hacen falta.';

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'materials-wanted': /* @__PURE__ */ status(
    'No hay materiales pedidos; explique de nuevo el trabajo o pida materiales adicionales.',
  ),
  'supplier-allowed': 'Los materiales los consigue el cliente; el contrato no cubre que el proveedor los compre.',
  'materials-supplied': /* @__PURE__ */ status('Falta registrar la entrega de materiales.', '', unsettled),
  'enough-supplied': ({ short }) => {
    const rest = and(shortagesOf(short, 'es-CR'));
    const lacking = rest === '' ? 'algo' : `lo siguiente: ${rest}`;
    return `A la entrega le falta ${lacking}; pídaselo al cliente o rechace los materiales.`;
  },
  'mismatch-reasons': /* @__PURE__ */ list(
    'unreasoned',
    'Indique en qué no sirve el material: cantidad, tipo o calidad',
  ),
  'materials-refusable': /* @__PURE__ */ status('No hay materiales por cambiar; siga con la visita.'),
  'dispute-open': 'No consta un desacuerdo por materiales; regístrelo primero.',
  running: /* @__PURE__ */ byWaits(['el reingreso', 'el fin de la pausa', 'el inicio'], (records, extra) => {
    const steps = records.length === 0 ? [] : [`registrar ${and(records)}`];
    if (extra) steps.push('aceptar los materiales adicionales');
    return `El trabajo debe estar en marcha; falta ${and(steps) || 'iniciarlo o reanudarlo'}.`;
  }),
  'materials-listed': 'Indique al menos un material adicional.',
  'materials-settled': /* @__PURE__ */ status(unaccepted, '', unsettled),
  'not-awaiting-materials': /* @__PURE__ */ status(unaccepted, 'El trabajo espera materiales. '),
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'enough-supplied': 'la cantidad de materiales',
  'materials-settled': 'los materiales',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  MaterialsSupplied: 'Materiales entregados',
  MaterialsAccepted: 'Materiales aceptados',
  MaterialsRejected: 'Materiales rechazados',
  MaterialsChangeRefused: 'Desacuerdo por los materiales reportado',
  MaterialsCoordinated: 'Materiales coordinados con el cliente',
  ExtraMaterialsRequested: 'Materiales adicionales pedidos',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  suppliedBy: 'Entregados por',
  mismatches: 'Diferencias',
  outcome: 'Resultado',
} satisfies FieldNames;

function materialsSupplied(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return stood.rejected;
  if (clause === '1.1-37') return stood['in-dispute'];
  return asTheyStood(facts, 'No había materiales por revisar.');
}

function materialsSettled(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return stood.rejected;
  return asTheyStood(facts, clause === '1.1-38' ? stood['in-dispute'] : 'Los materiales no estaban resueltos.');
}

function enoughSupplied({ short }: Facts): string {
  const missing = shortagesOf(short, 'es-CR');
  return missing.length === 0 ? 'La entrega no alcanzaba.' : `A la entrega le faltaba lo siguiente${listed(missing)}.`;
}

function running({ started, away, onBreak, awaitingMaterials }: Facts, clause: string): string {
  const missing = [
    ...(away === true || (away === undefined && clause === '1.1-49') ? ['el reingreso'] : []),
    ...(onBreak === true ? ['el fin de la pausa'] : []),
    ...(started === false ? ['el inicio'] : []),
    ...(awaitingMaterials === true ? ['la aceptación de los materiales adicionales'] : []),
  ];
  const why = missing.length === 0 ? '' : `: no ${single(missing) ? 'constaba' : 'constaban'} ${and(missing)}`;
  return `El trabajo no estaba en marcha${why}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'materials-wanted': (facts) => asTheyStood(facts, stood['not-needed']),
  'supplier-allowed': ({ suppliedBy }) =>
    suppliedBy === 'provider'
      ? 'El proveedor compró materiales, y el contrato no lo cubre.'
      : 'No se indicó quién aportó los materiales.',
  'materials-supplied': materialsSupplied,
  'enough-supplied': enoughSupplied,
  'mismatch-reasons': ({ unreasoned }) => {
    const items = textsOf(unreasoned);
    return `No se indicó por qué no ${items.length > 1 ? 'servían los materiales' : 'servía el material'}${listed(items)}.`;
  },
  'materials-refusable': (facts) => asTheyStood(facts, 'No había materiales por cambiar.'),
  'dispute-open': 'No constaba un desacuerdo por materiales.',
  running,
  'materials-listed': 'No se indicó ningún material adicional.',
  'materials-settled': materialsSettled,
  'not-awaiting-materials': (facts) => `El trabajo esperaba materiales. ${asTheyStood(facts, '')}`.trim(),
} satisfies Findings;
