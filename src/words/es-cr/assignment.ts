import type { ActNames, ChapterPhrases, EventNames, FieldNames, Findings, Refusals } from '../chapter.ts';

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

/** Findings: what was not as it should be. */
export const findings = {
  'something-amended': 'La corrección no cambió nada.',
} satisfies Findings;
