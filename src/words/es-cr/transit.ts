import type { ActNames, ChapterPhrases, EventNames, FieldNames, Findings, Refusals } from '../chapter.ts';
import { byText, inBrackets } from '../message-templates.ts';
import { hour, to, you } from '../speech/after.ts';
import { textOf } from '../text.ts';
import { toClient } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  ReportTransitIssue: 'reportar un inconveniente de traslado',
  AcknowledgeTransitIssue: 'acusar recibo del inconveniente',
  NotifyClient: 'avisarle al cliente',
  ReassignProvider: 'reasignar la visita',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'transit-report': 'Voy de camino y tuve un inconveniente.',
  'transit-solvable': 'Es una avería, pero la arreglo aquí mismo y sigo.',
  'transit-exceeds': (f) => `Se va a exceder el tiempo de respuesta. ¿Le pueden avisar ${toClient(f)}?`,
  'transit-unsolvable': 'Es una avería que ahora no puedo arreglar. Disculpen.',
  'transit-delay': (f) => `Vengo con atraso y voy a llegar después de la hora límite${hour(f)}.`,
  'op-keep-posted': 'Si surge algo más, nos llama.',
  'op-tell-client': (f) => `Nosotros le avisamos ${toClient(f)}.`,
  'op-will-reassign': (f) => `Entiendo${you(f)}. Le damos el servicio a otro proveedor.`,
  'op-delay': (f) => `El proveedor viene con atraso y va a llegar después de la hora límite${hour(f)}.`,
  'op-change': (f) => `Le va a llegar otro proveedor${to(f.provider)}${hour(f, 'a más tardar: ')}.`,
  'op-change-coming': 'Le va a llegar otro proveedor; le avisamos quién.',
  'op-apology': 'Disculpe la molestia.',
  'if-exceeded': 'Si se pasa del tiempo de respuesta',
  'ask-issue': 'Qué pasó en el camino',
  'if-solvable': 'Si se arregla ahí mismo',
  'ask-expected': 'Nueva hora de llegada',
  'ask-reached': 'Si se habló con el cliente',
} satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'issue-named': 'Indique qué pasó en el camino.',
  'resolvable-said': 'Indique si el inconveniente se arregla ahí mismo.',
  'excess-said': 'Indique si se va a exceder el tiempo de respuesta.',
  'issue-reported': 'No consta un inconveniente de traslado; regístrelo primero.',
  'reassignment-due': 'No consta por qué cambiar de proveedor; registre el inconveniente o la instrucción.',
  'another-provider': /* @__PURE__ */ byText(
    'assigned',
    (id) => `La visita ya está asignada a ese proveedor${inBrackets(id)}; elija otro.`,
  ),
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  TransitIssueReported: 'Inconveniente de traslado reportado',
  TransitIssueAcknowledged: 'Acuse de recibo del inconveniente',
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

/** Findings: what was not as it should be. */
export const findings = {
  'issue-named': 'No se indicó qué pasó en el camino.',
  'resolvable-said': 'No se indicó si el inconveniente se resolvía ahí mismo.',
  'excess-said': 'No se indicó si se pasaría del tiempo de respuesta.',
  'issue-reported': 'No constaba un inconveniente de traslado.',
  'reassignment-due': 'No constaba por qué cambiar de proveedor.',
  'another-provider': ({ assigned }) => `La visita ya era de ese proveedor${inBrackets(textOf(assigned))}.`,
} satisfies Findings;
