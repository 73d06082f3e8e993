import type { Correction, DebtKind, DebtTopic, Locale, Phase } from 'auxilio';
import type { Report } from './report.ts';

/** The words of the demo in one language, without those of the library. */
export type Words = {
  readonly title: (date: string) => string;
  readonly store: (name: string) => string;
  readonly memory: string;
  readonly sections: Readonly<
    Record<'visits' | 'refusals' | 'unreadable' | 'reusedIds' | 'waivers' | 'offline' | 'corrections' | 'debts', string>
  >;
  readonly none: string;
  readonly visitColumns: readonly string[];
  readonly phases: Readonly<Record<Phase, string>>;
  readonly outcomes: Readonly<Record<'cancelled' | 'rescheduled', string>>;
  readonly line: string;
  readonly atPath: string;
  /** Words for the issues of a line by code; a code without words is printed as it is. */
  readonly issues: ReadonlyMap<string, string>;
  readonly judgedAnew: string;
  readonly letThrough: string;
  readonly nothingLetThrough: string;
  readonly synced: (counts: Readonly<Record<'accepted' | 'refused' | 'twin', number>>) => string;
  readonly corrected: (correction: Correction, time: (at: string) => string) => string;
  readonly debtColumns: readonly string[];
  readonly debts: Readonly<Record<DebtKind, string>>;
  readonly about: Readonly<Record<DebtTopic, string>>;
  readonly counted: (counts: Report['counts']) => string;
  readonly appended: (count: number) => string;
};

type Annulled = Extract<Correction, { kind: 'annulled' }>['act'];
type Corrected = Extract<Correction, { kind: 'time' }>['what'];

const annulled: Readonly<Record<Locale, Readonly<Record<Annulled, string>>>> = {
  'es-CR': {
    ProviderArrived: 'la llegada',
    WorkStarted: 'el inicio',
    Completed: 'la conclusión',
    VisitClosed: 'el fin anticipado',
  },
  en: { ProviderArrived: 'arrival', WorkStarted: 'start', Completed: 'completion', VisitClosed: 'closing' },
};

const corrected: Readonly<Record<Locale, Readonly<Record<Corrected, string>>>> = {
  'es-CR': {
    arrival: 'la llegada',
    start: 'el inicio',
    resumption: 'la reanudación',
    interruption: 'la interrupción',
    'completion-call': 'la llamada de conclusión',
    end: 'el fin',
  },
  en: {
    arrival: 'arrival',
    start: 'start',
    resumption: 'resumption',
    interruption: 'pause',
    'completion-call': 'completion call',
    end: 'end',
  },
};

const esCR: Words = {
  title: (date) => `Auxilio domiciliar · ${date}`,
  store: (name) => `Almacén: ${name}`,
  memory: 'en memoria',
  sections: {
    visits: 'Visitas',
    refusals: 'Rechazos',
    unreadable: 'Líneas que no se pudieron leer',
    reusedIds: 'Actos con el identificador de otro',
    waivers: 'Dispensas',
    offline: 'Lo que llegó de teléfonos sin señal',
    corrections: 'Correcciones',
    debts: 'Pendientes del Centro de Contacto',
  },
  none: 'ninguno',
  visitColumns: ['visita', 'cliente', 'servicio', 'fase', 'asignada', 'llegada', 'inicio', 'fin', 'trabajado'],
  phases: {
    unassigned: 'sin asignar',
    completed: 'concluida',
    closed: 'cerrada',
    'awaiting-reassignment': 'por reasignar',
    away: 'espera del reingreso',
    'in-transit': 'de camino',
    'on-break': 'en pausa',
    'awaiting-materials': 'espera materiales',
    working: 'trabajando',
    'on-site': 'en el lugar',
  },
  outcomes: { cancelled: 'cancelada', rescheduled: 'reprogramada' },
  line: 'línea',
  atPath: 'en',
  issues: new Map([
    ['invalid-json', 'no es un texto JSON completo'],
    ['unrecognized-key', 'trae un campo desconocido'],
  ]),
  judgedAnew: 'Se juzgaron de nuevo, sobre las visitas como están ahora: casi todas ya terminaron.',
  letThrough: 'dejó pasar',
  nothingLetThrough: 'no hizo falta',
  synced: ({ accepted, refused, twin }) => `aceptados: ${accepted}; reportados: ${refused}; ya registrados: ${twin}`,
  corrected: (one, time) => {
    if (one.kind === 'annulled') return `se anuló ${annulled['es-CR'][one.act]} (${time(one.first)})`;
    if (one.kind === 'time')
      return `se corrigió ${corrected['es-CR'][one.what]}: de ${time(one.first)} a ${time(one.now)}`;
    const { discrepancyId, taken, left } = one;
    return `se resolvió ${discrepancyId}: en el registro, ${taken.length}; en el reporte, ${left.length}`;
  },
  debtColumns: ['desde', 'visita', 'cláusula', 'qué'],
  debts: {
    'give-instruction': 'dar una instrucción',
    'take-up-escalation': 'atender una afectación al cliente',
    'coordinate-materials': 'coordinar los materiales con el cliente',
    'document-photos': 'documentar fotografías',
    'document-start': 'documentar el inicio',
    'notify-delay': 'avisarle al cliente del atraso',
    'reassign-provider': 'asignar otro proveedor',
    'notify-provider-change': 'avisarle al cliente del cambio de proveedor',
    'settle-discrepancy': 'resolver una discrepancia',
    'supply-materials': 'aportar los materiales',
  },
  about: { 'client-absence': 'el cliente no está', identity: 'la identidad no se validó' },
  counted: ({ read, accepted, refused, repeated, reusedIds, unreadable }) =>
    `Líneas: ${read}. Aceptadas: ${accepted}; rechazadas: ${refused}; repetidas: ${repeated}; ` +
    `con identificador ajeno: ${reusedIds}; sin leer: ${unreadable}.`,
  appended: (count) =>
    count === 0
      ? 'No se agregó ningún evento: todo lo aceptado ya estaba en el almacén.'
      : `Eventos agregados: ${count}.`,
};

