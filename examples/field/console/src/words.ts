/** The texts of the console in the Spanish of Costa Rica, with which it opens; those in English are loaded for who chose them. */
import type { Locale, PaymentCondition, Phase, WhoseWord } from 'auxilio';
import type { BoardWait, WaitGroup } from 'auxilio/service';
import type { Shape } from '../../ui/words.ts';
import type { Come } from './case-headline.ts';
import type { UnsentProblem } from './read-unsent.ts';

type Wait = { readonly for: BoardWait['for'] | 'disagreement'; readonly about?: string | undefined };

const instructionsInSpanish: Readonly<Record<string, string>> = {
  'client-absence': 'El cliente no está: diga qué hacer',
  identity: 'La identidad no coincide: diga qué hacer',
};

const esCR = {
  title: 'Centro de Contacto',
  loading: 'Abriendo…',
  login: 'Entrar',
  loginName: 'Usuario',
  password: 'Contraseña',
  loginNoSignal: 'No hay conexión con el servidor. Intente de nuevo.',
  sessionEnded: 'Su sesión venció. Entre de nuevo: sigue donde estaba.',
  loginProvider: 'Este usuario es de un proveedor. Entre por el teléfono.',
  logout: 'Salir',
  cannotLeave: 'El servidor no responde: usted sigue adentro. Intente otra vez.',
  otherLanguage: 'English',
  darkTheme: 'Tema oscuro',
  lightTheme: 'Tema claro',
  mute: 'Silenciar',
  unmute: 'Activar sonidos',
  keys: 'Teclas',
  keysHelp: () =>
    [
      'J y K, o las flechas: bajar y subir en una lista',
      'Inicio y Fin: el principio y el final de la lista',
      'Intro: abrir, o hacer lo que sigue',
      'Esc: volver',
      'Ctrl y K: ir a una visita o a una pantalla, o hacer algo de esta',
      'Barra (/): buscar',
      'L: llamar a la persona de la fila',
      'Ctrl e Intro: registrar lo que se llenó',
    ].join('\n'),
  keysHere: 'En esta pantalla',
  palette: 'Ir a…',
  paletteHint: 'Expediente, cliente, proveedor, pantalla o acto',
  paletteNone: 'No hay nada así.',
  letters: 'Usar teclas de una letra, un número o un signo',
  close: 'Cerrar',
  main: 'Pantallas',

  waiting: 'Me esperan',
  visit: 'Visita',
  visits: 'Visitas',
  search: 'Buscar',
  payment: 'Pago',
  handover: 'Entrega de turno',
  stale: 'Sin conexión. Esto es lo último que se recibió; se actualiza solo al volver.',
  nobodyWaits: 'Nadie espera. Lo nuevo aparece aquí y suena.',
  all: 'Todo',
  groups: (group: WaitGroup) =>
    ({
      door: 'En la puerta',
      stopped: 'No pueden seguir',
      owed: 'Por avisar o decidir',
      papers: 'Por documentar',
      passed: 'Ya sin efecto',
    })[group],
  stillOpen: (why: string, time: string) => `${why} (${time}); sigue abierto`,
  waits: ({ for: kind, about }: Wait) =>
    kind === 'give-instruction'
      ? (instructionsInSpanish[about ?? ''] ?? 'Diga qué hacer')
      : {
          'take-up-escalation': 'Atienda lo que se escaló',
          'coordinate-materials': 'Coordine los materiales con el cliente',
          'document-photos': 'Documente las fotos enviadas',
          'document-start': 'Anote la llamada de inicio',
          'notify-delay': 'Avise al cliente del atraso',
          'reassign-provider': 'Asigne a otro proveedor',
          'notify-provider-change': 'Avise al cliente del cambio de proveedor',
          'settle-discrepancy': 'Decida la discrepancia',
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
  arriveBy: (time: string) => `Hora límite de llegada: ${time}`,
  returns: (time: string) => `Quedó en volver: ${time}`,
  open: 'Abiertas',
  owing: 'Con pendientes',
  unclaimed: 'Sin atender',
  silent: 'Teléfono callado',
  lateOnes: 'Sin llegar a tiempo',
  free: 'Sin atender',
  mine: 'Usted',
  heard: (length: string) => `teléfono hace ${length}`,
  notHeard: 'teléfono sin contacto',
  noneHere: 'No hay visitas así.',
  takenOver: 'Trabajo por retomar',
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
      completed: 'Concluida',
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
      'completion-call': 'Llamada de conclusión',
      end: 'Fin de la visita',
      Completed: 'Visita concluida',
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
  recordedFor: (whose: string, who: string) => `${whose} (anotó: ${who})`,
  photos: 'Fotos',
  notArrived: (name: string) => `${name}: no ha llegado`,
  notHere: 'no ha llegado',
  photoCounts: (taken: number, sent: number, held: number, filed: number) =>
    `Tomadas: ${taken} · Enviadas: ${sent} · Recibidas: ${held} · Documentadas: ${filed}`,
  missingSince: (time: string) => `No ha llegado; se dio por enviada ${time}`,
  heldSince: (time: string) => `Recibida ${time}`,
  filedAt: (time: string) => `Documentada ${time}`,
  repeatedIn: (visitId: string) => `La misma foto está en ${visitId}`,
  repeatedHere: 'Otra foto de esta visita es la misma',
  chosenPhotos: (here: number, absent: number) =>
    `Marcadas: ${here} ${here === 1 ? 'recibida' : 'recibidas'}${
      absent === 0
        ? '.'
        : ` y ${absent} sin recibir. ${absent === 1 ? 'Documéntela solo si la tiene' : 'Documéntelas solo si las tiene'} por otro medio, como el correo.`
    }`,
  photoOf: (place: number) => `Foto ${place}`,
  noPhotos: 'Sin fotos.',
  acts: 'Lo que usted puede registrar',
  otherActs: 'Por el proveedor, si llama',
  script: 'Diga',
  askFor: 'Pregunte',
  templates: 'Empiece con una frase y ajústela',
  record: 'Registrar',
  recorded: (act: string) => `Registrado: ${act}.`,
  cancel: 'Dejar',
  leftHere: 'Sigue donde lo dejó.',
  startOver: 'Empezar de nuevo',
  malformed: 'Falta algo por corregir.',
  cannotReach: 'El servidor no responde. Nada se perdió: intente otra vez.',
  refused: 'No se registró.',
  meanwhile: 'Desde que usted abrió esto se registró:',
  yourDecision: 'Lo que usted decidió antes de verlo:',
  recordAnyway: 'Registrar de todos modos',
  dropOwn: 'Descartar lo mío',
  decideAgain:
    'La visita cambió mientras usted decidía. Vea qué se registró: lo que usted escribió sigue aquí y, si todavía corresponde, puede decidir otra vez.',
  youWrote: 'Lo que usted había escrito:',
  noLonger: (act: string, last: string) => `«${act}» ya no se puede registrar: se registró «${last}».`,
  noVisit: 'Esta visita no se pudo abrir.',
  corrects: 'Esto cambia',
  noChange: 'No cambia el tiempo ni el pago.',
  decideCase: 'Decidir la discrepancia',
  discrepancyOpen: (count: number) =>
    count === 1 ? 'Hay 1 discrepancia por decidir' : `Hay ${count} discrepancias por decidir`,
  when: 'Cuándo',
  payable: 'Lista para pago',
  notPayable: 'No es pagable',
  forPayment: 'Para el pago falta',
  toReview: 'No pagar hasta revisar: el registro está roto o no se puede leer',
  conditions: (condition: PaymentCondition) =>
    ({
      completed: 'concluir la visita',
      started: 'el inicio del trabajo',
      'start-reported': 'la llamada de inicio',
      'start-documented': 'anotar la llamada de inicio',
      'completion-reported': 'la llamada de conclusión con el expediente',
      'discrepancy-open': 'decidir la discrepancia',
    })[condition],

  caseDecided: 'Ya no hay nada por decidir en esta visita.',
  decidedSo: (time: string, taken: number, all: number) =>
    `Decidido a ${time}: ${taken === 0 ? 'no se tomó nada' : taken === all ? 'se tomó todo' : `se tomaron ${taken} de ${all} actos`}.`,
  wholeVisit: 'Ver toda la visita',
  somethingLeft: 'Ver lo que se decidió no tomar',
  takeLater: 'Tomar ahora lo que no se tomó',
  laterReason: 'Si se decide otra cosa, ¿por qué?',
  whyAsked: 'Por qué se le pregunta',
  ofAnother: 'Cuando se recibió, la visita ya estaba asignada a otro proveedor.',
  actsCount: (count: number) => (count === 1 ? '1 acto' : `${count} actos`),
  decide: 'Su decisión',
  takeAll: 'Tomar todo',
  takeNone: 'No tomar',
  takeMarked: (count: number) => `Tomar lo marcado (${count})`,
  askThem: 'Preguntarle',
  askMeaning: 'No decide nada: la visita queda a su nombre mientras llama.',
  counts: (length: string) => `cuenta ${length}`,
  countsUntil: (time: string) =>
    `solo hasta ${time}: lo de después no cuenta, salvo que se corrija la hora de la interrupción`,
  runsOn: (length: string) => `el tiempo sigue corriendo, va ${length}`,
  kept: (counted: string) => `queda guardado; ${counted}`,
  notCounted: 'queda guardado, no cuenta',
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
  earlierThan: (act: string, time: string, other: string, otherTime: string) =>
    `Las horas no cuadran: «${act}» dice ${time}, antes que «${other}», ${otherTime}, que ya estaba anotado.`,
  laterThan: (act: string, time: string, received: string) =>
    `Las horas no cuadran: «${act}» dice ${time}, y se recibió antes, a ${received}.`,
  evidence: 'Lo que lo respalda',
  noEvidence: 'Sin autorización, llamadas ni fotos de esa hora.',
  callAt: (time: string) => `Llamada a ${time}`,
  bothSaw: (count: number) => `Hasta el acto ${count} los dos tenían lo mismo. Desde ahí:`,
  theyDidNotSee: 'no lo vio',
  heldUnread: 'en su teléfono, sin leer',
  notWithThem: 'no le había llegado',
  theyReadAt: (time: string) => `lo leyó a ${time}`,
  withoutSeeing: (count: number) => `sin ver ${count === 1 ? '1 acto' : `${count} actos`} de otros`,
  weDidNotSee: (time: string) => `el centro lo supo a ${time}`,
  dependents: (count: number) =>
    `Ver también ${count === 1 ? '1 acto que depende' : `${count} actos que dependen`} de estos`,
  foldThem: 'Ver solo lo que pregunta',
  and: ' y ',
  atHour: (time: string) => `a ${time}`,
  onlyTwins: (name: string, count: number) =>
    `Lo que anotó ${name} ya estaba anotado por el centro (${count === 1 ? '1 acto' : `${count} actos`}). No hay nada que contar dos veces.`,
  wentOn: (name: string, time: string, isOffline: boolean) =>
    `${name} siguió con el trabajo${isOffline ? ' sin señal' : ''} hasta ${time}`,
  workedIn: (name: string, hours: string, isOffline: boolean) =>
    `${name} trabajó ${hours}${isOffline ? ' sin señal' : ''}`,
  noted: (name: string, count: number, hours: string, isOffline: boolean) =>
    `${name} anotó ${count === 1 ? '1 acto' : `${count} actos`}${isOffline ? ' sin señal' : ''}, ${hours}`,
  causeAt: (cause: string, time: string) => `${cause} a ${time}`,
  against: (did: string, causes: string, come: Come, time: string) =>
    `${did}; ${causes}${
      {
        away: ', y no le había llegado',
        unseen: ', y no lo vio',
        held: ': estaba en su teléfono, y no consta que lo leyera',
        late: `, y no lo leyó hasta ${time}`,
        read: `, y lo había leído a ${time}`,
      }[come]
    }.`,
  byLeave: (did: string, by: string, lacks: boolean) =>
    `${did}; ${lacks ? 'le faltaba algo del protocolo y ' : ''}dice que lo autorizó ${by}.`,
  missingThings: (did: string, lacks: boolean) =>
    `${did}${lacks ? '; le faltaba algo del protocolo' : ''}. El centro no cambió nada mientras tanto.`,
  unclear: (did: string, lacks: boolean, acts: string, more: number) =>
    `${did}; ${lacks ? 'le faltaba algo del protocolo, y ' : ''}el centro registró ${acts}${more > 0 ? ` y ${more} más` : ''} mientras tanto.`,
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
  amended: (field: string) =>
    `el centro cambió ${{ client: 'el cliente', service: 'el servicio', place: 'el lugar', caseNumber: 'el expediente' }[field] ?? 'los datos de la visita'}`,

  heldBy: (name: string) => `La atiende ${name}`,
  hold: 'Atenderla',
  letGo: 'Dejar de atenderla',
  seen: 'llegó al teléfono',
  notSeen: 'no ha llegado al teléfono',
  reach: (reach: 'sent' | 'held' | 'read', name: string, time: string) =>
    ({
      sent: `enviada: no ha llegado al teléfono de ${name}`,
      held: `en el teléfono de ${name}, sin leer`,
      read: `leída a ${time} · ${name}`,
    })[reach],
  notRead: (act: string, time: string, age: string, name: string) =>
    `Está en el teléfono y no consta que la leyera: «${act}», ${time} (hace ${age}). Llame a ${name}.`,
  notReached: (act: string, time: string, age: string, name: string) =>
    `No le ha llegado al teléfono: «${act}», ${time} (hace ${age}). Llame a ${name}.`,
  isInside: (time: string) => `Llegó a ${time} y puede estar trabajando. Llame antes.`,
  mayBeInside: 'Puede estar adentro, sin señal. Llame antes.',
  notes: 'Notas del centro',
  newNote: 'Nota para el equipo',
  addNote: 'Anotar',
  searchBy: (byNumber: boolean) =>
    byNumber ? 'Cliente, expediente, proveedor o teléfono' : 'Cliente, expediente o proveedor',
  notFound: (byNumber: boolean) =>
    `No se encontraron visitas. Escriba nombres enteros, o el expediente completo o sus últimos cuatro números${byNumber ? ', o un teléfono completo' : ''}.`,
  foundOne: (place: number, all: number, visit: string) => `${place} de ${all}: ${visit}`,
  moreFound: 'Hay más: agregue otro nombre.',
  paymentFilter: (name: string) =>
    ({ payable: 'Listas', notYet: 'Todavía no', reopened: 'Reabiertas', toJudge: 'Por valorar' })[name] ?? name,
  reopenedBy: (act: string, time: string) => `Reabierta ${time}: ${act}.`,
  countedBefore: (before: string, now: string) => `Antes contaba ${before}, ahora ${now}.`,
  callTo: (name: string) => `Llamar a ${name}`,
  calledAt: (time: string) => `llamada a ${time}: queda en el acto que la pide`,
  disagreementOf: (name: string, time: string) => `${name} no está de acuerdo, ${time}`,
  answered: (name: string, time: string) => `${name}, ${time}`,
  answerText: 'Respuesta al proveedor',
  answerHint:
    'El proveedor la lee en su teléfono. No cambia lo que está anotado: lo que haya que corregir se registra aparte.',
  answer: 'Contestar',
  answerSent: 'Contestado. El teléfono lo muestra.',
  reopenedAt: 'Reabierta',
  payableAgain: 'Vuelve a estar lista.',
  toWeigh: (deviations: number, violations: number) =>
    [
      ...(deviations > 0 ? [deviations === 1 ? '1 desviación' : `${deviations} desviaciones`] : []),
      ...(violations > 0 ? [violations === 1 ? '1 incumplimiento' : `${violations} incumplimientos`] : []),
    ].join(' · '),
  hoursByProvider: 'Horas por proveedor',
  hours: 'Horas',
  total: 'Total',
  client: 'Cliente',
  service: 'Servicio',
  reference: 'Referencia del pago',
  markPaid: 'Marcar como pagada',
  paid: 'Anotada como pagada.',
  more: 'Ver más',
  openNow: (count: number, free: number) =>
    `${count === 1 ? '1 pendiente' : `${count} pendientes`}, ${free === 1 ? '1 sin atender' : `${free} sin atender`}`,
  heldNow: 'Lo que alguien atiende',
  unclaimedNow: 'Lo que nadie atiende',
  allClaimed: 'No hay nada sin atender.',
  nothingLeft: 'Nadie ha dejado nada dicho.',
  nothingHeld: 'Nadie atiende nada.',
  erasures: 'Borrados',
  erasuresHint: 'Los datos de clientes que se pidió borrar, y lo que falta de cada borrado.',
  erasuresNone: 'No se ha pedido borrar nada.',
  heldVisits: 'Visitas retenidas',
  eraseTitle: 'Datos del cliente',
  eraseAsk: 'Borrar los datos del cliente…',
  eraseGoes: 'Se borra',
  eraseGoesTexts: (events: number) =>
    `Los textos del cliente y de quien lo representó, en ${events === 1 ? '1 acto' : `${events} actos`}: el nombre, el lugar, el caso, lo que dijo.`,
  eraseGoesRows: (notes: number, disagreements: number, photographs: number) =>
    `Notas: ${notes}. Desacuerdos: ${disagreements}. Fotografías: ${photographs}, salvo las que otra visita tiene.`,
  eraseGoesTelephone: 'El teléfono del caso, si ninguna otra visita lo tiene.',
  eraseGoesLink: 'El enlace y las sesiones de la página del cliente.',
  eraseGoesOthers: 'Lo mismo en las otras visitas del caso, cada una cuando termine:',
  eraseStays: 'Queda',
  eraseStaysActs: 'Los actos, sus horas y lo que se decidió: se siguen comprobando sin los textos.',
  eraseStaysOthers: 'Lo que es de otras personas: el proveedor y el centro.',
  eraseDebts: (count: number) => `Lo pendiente: ${count}. No detiene el borrado.`,
  eraseWaits: 'La visita no ha terminado. Se borra cuando termine.',
  eraseHeld: (reason: string, at: string) => `Retenida desde ${at}: ${reason}. No se borra hasta que se libere.`,
  eraseClear: 'Los datos de este servidor comenzaron sin claves: no se pueden borrar.',
  eraseGround: 'Quién lo pide',
  eraseGrounds: (ground: string | null) =>
    ground === 'client' ? 'El cliente' : ground === 'authority' ? 'Una autoridad' : 'Volvió de una copia',
  eraseMeaning: 'No se puede deshacer.',
  eraseYes: 'Sí, borrarlos',
  eraseAsked: 'Pedido.',
  holdVisit: 'Retener',
  release: 'Liberar',
  holdReason: 'Por qué se retiene',
  holdReasons: (reason: string) => (reason === 'lawsuit' ? 'Un juicio' : 'Una inspección'),
  eraseState: (state: 'waiting' | 'recorded' | 'erased') =>
    ({ waiting: 'Espera a que la visita termine', recorded: 'Registrado', erased: 'Claves destruidas' })[state],
  eraseConfirmed: 'Confirmado',
  eraseDone: (names: string) => `Olvidado en: ${names}.`,
  eraseLeft: (names: string) => `Falta en: ${names}.`,
  eraseCopy: (name: string) =>
    (
      ({
        'host-rows': 'las notas',
        search: 'la búsqueda',
        quarantine: 'los lotes por decidir',
        photographs: 'las fotografías',
        screens: 'las pantallas',
        phones: 'los teléfonos',
      }) as Record<string, string>
    )[name] ?? name,
  copiesLeft: 'Falta que lo olviden',
  copiesLeftHint: 'Cada uno borra los datos cuando vuelve a conectarse. Si un teléfono se perdió, deje de esperarlo.',
  copyOfClient: 'Página del cliente',
  copyAsked: (at: string, contact: string | null) =>
    `Se le pidió: ${at}; ${contact === null ? 'todavía no se ha conectado' : `último contacto: ${contact}`}`,
  writeOff: 'No esperarlo más',
  writeOffMeaning: 'Los datos pueden quedar en ese aparato. No se puede deshacer.',
  writeOffYes: 'Sí, no esperarlo',
  eraseRotation: 'Falta cambiar la clave maestra: una copia vieja de las claves aún abre.',
  eraseOperator: 'Falta que el operador destruya la clave maestra anterior.',
  erasedBy: (ground: string, at: string, by: string) => `${ground}, ${at}; lo registró ${by}.`,
  devices: 'Teléfonos',
  devicesHint: 'Un teléfono perdido o robado se da de baja aquí.',
  noPhones: 'Ningún teléfono ha entrado todavía.',
  phoneOf: (name: string, day: string) => ['Teléfono de ', name, day && `, ${day}`].join(''),
  ofPhone: (said: string, device: string, phone: string) =>
    said.replace(`dispositivo ${device}`, phone.replace('T', 't')),
  phones: 'Teléfonos y su último contacto',
  revoke: 'Dar de baja',
  revokeMeaning:
    'Al primer contacto pierde lo que ya se recibió, y no registra más. Lo que le falta enviar queda aparte hasta que alguien responda por ello. No se puede deshacer.',
  revokeYes: 'Sí, darlo de baja',
  revoked: 'Dado de baja.',
  revokedAt: (at: string) => `De baja: ${at}`,
  quarantine: 'Entregado por teléfonos dados de baja, o en archivo',
  quarantineNone: 'No hay nada por decidir.',
  quarantineHint: 'Llame al proveedor. Solo si el proveedor lo hizo, responda por ello.',
  vouchReason: 'Cómo lo supo',
  vouch: 'Lo hizo el proveedor',
  vouchDespite: 'Hablé con el proveedor y lo confirma, pese a la firma',
  vouchDespiteHistory: 'Hablé con el proveedor y lo confirma, aunque el registro de la visita ya no es el que él tenía',
  discard: 'No lo hizo',
  vouched: 'Recibido como del proveedor.',
  discarded: 'Queda guardado, y no cuenta.',
  unsentFile: 'Archivo de un teléfono',
  unsentHint:
    'Si un teléfono no puede enviar, el proveedor toca «Entregar archivo» en lo que falta por enviar y le hace llegar el archivo.',
  chooseFile: 'Elegir el archivo',
  dropFile: 'o suéltelo aquí',
  unsentOf: (phone: string, time: string) => `${phone} · entregado ${time}`,
  unsentHas: (acts: number, visits: number, photos: number) =>
    [
      acts === 1 ? '1 acto' : `${acts} actos`,
      photos === 1 ? '1 foto' : `${photos} fotos`,
      visits === 1 ? 'de 1 visita' : `de ${visits} visitas`,
    ].join(' · '),
  unknownProvider: 'Ese proveedor no es de los que atiende este centro.',
  leftOut: (count: number) =>
    `${count === 1 ? 'Falta 1 foto, que no cupo o no se pudo leer' : `Faltan ${count} fotos, que no cupieron o no se pudieron leer`} en el teléfono. Pida otro archivo con lo que falta.`,
  unreadVisits: (count: number) =>
    `El teléfono no pudo leer algo de ${count === 1 ? '1 visita' : `${count} visitas`}: puede faltar aquí.`,
  takeIn: 'Recibir',
  takenIn: (name: string) => `Recibido. Todavía no cuenta: llame a ${name} y responda por lo que hizo.`,
  takenBefore: (batches: number) =>
    batches === 0 ? 'Recibido.' : 'Ese archivo ya se había recibido y decidido: nada se cuenta dos veces.',
  unsentProblems: (problem: UnsentProblem) =>
    ({
      'not-unsent': 'Ese archivo no es de un teléfono. Pida el que da «Entregar archivo».',
      'newer-version':
        'El teléfono tiene una versión posterior a la de esta pantalla. Vuelva a cargarla; si sigue igual, avise a soporte. No se recibió nada, y el teléfono lo conserva.',
      'seal-broken':
        'El archivo está cortado o fue alterado. No se recibió nada: pida que lo entreguen otra vez, porque el teléfono lo conserva.',
      malformed:
        'Una línea del archivo no se puede leer. No se recibió nada: pida que lo entreguen otra vez, porque el teléfono lo conserva.',
      'too-large': 'El archivo pasa de 64 MB, y el de un teléfono no. No se recibió nada.',
      unreadable: 'El archivo no se pudo abrir. Inténtelo de nuevo.',
    })[problem],
  yourShift: 'Su turno',
  sinceTime: (time: string) => `Desde ${time}`,
  leftAt: (time: string) => `Salió ${time}`,
  handoverText: '¿Qué tiene que saber quien sigue?',
  startShift: 'Empezar turno',
  endShift: 'Entregar turno',
  shiftStarted: 'Turno empezado.',
  shiftEnded: 'Turno entregado. Lo que usted atendía quedó libre.',
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
  invalidTime: 'Ponga el día y la hora.',
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
  markFirst: 'Marque las visitas que la reciben',
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
  oldestOnly: (count: number) => `Se muestran las ${count} más antiguas; las demás salen conforme se decidan.`,
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

  newVisit: 'Nueva visita',
  clientNumber: 'Teléfono del cliente',
  clientNumberWrong: 'Escriba los ocho dígitos del teléfono, o deje el espacio en blanco.',
  noteNumber: 'Anotar el teléfono',
  report: 'Informe de la visita',
  reportOf: (caseNumber: string) => `Informe de ${caseNumber}`,
  clientPage: 'La página del cliente',
  makeLink: 'Enlace para el cliente',
  portraitOf: (name: string) => `Fotografía de ${name}`,
  noPortrait: (name: string) => `El cliente no ve ninguna foto de ${name}.`,
  choosePortrait: 'Poner otra foto (hasta 512 KB)',
  makeCode: 'Código por teléfono',
  copy: 'Copiar',
  copied: 'Copiado.',
  sendTo: (number: string) => `Enviar al ${number}`,
  linkMessage: (url: string) => `INS Servicios: siga aquí su visita. El enlace es solo para usted: ${url}`,
  sayCode: (code: string, number: string, until: string) =>
    `Llame al ${number} y diga este código: ${code}. Vale hasta las ${until}.`,
  noticeByLink: (reached: boolean) =>
    reached ? 'Avisado por el enlace: el cliente contestó' : 'Avisado por el enlace: sin respuesta',
  revokeClient: 'Anular el enlace y cerrar sus sesiones',
  openedBy: (way: 'link' | 'code') =>
    way === 'link'
      ? 'El cliente entró por el enlace a su teléfono'
      : 'El cliente entró por un código dicho por teléfono',
  clientLeft: 'cerrada',
  triedAgain: (way: 'link' | 'code', times: number) =>
    `${way === 'link' ? 'El enlace' : 'El código'} ya usado se abrió otra vez: ${times}`,
  clientEnteredNot: 'El cliente no entró a su página: nada de esto lo dijo en su propio teléfono.',
  denies: (fact: string, time: string) => `El cliente niega ${fact} (${time})`,
  whoseWord: 'De quién es la palabra',
  whose: (word: WhoseWord) =>
    ({
      denied: 'El cliente lo niega',
      client: 'Cliente',
      both: 'Ambos',
      provider: 'Proveedor',
      'contact-center': 'Centro de Contacto',
    })[word],
  signedWord: (status: string) =>
    status === 'valid'
      ? 'firmada en su teléfono'
      : status === 'unsigned'
        ? 'sin firma'
        : 'con una firma que no es válida',
  dossier: 'Expediente de pago',
  dossierCounts: (deviations: number, violations: number, corrections: number) =>
    `Desviaciones: ${deviations} · Incumplimientos: ${violations} · Correcciones: ${corrections}`,
  paymentEvidence: 'Evidencia de pago',
  toWeighHere: 'Por valorar',
  verdicts: (status: string) =>
    ({ satisfied: 'cumple', missing: 'falta', late: 'tardía', contradicted: 'contradicha', waived: 'dispensada' })[
      status
    ] ?? status,
  completedAt: 'Concluida',
  minutes: 'Minutos trabajados',
  yes: 'sí',
  no: 'no',
  sheet: 'Bajar hoja',
  takeOver: 'Pasarla a mi nombre',
  takenFromYou: (name: string, caseNumber: string) =>
    `${name} pasó a su nombre la visita del expediente ${caseNumber}, que usted atendía.`,
  asked: 'Se le está preguntando al proveedor por lo que anotó.',

  questions: (name: string, from: string, cause: string | null) =>
    [
      `${name}, le habla el Centro de Contacto. ¿Me cuenta qué hizo desde ${from}?`,
      cause === null ? '¿Con quién habló antes de empezar?' : `A ${cause} cambiamos la visita. ¿Le llegó algún aviso?`,
      '¿El cliente estuvo presente y conforme?',
    ].join('\n'),
  choose: 'Elija…',
  other: 'Otro',
  addRow: 'Agregar',
  remove: 'Quitar',
  onePerLine: 'Cada cosa en una línea.',
  callNow: 'La llamada es ahora',
  now: 'Ahora',
  notToCome: 'Esa hora ya pasó. Corríjala; si está bien, registre otra vez.',
  day: 'Día',
  hour: 'Hora',
};

export type ConsoleTexts = Shape<typeof esCR>;

const loaded: { 'es-CR': ConsoleTexts; en?: ConsoleTexts } = { 'es-CR': esCR };

/** Loads the texts of a language. */
export async function loadTexts(locale: Locale): Promise<void> {
  if (locale === 'en') loaded.en ??= (await import('./words-en.ts')).en;
}

/** The texts of a language; the Spanish ones until they are loaded. */
export const texts = (locale: Locale): ConsoleTexts => loaded[locale] ?? loaded['es-CR'];
