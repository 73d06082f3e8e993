import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import { cleanText, inBrackets } from '../text.ts';

/** The acts, as infinitives. */
export const acts = {
  ReportTransitIssue: 'reportar un inconveniente de traslado',
  AcknowledgeTransitIssue: 'acusar recibo del aviso',
  NotifyClient: 'avisarle al cliente',
  ReassignProvider: 'reasignar la visita',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'transit-report': 'Tuve un inconveniente en el camino.',
  'transit-solvable': 'Es una avería, pero la arreglo aquí mismo y sigo.',
  'transit-exceeds': 'Se va a exceder el tiempo de respuesta. ¿Le pueden avisar {a $client|al cliente}?',
  'transit-unsolvable': 'Es una avería que ahora no puedo arreglar. Disculpen.',
  'transit-delay': 'Vengo con atraso y voy a llegar después de la hora límite{ ($arriveBy)}.',
  'op-keep-posted': 'Si surge algo más, nos llama.',
  'op-tell-client': 'Nosotros le avisamos {a $client|al cliente}.',
  'op-will-reassign': 'Entiendo{, $addressee}. Le damos el servicio a otro proveedor.',
  'op-delay': 'El proveedor viene con atraso y va a llegar después de la hora límite{ ($arriveBy)}.',
  'op-change': 'Le va a llegar otro proveedor{, $provider}{ (a más tardar: $arriveBy)}.',
  'op-change-coming': 'Le va a llegar otro proveedor; le avisamos quién.',
  'op-apology': 'Disculpe la molestia.',
  'if-exceeded': 'Si se pasa del tiempo de respuesta',
  'ask-issue': 'Qué pasó en el camino',
  'if-solvable': 'Si se arregla ahí mismo',
  'ask-expected': 'Nueva hora de llegada',
  'ask-reached': 'Si se habló con el cliente',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'issue-named': 'Indique qué pasó en el camino.',
  'resolvable-said': 'Indique si el inconveniente se arregla ahí mismo.',
  'excess-said': 'Indique si se va a exceder el tiempo de respuesta.',
  'reassignment-due': 'No consta un motivo para cambiar de proveedor; haga el registro primero.',
  'another-provider': 'La visita ya está asignada a ese proveedor{ ($assigned)}; elija otro.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  TransitIssueReported: 'Inconveniente de traslado reportado',
  TransitIssueAcknowledged: 'Acuse de recibo del aviso',
  ClientNotified: 'Aviso al cliente',
  ProviderReassigned: 'Visita reasignada a otro proveedor',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  issue: 'Qué pasó',
  resolvable: 'Se puede resolver',
  exceedsResponseTime: 'Excede el tiempo de respuesta',
  expectedArrival: 'Llegada esperada',
  reached: 'Se localizó al cliente',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  ReportTransitIssue: {
    issue: '¿Qué pasó en el camino?',
    resolvable: '¿Lo puede resolver usted ahí mismo?',
    exceedsResponseTime: [
      '¿Se va a pasar del tiempo de respuesta?',
      'Es decir, ¿va a llegar después de la hora límite?',
    ],
    expectedArrival: '¿A qué hora espera llegar?',
    detail: 'Cuente qué pasó',
  },
  NotifyClient: {
    about: '¿De qué se le avisó?',
    reached: ['¿Se pudo hablar con el cliente?', 'Si no, queda anotado el intento y el aviso sigue pendiente.'],
    channel: ['Medio', 'Por ejemplo, teléfono o mensaje.'],
  },
  ReassignProvider: { provider: 'Nuevo proveedor', arriveBy: 'Nueva hora límite de llegada' },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'issue-named': 'No se indicó qué pasó en el camino.',
  'resolvable-said': 'No se indicó si el inconveniente se resolvía ahí mismo.',
  'excess-said': 'No se indicó si se pasaría del tiempo de respuesta.',
  'issue-reported': 'No constaba un inconveniente de traslado.',
  'reassignment-due': 'No constaba por qué cambiar de proveedor.',
  'another-provider': ({ assigned }) =>
    `La visita ya estaba asignada a ese proveedor${inBrackets(cleanText(assigned))}.`,
} satisfies Findings;
