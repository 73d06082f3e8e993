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
import { cleanText } from '../text.ts';
import { and, quoted, single } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  ValidateIdentity: 'validar la identidad',
  RejectIdentity: 'rechazar la identidad',
  AnnounceService: 'anunciar el servicio',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'identify-representative': 'El Centro de Contacto autorizó que usted me atienda.',
  identify: '¿Me regala su nombre completo y un documento de identidad, por favor?',
  'identify-why': 'Es para confirmar quién recibe el servicio.',
  'identity-unclear': 'Disculpe, no puedo confirmar su identidad.',
  'identity-call': 'No puedo confirmar la identidad. ¿Qué me indican?',
  announce: 'Vengo por el servicio{ de $service} que coordinó el Centro de Contacto.',
  'op-identity': 'Vamos a revisar esos datos.',
  'ask-who': 'Quién atiende',
  'ask-name': 'Nombre completo',
  'ask-document': 'Documento de identidad, sin el número',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'client-answers': 'El cliente consta como ausente; registre su regreso o valide a un representante.',
  'representative-allowed': 'Falta autorizar a un representante; consulte al Centro de Contacto.',
  identified: 'Pida con cortesía {$missing|el nombre completo y un documento de identidad, sin anotar el número}.',
  'not-away': 'Falta registrar el reingreso.',
  'service-as-assigned': 'Anuncie el servicio asignado{ ($assigned)} o pida corregir la asignación.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  identified: 'la identificación con nombre y documento',
  'identity-valid': 'la validación de la identidad',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  IdentityValidated: 'Identidad validada',
  IdentityRejected: 'Identidad rechazada',
  ServiceAnnounced: 'Servicio anunciado',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  person: 'Quién atendió',
  fullNameGiven: 'Dio el nombre completo',
  documentShown: 'Mostró un documento',
  documentKind: 'Documento',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  ValidateIdentity: {
    person: '¿Quién le atiende?',
    fullNameGiven: '¿Dio el nombre completo?',
    documentShown: ['¿Mostró un documento de identidad?', 'No anote el número.'],
    documentKind: '¿Cuál documento?',
  },
  RejectIdentity: { reason: '¿Por qué no se pudo validar?', call: 'Llamada al Centro de Contacto' },
  AnnounceService: { service: ['Servicio', 'El que le asignaron, con las mismas palabras.'] },
} satisfies FieldLabels;

function identified({ fullNameGiven, documentShown }: Facts): string {
  const missing = [
    ...(fullNameGiven === true ? [] : ['el nombre completo']),
    ...(documentShown === true ? [] : ['un documento de identidad']),
  ];
  return `Para validar la identidad ${single(missing) ? 'faltó' : 'faltaron'} ${and(missing)}.`;
}

function serviceAsAssigned({ assigned }: Facts): string {
  const service = cleanText(assigned);
  return `El servicio anunciado no era el asignado${service && `, ${quoted(service)}`}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'client-answers': 'El cliente constaba como ausente.',
  'representative-allowed': 'No constaba que se hubiera autorizado a un representante.',
  identified,
  'not-away': 'No constaba el reingreso.',
  'identity-valid': 'No constaba la validación de la identidad.',
  'service-as-assigned': serviceAsAssigned,
  'service-announced': 'No constaba que se le hubiera anunciado el servicio al cliente.',
} satisfies Findings;
