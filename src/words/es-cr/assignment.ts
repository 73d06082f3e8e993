import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';

/** The acts, as infinitives. */
export const acts = {
  AssignVisit: 'asignar la visita',
  AmendAssignment: 'corregir la asignación',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'op-assign': '{$greeting}. Tenemos un servicio para usted{, expediente $caseNumber}{, en $place}.',
  'op-amend': '{$greeting}{, $addressee}. Hay datos nuevos de su servicio.',
  'ask-assignment': 'Expediente, cliente, servicio y lugar',
  'ask-amended': 'Qué cambia',
  'ask-provider': 'Proveedor y hora límite de llegada',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'something-amended': 'Indique qué cambia.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  VisitAssigned: 'Visita asignada',
  AssignmentAmended: 'Asignación corregida',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  caseNumber: 'Expediente',
  client: 'Cliente',
  provider: 'Proveedor',
  service: 'Servicio',
  instructions: 'Indicaciones',
  place: 'Lugar',
  arriveBy: 'Hora límite de llegada',
  requiredShots: 'Fotografías pedidas',
  edition: 'Edición del protocolo',
  policyId: 'Política',
} satisfies FieldNames;

/** Of a field of an amendment that may stay as it is. */
const unchanged = 'Déjelo en blanco si no cambia.';

/** The labels of the fields of a form. */
export const labels = {
  AssignVisit: {
    caseNumber: 'Número de expediente',
    client: 'Cliente',
    provider: 'Proveedor',
    service: 'Servicio',
    instructions: ['Indicaciones para el proveedor', 'Lo que le conviene saber antes de llegar.'],
    place: ['Lugar', 'La dirección, como se le da al proveedor.'],
    arriveBy: 'Hora límite de llegada',
    requiredShots: ['Fotografías que se piden', 'Por nombre: tablero, medidor.', 'Ninguna en particular'],
  },
  AmendAssignment: {
    caseNumber: ['Número de expediente', unchanged],
    client: ['Cliente', unchanged],
    service: ['Servicio', unchanged],
    instructions: ['Indicaciones para el proveedor', unchanged],
    place: ['Lugar', unchanged],
    arriveBy: ['Hora límite de llegada', unchanged],
    requiredShots: ['Fotografías que se piden', 'Todas las que se piden desde ahora.', 'Ninguna en particular'],
  },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'something-amended': 'La corrección no cambió nada.',
} satisfies Findings;
