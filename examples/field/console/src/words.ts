/** The texts of the console in the Spanish of Costa Rica, with which it opens; those in English are loaded for who chose them. */
import type { Locale, PaymentCondition, Phase } from 'auxilio';
import type { BoardWait } from 'auxilio/service';
import type { Shape } from '../../ui/words.ts';
import type { Group } from './queue.ts';

type Wait = { readonly for: BoardWait['for'] | 'disagreement'; readonly about?: string | undefined };

const instructionsInSpanish: Readonly<Record<string, string>> = {
  'client-absence': 'El cliente no está: diga qué hacer',
  identity: 'La identidad no coincide: diga qué hacer',
};

const esCR = {
  title: 'Centro de contacto',
  loading: 'Abriendo…',
  login: 'Entrar',
  loginName: 'Usuario',
  password: 'Contraseña',
  loginNoSignal: 'No hay conexión con el servidor. Intente de nuevo.',
  loginProvider: 'Este usuario es de un proveedor. Entre por el teléfono.',
  logout: 'Salir',
  otherLanguage: 'English',
  mute: 'Silenciar',
  unmute: 'Activar sonidos',
  keys: 'Teclas',
  keysHelp:
    'j y k o las flechas: bajar y subir. Intro: abrir. Esc: volver. 1 a 6: pantallas. Barra (/): buscar. l: llamar.',
  main: 'Pantallas',

  waiting: 'Me esperan',
  visits: 'Visitas',
  search: 'Buscar',
  payment: 'Pago',
  handover: 'Entrega de turno',
  stale: 'Sin conexión. Esto es lo último que se recibió; se actualiza solo al volver.',
  nobodyWaits: 'Nadie espera. Lo nuevo aparece aquí y suena.',
  all: 'Todo',
  groups: (group: Group) => ({ door: 'Alguien espera', discrepancy: 'Discrepancias', receipt: 'Comprobantes' })[group],
  waits: ({ for: kind, about }: Wait) =>
    kind === 'give-instruction'
      ? (instructionsInSpanish[about ?? ''] ?? 'Diga qué hacer')
      : {
          'take-up-escalation': 'Atienda lo que se escaló',
          'coordinate-materials': 'Coordine los materiales con el cliente',
          'document-photos': 'Anote las fotos recibidas',
          'document-start': 'Anote la llamada de inicio',
          'notify-delay': 'Avise al cliente del atraso',
          'reassign-provider': 'Asigne a otro proveedor',
          'notify-provider-change': 'Avise al cliente del cambio de proveedor',
          'settle-discrepancy': 'Decida lo que se anotó sin señal',
          'supply-materials': 'El cliente trae los materiales',
          disagreement: 'El proveedor no está de acuerdo: contéstele',
          arrival: 'El proveedor no ha llegado',
          photos: 'Hay fotos sin enviar',
        }[kind],
  several: (count: number) => (count === 1 ? '' : `${count} reportes`),
  ago: (length: string) => `hace ${length}`,
  overdue: (length: string) => `pasó de ${length}`,
  provider: 'Proveedor',
  late: 'No ha llegado',
  arriveBy: (time: string) => `Lo esperan antes de las ${time}`,
  open: 'Abiertas',
  owing: 'Con pendientes',
  unclaimed: 'Sin tomar',
  silent: 'Teléfono callado',
  lateOnes: 'Sin llegar a tiempo',
  free: 'Sin tomar',
  mine: 'Usted',
  heard: (length: string) => `teléfono hace ${length}`,
  notHeard: 'teléfono sin contacto',
  noneHere: 'No hay visitas así.',
  phases: (phase: Phase) =>
    ({
      unassigned: 'Sin asignar',
      'awaiting-reassignment': 'Por reasignar',
      away: 'Espera segunda visita',
      'in-transit': 'En camino',
      'on-site': 'En el lugar',
      working: 'Trabajando',
      'on-break': 'En pausa',
      'awaiting-materials': 'Espera materiales',
      completed: 'Completa',
      closed: 'Cerrada',
    })[phase],

  back: 'Volver',
  caseNumber: 'Expediente',
  phase: 'Estado',
  onRecord: 'Lo que está anotado',
  recordedFacts: (fact: string) =>
    ({
      ProviderArrived: 'Llegada',
      arrival: 'Llegada',
      WorkStarted: 'Inicio',
      start: 'Inicio',
      resumption: 'Reanudación',
      interruption: 'Interrupción',
      'completion-call': 'Llamada de cierre',
      end: 'Final',
      Completed: 'Visita completa',
      VisitClosed: 'Visita cerrada',
    })[fact] ?? fact,
  worked: 'Tiempo trabajado',
  stillRunning: 'sigue corriendo',
  pending: 'Pendientes',
  nothingPending: 'No hay pendientes.',
  owedBy: (who: BoardWait['of']) => ({ client: 'del cliente', provider: 'del proveedor', 'contact-center': '' })[who],
  limit: (length: string) => `plazo ${length}`,
  happened: 'Lo que ha pasado',
  byCenter: 'Centro',
  byProvider: 'Proveedor',
  byClient: 'Cliente',
  photos: 'Fotos',
  notArrived: (name: string) => `${name}: no ha llegado`,
  photoOf: (place: number) => `Foto ${place}`,
  noPhotos: 'Sin fotos.',
  acts: 'Lo que usted puede registrar',
  otherActs: 'Por el proveedor, si llama',
  script: 'Diga',
  askFor: 'Pregunte',
  record: 'Registrar',
  recorded: (act: string) => `Registrado: ${act}.`,
  cancel: 'Dejar',
  malformed: 'Falta algo por corregir.',
  cannotReach: 'El servidor no responde. Nada se perdió: intente otra vez.',
  refused: 'No se registró.',
  noVisit: 'Esta visita no se pudo abrir.',
  corrects: 'Esto cambia',
  noChange: 'No cambia el tiempo ni el pago.',
  decideCase: 'Decidir la discrepancia',
  discrepancyOpen: (count: number) =>
    count === 1 ? 'Hay 1 acto anotado sin señal por decidir' : `Hay ${count} actos anotados sin señal por decidir`,
  when: 'Cuándo',
  payable: 'Lista para pago',
  forPayment: 'Para pago falta',
  conditions: (condition: PaymentCondition) =>
    ({
      completed: 'que la visita esté completa',
      'start-reported': 'la llamada de inicio',
      'start-documented': 'que el centro anote la llamada de inicio',
      'completion-reported': 'la llamada de cierre con el expediente',
      'discrepancy-open': 'que se decida la discrepancia',
    })[condition],

  caseDecided: 'Ya no hay nada por decidir en esta visita.',
  wholeVisit: 'Ver la visita completa',
  whyAsked: 'Por qué se le pregunta',
  actsCount: (count: number) => (count === 1 ? '1 acto' : `${count} actos`),
  decide: 'Su decisión',
  takeAll: 'Tomar todo',
  takeNone: 'No tomar',
  takeMarked: (count: number) => `Tomar lo marcado (${count})`,
  askThem: 'Preguntarle',
  askMeaning: 'No decide nada: la visita queda a su nombre mientras llama.',
  counts: (length: string) => `cuenta ${length}`,
  notCounted: (length: string) =>
    length === '0 min' ? 'queda guardado, no cuenta' : `queda guardado; cuenta solo ${length}`,
  cannotTake: 'Así como está no se puede.',
  inSteps: (label: string, count: number) => `${label}, en ${count} pasos`,
  stepsTitle: 'Se registrará, en este orden:',
  stepsSafe: 'Si algo falla, se detiene ahí: lo hecho queda y se puede seguir después.',
  stoppedAt: (done: number, all: number) => `Se detuvo: van ${done} de ${all} pasos.`,
  plannedAgain: 'Lo hecho queda. Abajo está lo que falta, como está la visita ahora: confírmelo o elija otra cosa.',
  reason: '¿Por qué?',
  reasonText: 'Otra razón, en sus palabras',
  reasonMissing: 'Diga por qué: queda en el expediente y lo lee el proveedor.',
  reasons: () =>
    [
      'Lo confirmé por teléfono con el proveedor',
      'Lo confirmé con el cliente',
      'Las fotos lo muestran',
      'El aviso no le había llegado',
      'El cliente dice que no se hizo',
      'La visita ya no era suya',
    ].join('\n'),
  chooseFirst: 'Elija arriba qué hacer',
  confirm: (way: string) => `Confirmar: ${way}`,
  decided: 'Decidido. El proveedor lo verá en su teléfono.',
  detail: 'Detalle: acto por acto',
  kinds: (kind: string) =>
    ({ root: 'pregunta', consequence: 'depende de otro', twin: 'ya estaba anotado' })[kind] ?? kind,
  refusedThen: 'su teléfono se lo advirtió',
  despite: (by: string) => `Dice que lo autorizó ${by}`,
  evidence: 'Lo que lo respalda',
  noEvidence: 'Sin autorización, llamadas ni fotos de esa hora.',
  callAt: (time: string) => `Llamada a las ${time}`,
  bothSaw: (count: number) => `Hasta el acto ${count} los dos vieron lo mismo. Desde ahí:`,
  theyDidNotSee: 'no lo vio',
  unseenByUs: 'sin ver',
  weDidNotSee: (time: string) => `el centro lo supo a las ${time}`,
  dependents: (count: number) =>
    `Ver también ${count === 1 ? '1 acto que depende' : `${count} actos que dependen`} de estos`,
  foldThem: 'Ver solo lo que pregunta',
  and: ' y ',
  atHour: (time: string) => `a las ${time}`,
  onlyTwins: (name: string, count: number) =>
    `Lo que anotó ${name} ya estaba anotado por el centro (${count === 1 ? '1 acto' : `${count} actos`}). No hay nada que contar dos veces.`,
  workedOffline: (name: string, hours: string) => `${name} trabajó ${hours} sin señal`,
  notedOffline: (name: string, count: number, hours: string) =>
    `${name} anotó ${count === 1 ? '1 acto' : `${count} actos`} sin señal, ${hours}`,
  causeAt: (cause: string, time: string) => `${cause} a las ${time}`,
  unseen: (did: string, causes: string) => `${did}; ${causes}, y no lo vio.`,
  byLeave: (did: string, by: string) => `${did}; le faltaba algo del protocolo y dice que lo autorizó ${by}.`,
  missingThings: (did: string) => `${did}; le faltaba algo del protocolo. El centro no cambió nada mientras tanto.`,
  unclear: (did: string) => `${did}; el centro también registró cosas mientras tanto.`,
  instructed: (decision: string) =>
    ({
      cancel: 'el centro canceló',
      reschedule: 'el centro reprogramó',
      reassign: 'el centro decidió cambiar de proveedor',
      wait: 'el centro pidió esperar',
    })[decision] ?? 'el centro dio otra instrucción',
  reassignedTo: (name: string) => `el centro asignó a ${name}`,
  closedIt: 'la visita se cerró',
  recordedIt: (act: string) => `el centro registró «${act}»`,

  heldBy: (name: string) => `La tiene ${name}`,
  hold: 'Tomarla',
  letGo: 'Soltarla',
  seen: 'visto',
  notSeen: 'no visto',
  notReached: (act: string, time: string, age: string) =>
    `No le ha llegado al teléfono: «${act}», ${time} (hace ${age}). Llame al proveedor.`,
  isInside: (time: string) => `Llegó a las ${time} y puede estar trabajando. Llame antes.`,
  mayBeInside: 'Puede estar adentro, sin señal. Llame antes.',
  notes: 'Notas del centro',
  newNote: 'Nota para sus compañeros',
  addNote: 'Anotar',
  searchBy: 'Nombre, expediente o proveedor',
  notFound: 'No hay visitas así. Pruebe con otra parte del nombre o del expediente.',
  moreFound: 'Hay más: siga escribiendo.',
  paymentFilter: (name: string) =>
    ({ payable: 'Listas', notYet: 'Todavía no', reopened: 'Reabiertas', toJudge: 'Por valorar' })[name] ?? name,
  reopenedBy: (act: string, time: string) => `Reabierta ${time}: ${act}.`,
  countedBefore: (before: string, now: string) => `Antes contaba ${before}, ahora ${now}.`,
  callTo: (name: string) => `Llamar a ${name}`,
  calledAt: (time: string) => `llamada a las ${time}: queda en el acto que la pide`,
  disagreementOf: (name: string, time: string) => `${name} no está de acuerdo, ${time}`,
  answered: (name: string, time: string) => `${name}, ${time}`,
  answerText: 'Respuesta al proveedor',
  answerHint: 'Él la lee en su teléfono. No cambia lo que está anotado: si algo se corrige, dígalo con un acto.',
  answer: 'Contestar',
  answerSent: 'Contestado. El teléfono lo muestra.',
  reopenedAt: 'Reabierta',
  payableAgain: 'Vuelve a estar lista.',
  toWeigh: (deviations: number, violations: number) =>
    [
      ...(deviations > 0 ? [deviations === 1 ? '1 desviación' : `${deviations} desviaciones`] : []),
      ...(violations > 0 ? [violations === 1 ? '1 falta al protocolo' : `${violations} faltas al protocolo`] : []),
    ].join(' · '),
  reference: 'Referencia del pago',
  markPaid: 'Marcar como pagada',
  paid: 'Anotada como pagada.',
  more: 'Ver más',
  openNow: (count: number, free: number) =>
    `${count === 1 ? '1 pendiente' : `${count} pendientes`}, ${free === 1 ? '1 sin tomar' : `${free} sin tomar`}`,
  heldNow: 'Lo que está tomado',
  unclaimedNow: 'Lo que nadie ha tomado',
  allClaimed: 'Todo está tomado.',
  nothingLeft: 'Nadie ha dejado nada dicho.',
  nothingHeld: 'Nadie tiene nada tomado.',
  devices: 'Teléfonos',
  devicesHint: 'Un teléfono perdido o robado se da de baja aquí.',
  noPhones: 'Ningún teléfono ha entrado todavía.',
  phones: 'Teléfonos y su último contacto',
  revoke: 'Dar de baja',
  revokeMeaning:
    'Al primer contacto pierde lo que ya se recibió, y no registra más. Lo que le falta enviar queda aparte hasta que alguien responda por ello. No se puede deshacer.',
  revokeYes: 'Sí, darlo de baja',
  revoked: 'Dado de baja.',
  revokedAt: (at: string) => `De baja desde ${at}`,
  quarantine: 'Entregado por teléfonos dados de baja',
  quarantineNone: 'No hay nada por decidir.',
  quarantineHint: 'Llame al proveedor. Solo si él lo hizo, responda por ello.',
  vouchReason: 'Cómo lo supo',
  vouch: 'Lo hizo el proveedor',
  discard: 'No lo hizo',
  vouched: 'Recibido como del proveedor.',
  discarded: 'Queda guardado, y no cuenta.',
  yourShift: 'Su turno',
  sinceTime: (time: string) => `Desde ${time}`,
  leftAt: (time: string) => `Salió ${time}`,
  handoverText: '¿Qué tiene que saber quien sigue?',
  startShift: 'Empezar turno',
  endShift: 'Entregar turno',
  shiftStarted: 'Turno empezado.',
  shiftEnded: 'Turno entregado. Lo que usted tenía tomado quedó libre.',
  leftByOthers: 'Lo que dejaron dicho',

  lanes: (name: string) =>
    ({
      travel: 'En camino',
      site: 'En el lugar',
      work: 'Trabajo',
      materials: 'Materiales',
      break: 'Pausa',
      away: 'Fuera',
      calls: 'Llamadas',
      instructions: 'Instrucciones',
      taken: 'Fotos tomadas',
      sent: 'Fotos enviadas',
    })[name] ?? name,
  statuses: (status: string) =>
    ({
      annulled: 'anulado',
      corrected: 'hora corregida',
      ignored: 'no cambió nada',
      repeated: 'repetido',
      unreadable: 'no se puede leer',
    })[status] ?? status,
  fates: (fate: string) =>
    ({ open: 'por decidir', taken: 'tomado', left: 'no tomado', twin: 'ya estaba anotado' })[fate] ?? fate,
  cannotYet: (act: string) => `El proveedor todavía no puede ${act}`,
  waive: 'Dispensar lo que se puede',
  courtesy: 'Guion de la llamada',
  outage: 'Corte de servicio',
  outageHint: 'Una instrucción para cada visita de un lugar sin señal.',
  outageText: 'Hay un corte de servicio en su zona. Siga con el trabajo y envíe las fotos cuando tenga señal.',
  concerned: (count: number) => (count === 1 ? '1 visita' : `${count} visitas`),
  sayWhere: 'Ponga el lugar.',
  openVisit: 'Abrir',
  where: 'Lugar',
  whereHint: 'Cantón, barrio o seña',
  outageFrom: 'Sin señal desde',
  outageTo: 'Hasta',
  outageLasts: 'Todavía sigue',
  silentOnes: (count: number) =>
    count === 0
      ? 'Todos los teléfonos han dado señal desde entonces: marque las que quiera.'
      : count === 1
        ? 'Marcada: la del teléfono que no ha dado señal desde entonces.'
        : `Marcadas: las ${count} de los teléfonos que no han dado señal desde entonces.`,
  hasSignal: 'ha dado señal',
  photosWaived: 'ya puede iniciar sin enviar fotos',
  markAll: 'Marcar todas',
  markNone: 'Ninguna',
  instruction: 'Instrucción',
  waivesPhotos: 'Pueden iniciar sin que las fotos se hayan enviado; queda constancia en cada visita.',
  giveTo: (count: number) => (count === 1 ? 'Dar la instrucción a 1 visita' : `Dar la instrucción a ${count} visitas`),
  giving: (done: number, all: number) => `Dando la instrucción: van ${done} de ${all}`,
  given: 'dada',
  givenTo: (count: number) => (count === 1 ? 'La tiene 1 visita.' : `La tienen ${count} visitas.`),
  notGivenTo: (count: number) =>
    count === 1 ? '1 visita no la aceptó: véala en la lista.' : `${count} visitas no la aceptaron: véalas en la lista.`,

  byCause: 'Discrepancias por causa',
  groupThem: 'Agrupar por causa',
  causes: (cause: string) =>
    ({
      signal: 'Solo faltó la señal: el centro no cambió nada',
      cancelled: 'El centro canceló o reprogramó y no lo vieron',
      reassigned: 'El centro cambió de proveedor y no lo vieron',
      closed: 'La visita ya se había cerrado',
      changed: 'El centro cambió algo más y no lo vieron',
      despite: 'Lo hicieron con autorización por teléfono',
      unlawful: 'Faltaba algo del protocolo',
    })[cause] ?? cause,
  reading: (done: number, all: number) => `Leyendo: van ${done} de ${all}`,
  noneToDecide: 'No hay discrepancias por decidir.',
  oldestOnly: (count: number) => `Se muestran las ${count} más viejas; las demás salen conforme se decidan.`,
  oneByOne: 'Estas se deciden una por una.',
  seeThem: (count: number) => (count === 1 ? 'Ver la visita' : `Ver las ${count} visitas`),
  takenCounts: (length: string) => `Si se toma, la visita cuenta ${length}.`,
  togetherMeans: (count: number, length: string) =>
    count === 1
      ? `Tomar todo cuenta ${length}. Queda una decisión en el expediente.`
      : `Tomar todo cuenta ${length} entre las ${count}. Cada visita queda con su propia decisión, con la razón que usted escriba.`,
  togetherReason: 'Por ejemplo: corte de servicio confirmado por la operadora',
  taking: (done: number, all: number) => `Decidiendo: van ${done} de ${all}`,
  takenOf: (taken: number, all: number) => `Decididas ${taken} de ${all}.`,
  changedMeanwhile: 'La visita cambió mientras tanto: véala de nuevo.',
  takeTogether: (count: number) => (count === 1 ? 'Tomar todo de 1 visita' : `Tomar todo de ${count} visitas`),

  dossier: 'Expediente de pago',
  dossierCounts: (deviations: number, violations: number, corrections: number) =>
    `Desviaciones: ${deviations} · Faltas al protocolo: ${violations} · Correcciones: ${corrections}`,
  paymentEvidence: 'Pruebas para el pago',
  toWeighHere: 'Por valorar',
  verdicts: (status: string) =>
    ({ satisfied: 'cumple', missing: 'falta', late: 'tarde', contradicted: 'en contra', waived: 'dispensado' })[
      status
    ] ?? status,
  completedAt: 'Completa',
  minutes: 'Minutos trabajados',
  yes: 'sí',
  no: 'no',
  sheet: 'Bajar hoja',
  takeOver: 'Pasarla a mi nombre',
  asked: 'Se le está preguntando al proveedor por lo que anotó sin señal.',

  questions: (name: string, from: string, cause: string | null) =>
    [
      `${name}, le habla el Centro de Contacto. ¿Me cuenta qué hizo desde las ${from}?`,
      cause === null
        ? '¿Con quién habló antes de empezar?'
        : `A las ${cause} cambiamos la visita. ¿Le llegó algún aviso?`,
      '¿El cliente estuvo presente y conforme?',
    ].join('\n'),
  choose: 'Elija…',
  other: 'Otro',
  addRow: 'Agregar',
  remove: 'Quitar',
  onePerLine: 'Uno por línea.',
  callNow: 'La llamada es ahora',
  now: 'Ahora',
  day: 'Día',
  hour: 'Hora',
  useHere: 'Usar mi ubicación',
  located: 'Ubicación tomada',
  takePhoto: 'Agregar fotos',
};

export type ConsoleTexts = Shape<typeof esCR>;

const loaded: { 'es-CR': ConsoleTexts; en?: ConsoleTexts } = { 'es-CR': esCR };

/** Loads the texts of a language. */
export async function loadTexts(locale: Locale): Promise<void> {
  if (locale === 'en') loaded.en ??= (await import('./words-en.ts')).en;
}

/** The texts of a language; the Spanish ones until they are loaded. */
export const texts = (locale: Locale): ConsoleTexts => loaded[locale] ?? loaded['es-CR'];
