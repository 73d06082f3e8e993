import type { Facts } from '../../kernel/decision.ts';
import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import { cleanText } from '../text.ts';
import { quoted } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  EscalateClientImpact: 'escalar una afectación al cliente',
  ReportConductBreach: 'reportar una falta de conducta',
  DeclineOffContractRequest: 'declinar una gestión adicional',
  PerformOffContractAct: 'registrar una gestión adicional',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  escalate: 'Siento mucho lo que pasó{, $addressee}. Ya lo reporto.',
  'escalate-call': 'Hay algo que está afectando {a $client|al cliente}.',
  decline: 'Con gusto le ayudaría{, $addressee}, pero el contrato no lo cubre.',
  conduct: 'Sentimos mucho lo que pasó{, $client}; lo vamos a revisar.',
  'if-purchase': 'Si pide que le compre materiales',
  'ask-what': 'Qué pasó y cuándo',
  'ask-conduct': 'Qué falta de conducta fue',
  'ask-request': 'Qué pidió el cliente',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'activity-allowed': ({ activity }, clause) => {
    const name = cleanText(activity);
    const other = name === '' || name === 'other' ? 'esa gestión' : quoted(name);
    const what = clause === '1.1-31' ? 'que el proveedor compre materiales' : other;
    return `El contrato no cubre ${what}; decline la solicitud con cortesía.`;
  },
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  ClientImpactEscalated: 'Afectación al cliente escalada',
  ConductBreachReported: 'Falta de conducta reportada',
  OffContractRequestDeclined: 'Gestión adicional declinada',
  OffContractActPerformed: 'Gestión adicional realizada',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  noticedAt: 'Cuándo se notó',
  activity: 'Gestión',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  EscalateClientImpact: { what: '¿Qué puede afectar al cliente?', noticedAt: '¿Cuándo lo notó?' },
  ReportConductBreach: { kind: '¿Cuál falta de conducta fue?', detail: 'Cuente qué pasó' },
  DeclineOffContractRequest: { activity: '¿Qué pidió el cliente?', detail: 'Detalle' },
  PerformOffContractAct: { activity: '¿Qué hizo?', detail: 'Detalle' },
} satisfies FieldLabels;

function activityAllowed({ activity }: Facts, clause: string): string {
  if (clause === '1.1-31') return 'El proveedor compró materiales, y el contrato no lo cubre.';
  const name = cleanText(activity);
  const what = name === '' || name === 'other' ? 'una gestión' : `la gestión ${quoted(name)},`;
  return `Se hizo ${what} que el contrato no cubre.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'activity-allowed': activityAllowed,
} satisfies Findings;
