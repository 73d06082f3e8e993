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
import { callMade, callMissing } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  RecordArrival: 'registrar la llegada',
  ShowCredential: 'mostrar el carné',
  ReportClientAbsence: 'reportar la ausencia del cliente',
  RecordClientReturn: 'registrar el regreso del cliente',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'greet-client': '{$greeting}{, $addressee}.',
  introduce: '{Soy $providerName. }Vengo de parte del Instituto Nacional de Seguros.',
  'show-credential': 'Este es mi carné.',
  'how-are-you': '¿Cómo le va{, $addressee}?',
  reply: 'Muy bien, muchas gracias.',
  'absence-call': 'Estoy en el lugar y {$client|el cliente} no está. ¿Qué me indican?',
  'client-back': 'Qué dicha que ya está aquí{, $client}.',
  'op-absence': 'Vamos a tratar de localizar {a $client|al cliente}.',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'not-arrived': 'La llegada ya consta; siga con la visita.',
  'absence-answered': [
    'La ausencia del cliente espera una instrucción; pídala al Centro de Contacto o registre el regreso.',
    'La ausencia del cliente espera una instrucción; dela primero.',
  ],
  'call-made': callMade,
  'absence-open': 'No consta una ausencia del cliente; siga con la visita o repórtela.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'credential-shown': 'la muestra del carné',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  ProviderArrived: 'Llegada del proveedor',
  CredentialShown: 'Carné mostrado',
  ClientAbsenceReported: 'Ausencia del cliente reportada',
  ClientReturned: 'Regreso del cliente',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  position: 'Posición',
  credentialId: 'Número de carné',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  RecordArrival: { position: ['Ubicación', 'La toma el teléfono. Puede anotar la llegada sin ella.'] },
  ShowCredential: { credentialId: 'Número de carné' },
  ReportClientAbsence: { call: 'Llamada al Centro de Contacto' },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'not-arrived': (_, clause) => (clause === '1.2-01' ? 'El proveedor ya había llegado.' : 'La llegada ya constaba.'),
  arrived: 'No constaba la llegada del proveedor.',
  'absence-answered': 'La ausencia del cliente esperaba una instrucción.',
  'call-made': callMissing,
  'absence-open': 'No constaba una ausencia del cliente.',
  'credential-shown': 'No constaba que se le hubiera mostrado el carné al cliente.',
} satisfies Findings;
