import type { Facts } from '../../kernel/decision.ts';
import type {
  ActNames,
  ChapterPhrases,
  EventNames,
  FieldLabels,
  FieldNames,
  Findings,
  Refusals,
  Requirements,
} from '../chapter.ts';
import { cleanTexts, formatShortages } from '../text.ts';
import { and, asTheyStood, listed, single, stood } from './shared.ts';

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
  'materials-extra': 'Hace falta algo más{, $addressee}.',
  'materials-yours': 'El contrato no cubre que yo compre materiales. ¿Los puede conseguir usted?',
  'materials-right': 'Todo viene como lo ocupamos. Muchas gracias{, $addressee}.',
  'materials-wrong': 'Algo no es lo que ocupamos{, $addressee}; se lo enseño.',
  'materials-change': '¿Me lo puede cambiar o completar?',
  'materials-refused': 'Entiendo{, $addressee}. Lo consulto con el Centro de Contacto.',
  'materials-call': 'Hay un desacuerdo por los materiales. ¿Pueden llamar {a $client|al cliente}?',
  'op-materials': 'Es por los materiales{: $materials}. ¿Los puede conseguir, o lo dejamos para otro día?',
  'ask-supplied': 'Quién trae los materiales y cuáles',
  'ask-mismatch': 'Qué material no sirve: cantidad, tipo o calidad',
  'ask-outcome': 'Qué se acordó',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'materials-wanted':
    '{$materials|No hay materiales pedidos; explique de nuevo el trabajo o pida materiales adicionales.}',
  'supplier-allowed': 'Deje la compra al cliente; el contrato no la cubre.',
  'materials-supplied': '{$materials|Falta registrar la entrega de materiales.}',
  'enough-supplied': 'Faltan materiales{: $short}; pídaselos al cliente o rechace los materiales.',
  'mismatch-reasons': 'Indique en qué no sirve el material: cantidad, tipo o calidad{ ($unreasoned)}.',
  'materials-refusable': '{$materials|No hay materiales por cambiar; siga con la visita.}',
  running: 'El trabajo {$missing|no está en marcha; inícielo o reanúdelo}.',
  'materials-listed': 'Indique al menos un material adicional.',
  'materials-settled': '{$materials|Falta aceptar los materiales o explicar que no hacen falta.}',
  'not-awaiting-materials': '{$materials|Falta aceptar los materiales o explicar que no hacen falta.}',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'enough-supplied': 'la suficiencia de los materiales',
  'materials-settled': 'el acuerdo sobre los materiales',
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

/** The labels of the fields of a form. */
export const labels = {
  SupplyMaterials: {
    suppliedBy: '¿Quién trajo los materiales?',
    items: ['Materiales que hay ahora', 'Anótelos todos, no solo los nuevos.', 'No hay ninguno'],
  },
  RejectMaterials: { mismatches: 'Materiales que no sirven' },
  ReportMaterialsRefusal: {
    reason: '¿Qué motivo dio el cliente?',
    call: 'Llamada al Centro de Contacto',
  },
  CoordinateMaterials: { outcome: '¿En qué se quedó con el cliente?' },
  RequestExtraMaterials: { materials: 'Materiales que faltan' },
} satisfies FieldLabels;

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
  const missing = formatShortages(short, 'es-CR');
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
    const items = cleanTexts(unreasoned);
    return `No se indicó por qué no ${items.length > 1 ? 'servían los materiales' : 'servía el material'}${listed(items)}.`;
  },
  'materials-refusable': (facts) => asTheyStood(facts, 'No había materiales por cambiar.'),
  'dispute-open': 'No constaba un desacuerdo por materiales.',
  running,
  'materials-listed': 'No se indicó ningún material adicional.',
  'materials-settled': materialsSettled,
  'not-awaiting-materials': (facts) => `El trabajo esperaba materiales. ${asTheyStood(facts, '')}`.trim(),
} satisfies Findings;