const en: Words = {
  title: (date) => `Home assistance · ${date}`,
  store: (name) => `Store: ${name}`,
  memory: 'in memory',
  sections: {
    visits: 'Visits',
    refusals: 'Refusals',
    unreadable: 'Lines that could not be read',
    reusedIds: 'Acts under the id of another',
    waivers: 'Waivers',
    offline: 'What came in from phones without a signal',
    corrections: 'Corrections',
    debts: 'Pending at the contact center',
  },
  none: 'none',
  visitColumns: ['visit', 'client', 'service', 'phase', 'assigned', 'arrived', 'started', 'ended', 'worked'],
  phases: {
    unassigned: 'unassigned',
    completed: 'completed',
    closed: 'closed',
    'awaiting-reassignment': 'to be reassigned',
    away: 'awaits the re-entry',
    'in-transit': 'on the way',
    'on-break': 'on a break',
    'awaiting-materials': 'awaits materials',
    working: 'working',
    'on-site': 'on site',
  },
  outcomes: { cancelled: 'cancelled', rescheduled: 'rescheduled' },
  line: 'line',
  atPath: 'at',
  issues: new Map([
    ['invalid-json', 'not a whole JSON text'],
    ['unrecognized-key', 'has an unknown field'],
  ]),
  judgedAnew: 'They were judged anew, on the visits as they are now: most of them have ended.',
  letThrough: 'let through',
  nothingLetThrough: 'was not needed',
  synced: ({ accepted, refused, twin }) => `accepted: ${accepted}; reported: ${refused}; on record already: ${twin}`,
  corrected: (one, time) => {
    if (one.kind === 'annulled') return `${annulled.en[one.act]} annulled (${time(one.first)})`;
    if (one.kind === 'time') return `${corrected.en[one.what]} corrected from ${time(one.first)} to ${time(one.now)}`;
    const { discrepancyId, taken, left } = one;
    return `${discrepancyId} settled: on record, ${taken.length}; left in the report, ${left.length}`;
  },
  debtColumns: ['since', 'visit', 'clause', 'what'],
  debts: {
    'give-instruction': 'give an instruction',
    'take-up-escalation': 'take up an impact on the client',
    'coordinate-materials': 'coordinate the materials with the client',
    'document-photos': 'document photos',
    'document-start': 'document the start',
    'notify-delay': 'tell the client about the delay',
    'reassign-provider': 'assign another provider',
    'notify-provider-change': 'tell the client about the change of provider',
    'settle-discrepancy': 'settle a discrepancy',
    'supply-materials': 'supply the materials',
  },
  about: { 'client-absence': 'the client is absent', identity: 'the identity was not validated' },
  counted: ({ read, accepted, refused, repeated, reusedIds, unreadable }) =>
    `Lines: ${read}. Accepted: ${accepted}; refused: ${refused}; repeated: ${repeated}; ` +
    `under the id of another: ${reusedIds}; unread: ${unreadable}.`,
  appended: (count) =>
    count === 0
      ? 'No event was appended: all that was accepted was in the store already.'
      : `Events appended: ${count}.`,
};

export const wordsOf = (locale: Locale): Words => (locale === 'en' ? en : esCR);
