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
  ShowTools: 'mostrar las herramientas',
  ClearArea: 'despejar el área',
  ReportStart: 'reportar el inicio',
  DocumentStart: 'documentar el inicio',
  StartWork: 'iniciar el trabajo',
  PauseWork: 'pausar el trabajo',
  ResumeWork: 'reanudar el trabajo',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'show-tools': 'Voy a trabajar con estas herramientas.',
  'clear-area': 'Con permiso, aparto lo que se pueda dañar. ¿Hay algo delicado?',
  'start-call': 'Ya voy a empezar el trabajo. ¿Me anota la hora?',
  begin: 'Ya empiezo{, $addressee}. Voy a trabajar con orden y aseo.',
  break: 'Voy a hacer una pausa.',
  leave: 'Para terminar tengo que volver otro día{, $addressee}.',
  'leave-call': 'Ya me voy; hace falta una segunda visita.',
  'come-back': 'Ya estoy aquí para terminar el trabajo.',
  resume: 'Con permiso{, $addressee}, sigo con el trabajo.',
  'op-start': 'Ya anoté la hora de inicio{, $addressee}.',
  'if-second-visit': 'Si es una segunda visita',
  'ask-tools': 'Herramientas',
  'ask-moved': 'Qué se apartó',
  'ask-pause': 'Pausa o segunda visita, y cuándo regresa',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'not-started': 'Ya se inició el trabajo; siga con él.',
  'start-reported': callMade,
  'notice-given': callMade,
  'on-break': 'No consta una pausa; siga con el trabajo o registre el reingreso.',
  away: 'No consta un reingreso pendiente; siga con la visita o registre el fin de la pausa.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'tools-shown': 'la muestra de las herramientas',
  'area-cleared': 'el despeje del área',
  'start-reported': 'la llamada de inicio',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  ToolsShown: 'Herramientas mostradas',
  AreaCleared: 'Área despejada',
  StartReported: 'Llamada de inicio',
  StartDocumented: 'Inicio documentado',
  WorkStarted: 'Trabajo iniciado',
  Paused: 'Trabajo en pausa',
  Resumed: 'Trabajo reanudado',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  tools: 'Herramientas',
  moved: 'Se apartó',
  reference: 'Referencia',
  notice: 'Aviso',
  returnExpected: 'Regreso esperado',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  ShowTools: { tools: ['Herramientas', 'Las que va a usar en la casa.', 'Ninguna'] },
  ClearArea: { moved: ['¿Qué se apartó?', '', 'No hubo que apartar nada'] },
  ReportStart: { call: 'Llamada de inicio' },
  DocumentStart: { reference: 'Referencia de la llamada' },
  PauseWork: {
    kind: '¿Es una pausa o hace falta otra visita?',
    notice: 'Aviso de salida al Centro de Contacto',
    returnExpected: '¿Cuándo regresa?',
  },
  ResumeWork: {
    kind: '¿Viene de una pausa o es la segunda visita?',
    notice: 'Aviso de reingreso al Centro de Contacto',
  },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'start-undocumented': 'No constaba una llamada de inicio por documentar.',
  'not-started': 'El trabajo ya se había iniciado.',
  'tools-shown': 'No constaba que se le hubieran mostrado las herramientas al cliente.',
  'area-cleared': 'No constaba que se hubiera despejado el área.',
  'start-reported': callMissing,
  'notice-given': callMissing,
  'on-break': 'No constaba una pausa.',
  away: 'No constaba un reingreso pendiente.',
} satisfies Findings;
