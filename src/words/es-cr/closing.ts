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
import { callMade, callMissing } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  TestQuality: 'hacer las pruebas de calidad',
  RecordConformity: 'registrar la conformidad',
  RecordObjection: 'registrar la objeción',
  HandOverSite: 'entregar el trabajo',
  ShowBelongings: 'mostrar las pertenencias',
  ReportCompletion: 'reportar la conclusión',
  GiveFarewell: 'despedirse',
  CompleteVisit: 'concluir la visita',
  CloseVisit: 'cerrar la visita',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  tests: '¿Me acompaña a hacer las pruebas{, $addressee}?',
  conformity: '¿Quedó bien la reparación{, $addressee}?',
  objection: 'Qué pena{, $addressee}. Cuéntenos qué no quedó bien.',
  'hand-over': 'Ya recogí y limpié. ¿Está todo como estaba?',
  belongings: 'Le enseño{, $addressee,} que solo me llevo lo mío{: $tools}. ¿Está de acuerdo?',
  'belongings-disputed': 'Eso lo dejo aquí y lo consulto con el Centro de Contacto.',
  'completion-call': 'Ya terminé el trabajo{, expediente $caseNumber}.',
  farewell: 'Muchas gracias por todo{, $addressee}.',
  pleasure: 'Fue un gusto atenderle.',
  'anything-else': '¿Le ayudo con algo más?',
  cancelled: 'El servicio queda cancelado.',
  rescheduled: 'La visita queda para otro día.',
  'if-disputed': 'Si el cliente reclama algo',
  'ask-tests': 'Pruebas con el cliente y resultado',
  'ask-conformity': 'Qué responde el cliente',
  'ask-objection': 'Qué no quedó bien',
  'ask-structure': 'Si la estructura quedó como estaba',
  'ask-belongings': 'Qué se lleva y si el cliente está de acuerdo',
  'ask-case-number': 'Número de expediente',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'tested-with-client': 'Haga las pruebas junto con el cliente.',
  'tests-passed': '{$tests|Falta hacer las pruebas de calidad.}',
  'structure-preserved': 'Deje la estructura del lugar como estaba y regístrelo.',
  'confirmation-said': 'Indique si el cliente confirmó las pertenencias.',
  'case-number-named': 'Indique el número de expediente{ $assigned}{ (no $named)}.',
  'belongings-confirmed': 'Falta que el cliente confirme las pertenencias; muéstrelas de nuevo.',
  'completion-reported': callMade,
  'ending-instructed': [
    'No consta una instrucción de cancelar ni de reprogramar; consulte al Centro de Contacto.',
    'No consta una instrucción de cancelar ni de reprogramar; dela primero.',
  ],
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'structure-preserved': 'la conservación de la estructura',
  'tested-with-client': 'las pruebas con el cliente',
  'tests-passed': 'la aprobación de las pruebas',
  conformity: 'la conformidad',
  'handed-over': 'la entrega del trabajo',
  'belongings-checked': 'la revisión de las pertenencias',
  'belongings-confirmed': 'la confirmación de las pertenencias',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  QualityTested: 'Pruebas de calidad',
  ClientConformed: 'Conformidad del cliente',
  ClientObjected: 'Objeción del cliente',
  SiteHandedOver: 'Trabajo entregado',
  BelongingsShown: 'Pertenencias mostradas al salir',
  CompletionReported: 'Llamada de conclusión',
  FarewellGiven: 'Despedida',
  Completed: 'Visita concluida',
  VisitClosed: 'Visita cerrada',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  withClient: 'Con el cliente',
  tests: 'Pruebas',
  passed: 'Todas aprobadas',
  what: 'Qué pasó',
  structuralConditionPreserved: 'Estructura conservada',
  tidy: 'En orden',
  clientConfirmed: 'Confirmado por el cliente',
  disputed: 'En disputa',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  TestQuality: { withClient: '¿Se probó con el cliente?', tests: ['Pruebas', 'Qué se probó y si funcionó.'] },
  RecordObjection: { what: ['¿Con qué no está conforme el cliente?', 'Con las palabras del cliente.'] },
  HandOverSite: {
    structuralConditionPreserved: '¿La estructura quedó como estaba?',
    tidy: '¿Quedó limpio y ordenado?',
    detail: 'Detalle',
  },
  ShowBelongings: {
    items: ['¿Qué se lleva?', 'Las herramientas y lo demás que saca de la casa.', 'No se lleva nada'],
    clientConfirmed: '¿El cliente lo revisó y está de acuerdo?',
    disputed: '¿Qué dice el cliente que no es de usted?',
  },
  ReportCompletion: {
    caseNumber: ['Número de expediente', 'El que dijo en la llamada.'],
    call: 'Llamada de conclusión',
  },
  CloseVisit: { reason: 'Motivo' },
} satisfies FieldLabels;

function caseNumberNamed({ named, assigned }: Facts): string {
  const [number, own] = [cleanText(named), cleanText(assigned)];
  const right = own === '' ? '' : `; el de esta visita es ${own}`;
  if (number === '') return `En la llamada de conclusión no se mencionó el número de expediente${right}.`;
  return `En la llamada de conclusión se mencionó el expediente ${number}, que no es el de esta visita${right}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'tested-with-client': 'Las pruebas no se hicieron con el cliente.',
  'tests-passed': ({ tests }) =>
    tests === 'failed' ? 'Las pruebas constaban como fallidas.' : 'No constaban las pruebas de calidad.',
  'tests-stand': 'No constaban las pruebas de calidad.',
  started: 'El trabajo no se había iniciado.',
  'structure-preserved': 'No constaba que el lugar conservara su estructura.',
  'started-or-closing': 'El trabajo no se había iniciado, ni la visita estaba por cerrarse.',
  'confirmation-said': 'No se indicó si el cliente confirmó las pertenencias.',
  conformity: 'No constaba la conformidad del cliente.',
  'case-number-named': caseNumberNamed,
  'not-on-break': 'El trabajo seguía en pausa.',
  'handed-over': 'No constaba la entrega del trabajo al cliente.',
  'belongings-checked': 'No constaba que se le hubieran mostrado las pertenencias al cliente.',
  'belongings-confirmed': 'No constaba que el cliente hubiera confirmado las pertenencias.',
  'completion-reported': callMissing,
  'ending-instructed': 'No constaba una instrucción de cancelar ni de reprogramar.',
} satisfies Findings;
