/** The texts of the phone in the Spanish of Costa Rica, with which it opens; those in English are loaded for who chose them. */
import type { Locale, PaymentCondition, Phase } from 'auxilio';
import type { Stop } from '../../ui/to-read.ts';
import type { Shape } from '../../ui/words.ts';
import type { Awaited } from './awaited.ts';
import type { Trouble } from './troubles.ts';

const acts = (count: number) => (count === 1 ? '1 acto' : `${count} actos`);
const photos = (count: number) => (count === 1 ? '1 foto' : `${count} fotos`);

/** With one full stop at its end: *p. m.* has its own. */
export const ended = (text: string) => (text.endsWith('.') ? text : `${text}.`);

/** Joins what there is of acts, photographs and visits. */
export const joinCounts = (and: string, ...parts: readonly (readonly [count: number, said: string])[]) =>
  parts.flatMap(([count, said]) => (count > 0 ? [said] : [])).join(` ${and} `);

const counted = (count: number, pictures: number) =>
  joinCounts('y', [count, acts(count)], [pictures, photos(pictures)]);

const esCR = {
  title: 'Mis visitas',
  loading: 'Abriendo sus visitas…',
  cannotOpen: 'No se pudieron abrir las visitas de este teléfono.',
  newerData:
    'Las visitas de este teléfono se guardaron con una versión más nueva de la aplicación. No se perdió nada. Con señal, cierre la aplicación y ábrala otra vez; si sigue igual, llame al centro.',
  tryAgain: 'Intentar de nuevo',

  login: 'Entrar',
  loginName: 'Usuario',
  password: 'Contraseña',
  loginWrong: 'El usuario o la contraseña no coinciden.',
  loginLater: 'Hubo demasiados intentos. Espere unos minutos e intente de nuevo.',
  loginNoSignal: 'No hay respuesta del centro. Revise si tiene señal e intente de nuevo.',
  loginNotProvider: 'Este usuario no es de un proveedor. Entre por la consola.',
  logout: 'Salir',
  logoutAsked: 'Sin señal no podrá volver a entrar, ni registrar nada. ¿Quiere salir?',
  logoutNot: 'No, quedarme',
  logoutAnyway: 'Sí, salir',
  logoutKeeps: 'Lo que falta enviar se queda en este teléfono y se envía cuando usted vuelva a entrar.',
  sessionEnded: 'Su sesión venció. Siga trabajando: todo se guarda. Entre de nuevo para enviarlo.',
  storeClosed:
    'Este teléfono ya no guarda nada: se cerraron sus datos. Entregue en un archivo lo que falta enviar, y abra la aplicación de nuevo.',
  otherLanguage: 'English',
  darkTheme: 'Tema oscuro',
  lightTheme: 'Tema claro',
  mute: 'Silenciar los avisos',
  unmute: 'Avisar con sonido',

  open: 'Por hacer',
  ended: 'Terminadas',
  noVisits: 'No tiene visitas asignadas.',
  noVisitsYet: 'Sus visitas llegan cuando haya señal.',
  fetching: (count: number) => (count === 0 ? 'Recibiendo sus visitas…' : `Recibiendo sus visitas: van ${count}…`),
  expectedBy: (time: string) => `Hora límite de llegada: ${time}`,
  returns: (time: string) => `Usted quedó en volver: ${time}`,
  caseNumber: (text: string) => `Expediente ${text}`,
  startsOther: (name: string) => `Usted está en la visita de ${name}. ¿Quiere abrir esta otra?`,
  openAnyway: 'Sí, abrirla',
  stay: 'No, seguir en la que estoy',
  back: 'Volver',

  saved: 'Guardado en este teléfono. Falta enviarlo.',
  sentByItself: 'El centro ya tiene las fotos: el envío quedó anotado solo.',
  upToDate: (time: string) => ended(`Al día con el centro, a ${time}`),
  received: (time: string) => ended(`Recibido por el centro a ${time}`),
  allReceived: 'El centro tiene todo lo que usted registró.',
  sending: 'Enviando…',
  noSignal: (count: number, pictures: number) =>
    count + pictures === 0
      ? 'Sin señal. Siga trabajando: todo se guarda aquí.'
      : `Sin señal. Siga trabajando: ${counted(count, pictures)} por enviar.`,
  noAnswer: (count: number, pictures: number) =>
    count + pictures === 0
      ? 'El centro no responde. Siga trabajando: todo se guarda aquí.'
      : `El centro no responde. Siga trabajando: ${counted(count, pictures)} por enviar.`,
  attention: (count: number, pictures: number, visits: number) =>
    `${joinCounts('y', [count, acts(count)], [pictures, photos(pictures)], [visits, visits === 1 ? '1 visita' : `${visits} visitas`]) || 'Algo'} sin recibir: vea por qué`,
  toSend: (count: number, pictures: number) => `${counted(count, pictures)} por enviar. Guardado en este teléfono.`,
  unknown: 'Todavía no se sabe qué tiene el centro.',
  undo: 'Deshacer',
  undone: 'Deshecho: no se registró.',

  next: 'Ahora sigue',
  awaits: (matter: Awaited | 'nothing') =>
    ({
      'client-absence':
        'Usted reportó que el cliente no está. Espere ahí: el centro le va a decir qué hacer. Si el cliente llega, registre su regreso.',
      return:
        'El cliente no está. Espérelo, como indicó el centro. Si llega, registre su regreso; si no, repórtelo otra vez.',
      identity: 'Usted reportó que no pudo validar la identidad. Espere: el centro le va a decir qué hacer.',
      materials: 'Usted reportó el desacuerdo. Espere: el centro va a hablar con el cliente y le va a decir qué hacer.',
      reassignment: 'El centro busca a otro proveedor para esta visita. Si usted puede hacerla, llame al centro.',
      closed: 'La visita quedó cerrada. No falta nada más.',
      nothing: 'Por ahora no hay nada que usted deba registrar.',
    })[matter],
  changedIt: (time: string) => `El centro hizo un cambio a ${time}`,
  goOnWithout: 'Puede seguir sin',
  instructed: (time: string) => `El centro le indicó a ${time}`,
  mustRead: (stop: Stop) =>
    ({
      cancel: 'El centro cancela esta visita',
      reschedule: 'El centro cambia la fecha de esta visita',
      reassign: 'El centro le va a dar esta visita a otra persona',
      wait: 'El centro le pide esperar',
      taken: 'El centro le dio esta visita a otra persona',
    })[stop],
  read: 'Entendido',
  moreToRead: (count: number) =>
    count === 1 ? 'Después hay otra indicación.' : `Después hay otras ${count} indicaciones.`,
  say: 'Diga',
  listen: 'Escuchar',
  stop: 'Callar',
  alsoOpen: 'También puede',
  again: 'Volver a registrar',
  whyNot: '¿Por qué no puedo…?',
  cannot: 'No se puede…',
  cannotHint: 'Elija lo que pasa. Si hace falta una llamada, se le pide aquí mismo.',
  cannotNone: 'Por ahora ninguno de estos casos se puede registrar.',
  cases: (act: Trouble) =>
    ({
      ReportTransitIssue: 'Hay un problema en el camino',
      ReportClientAbsence: 'El cliente no está, o se fue',
      RejectIdentity: 'La persona no es quien dice ser',
      RejectMaterials: 'Los materiales no sirven',
      ReportMaterialsRefusal: 'El cliente no quiere cambiar los materiales',
      RequestExtraMaterials: 'Faltan materiales',
      PauseWork: 'Hay que detener el trabajo',
      RecordObjection: 'El cliente no está conforme',
      EscalateClientImpact: 'Algo perjudica al cliente',
      DeclineOffContractRequest: 'El cliente pide algo que el seguro no cubre',
      CloseVisit: 'Hay que cerrar la visita',
    })[act],
  refuses: 'El cliente no quiere (fotos, revisión, pruebas…)',
  refusesText:
    'No insista. Llame al centro: puede autorizar que usted siga sin eso, y aquí se abre lo que sigue. Sin señal, también vale por teléfono: toque «¿Por qué no puedo…?», el acto que sigue y «Ya lo hice».',
  noSignalHelp: 'No hay señal',
  noSignalHelpText:
    'Siga con el trabajo: todo se guarda en el teléfono y se envía solo. Lo que se hace por llamada, hágalo por llamada.',
  done: 'Lo que ya registré',
  mistake: 'Me equivoqué',
  mistakeUnsent: 'Todavía está en este teléfono. Puede deshacerlo.',
  mistakeLate: 'Ya no se puede deshacer aquí. Llame al centro: corrige lo que se pueda, y queda constancia.',
  mistakeNeeded: 'Otros actos dependen de este. Deshaga primero los que siguen.',
  call: 'Llamar al centro',
  callClient: 'Llamar al cliente',
  atDoor: 'En la puerta',
  continue: 'Continuar',
  details: 'Agregar datos u otra hora',
  record: 'Guardar',
  usual: 'Lo de siempre',
  byEmail: 'No se pudo por la aplicación: las envié por correo electrónico',
  whenDone: '¿Cuándo fue?',
  now: 'Ahora',
  before: 'Fue antes, a las…',
  notToCome: 'Esa hora ya pasó. Corríjala; si está bien, guarde otra vez.',
  day: 'Día',
  hour: 'Hora',
  invalidTime: 'Ponga el día y la hora.',
  inFuture: 'Esa hora todavía no llega. ¿Está bien?',
  longAgo: (ago: string) => `Eso fue hace ${ago}. ¿Está bien?`,
  yesThatTime: 'Sí, fue a esa hora',
  clockSuspect: (phone: string, estimate: string) =>
    `${ended(`El reloj de este teléfono dice ${phone}, pero según el del centro es cerca de ${estimate}`)} ¿A qué hora fue?`,
  useEstimate: (time: string) => `A ${time}`,
  useEntered: (time: string) => `A ${time}, como usted la puso`,
  useOwn: (time: string) => `A ${time}, como dice el teléfono`,
  draft: 'Sin terminar',
  draftOf: (name: string, time: string) => `${name}, empezado a ${time}`,

  notYet: (name: string) => `Todavía no puede ${name}`,
  openedNow: (name: string) => `Ahora sí puede ${name}`,
  opens: 'También falta',
  correct: 'Corregir los datos',
  didIt: 'Ya lo hice',
  didItHint: 'Queda guardado tal como pasó, y el centro lo revisa. Nada se pierde.',
  authorisedBy: '¿Quién lo autorizó?',
  authorisedHint: 'El nombre o el código de quien le atendió; si nadie, ponga su nombre.',
  reason: '¿Cómo y por qué?',
  reasonHint: 'Por ejemplo: por teléfono, 10:14, el cliente tenía prisa.',
  neverYours: 'Esto lo registra el centro. Llame.',

  malformed: 'Falta algo por corregir:',
  checkMarked: 'Falta algo por corregir: revise los datos señalados.',
  needsUpgrade: 'Esta visita tiene datos de una versión nueva. Con señal, cierre la aplicación y ábrala otra vez.',
  ledElsewhere: 'Otro teléfono suyo lleva esta visita.',
  notHere: 'Esta visita no está en el teléfono. Espere a tener señal para recibirla.',
  takeLead: 'Llevarla en este teléfono',
  revoked:
    'El centro dio de baja este teléfono. No registre más aquí; lo que falta enviar puede entregarlo en un archivo.',
  notSaved: 'No se guardó: no queda espacio en el teléfono. Borre fotos o videos e intente otra vez.',
  notSavedOther: 'No se guardó. Cierre la aplicación, ábrala e intente otra vez.',
  reassigned: 'Esta visita ya la lleva otra persona. Lo que usted registró se conserva.',
  cancelled: 'El centro pidió cancelar esta visita. Ciérrela.',
  changed: 'El centro cambió esta visita antes de recibir lo que usted registró. Llame antes de continuar.',
  inReview: (goesOn: boolean) =>
    `El centro está revisando lo que usted anotó. Nada se perdió${goesOn ? '; siga con el trabajo' : ''}.`,

  takePhoto: 'Tomar fotos',
  readingPhotos: 'Leyendo las fotos…',
  photoBroken: (name: string) => `«${name}» está dañada o no es una foto. Tómela otra vez, o elija otra foto.`,
  photoTooLarge: (name: string) => `«${name}» pesa más de 10 MB, y el centro no la acepta. Tómela con menos calidad.`,
  photoCount: (count: number) => photos(count),
  photoOf: (place: number) => `Foto ${place}`,
  beforeWork: 'antes',
  afterWork: 'después',
  missingShots: (names: readonly string[]) => `Faltan: ${names.join(', ')}`,
  remove: 'Quitar',
  addRow: 'Agregar',
  add: 'Agregar otro',
  choose: 'Elija…',
  other: 'Otro',
  onePerLine: 'Cada cosa en una línea.',
  callNow: 'Llamar ahora',
  useHere: 'Usar mi ubicación',
  located: 'Ubicación tomada',
  notLocated: 'No se pudo tomar la ubicación. Puede seguir sin ella.',

  waiting: 'Por enviar',
  waitingNone: 'No falta nada por enviar.',
  actsWaiting: 'Actos por enviar',
  photosWaiting: 'Fotos por enviar',
  disagreementsWaiting: 'Desacuerdos por enviar',
  oldest: 'El más antiguo',
  lastSync: 'Última conexión con el centro',
  never: 'Nunca',
  withheld: 'Apartados: no se pueden enviar así',
  whyWithheld: (reason: string) =>
    ({
      malformed: 'El centro no lo puede leer. Llame.',
      'too-large': 'Es más grande de lo que el centro acepta. Llame.',
      'photos-refused': 'El centro no aceptó alguna de sus fotos: está en esta lista.',
      'photos-lost': 'Sus fotos ya no están en este teléfono, y el centro no las tiene.',
      quarantined: 'El centro lo recibió y lo está revisando.',
    })[reason] ?? '',
  whyRefused: (reason: string) =>
    ({
      'not-an-image': 'El centro no la acepta: no es una foto que se pueda ver.',
      'too-large': 'El centro no la acepta: pesa demasiado.',
      lost: 'Se borró de este teléfono sin enviarse.',
    })[reason] ?? '',
  lostActs: (count: number) =>
    `${count === 1 ? 'Se perdió 1 acto que estaba guardado' : `Se perdieron ${acts(count)} que estaban guardados`} en este teléfono, y el centro no ${count === 1 ? 'lo' : 'los'} tiene. Llame al centro y cuente lo que hizo.`,
  lostStore: (time: string) =>
    `Este teléfono perdió los datos de la aplicación (${time}). Las fotos sin enviar y lo que estaba sin terminar se perdieron. Los actos de la lista todavía se pueden enviar, o entregar en un archivo.`,
  receivedBefore: (time: string) =>
    `El centro tiene lo que usted registró en este teléfono hasta: ${time}. Lo que hizo después y no está en la lista, regístrelo otra vez.`,
  understood: 'Ya lo leí',
  takeAnother: 'Tomar otra',
  replacePhoto: 'Cambiarla por otra',
  withdraw: 'Quitarla de lo que se envía',
  sendNow: 'Enviar ahora',
  handIn: 'Entregar archivo',
  handInHint: 'Un archivo con todo lo que falta, para entregarlo en el centro si este teléfono no puede enviar.',
  failing: 'No se pudo enviar',
  failures: (kind: string) =>
    ({
      unavailable: 'No hay respuesta del centro.',
      unauthenticated: 'Su sesión venció. Entre de nuevo.',
      forbidden: 'El centro no acepta esta visita de su parte. Llame.',
      diverged: 'El registro del centro no coincide con el de este teléfono. Llame.',
      'too-large': 'Es más grande de lo que el centro acepta. Llame.',
      'upgrade-required': 'Hay una versión nueva. Cierre la aplicación y ábrala con señal.',
    })[kind] ?? 'El centro no pudo recibirlo. Llame.',

  worked: 'Tiempo trabajado',
  forPayment: 'Para el pago falta',
  payable: 'Lista para pago',
  conditions: (condition: PaymentCondition) =>
    ({
      completed: 'que la visita esté concluida',
      started: 'el inicio del trabajo',
      'start-reported': 'la llamada de inicio',
      'start-documented': 'que el centro anote la llamada de inicio',
      'completion-reported': 'la llamada de conclusión con el número de expediente',
      'discrepancy-open': 'que el centro revise lo que anotó',
    })[condition],
  ofAnother: 'La lleva otra persona',
  takenOver: 'Trabajo por retomar',
  phases: (phase: Phase) =>
    ({
      unassigned: 'Sin asignar',
      'awaiting-reassignment': 'Por reasignar',
      away: 'Espera una segunda visita',
      'in-transit': 'En camino',
      'on-site': 'En el lugar',
      working: 'Trabajando',
      'on-break': 'En pausa',
      'awaiting-materials': 'Esperando materiales',
      completed: 'Concluida',
      closed: 'Cerrada',
    })[phase],
  statusSent: 'Recibido',
  statusOfCenter: 'Registrado por el centro',
  statusWaiting: 'En este teléfono',
  statusReview: 'En revisión',
  statusTaken: 'El centro lo tomó',
  statusNotTaken: 'El centro no lo tomó',
  corrected: 'Hora corregida por el centro',
  annulled: 'Anulado por el centro',

  decidedAt: (time: string) => `El centro decidió sobre lo que usted anotó, ${time}`,
  decided: (taken: number, all: number) =>
    taken === all ? 'Lo tomó.' : taken === 0 ? 'No lo tomó.' : `Tomó ${taken} de ${acts(all)}.`,

  disagree: 'No estoy de acuerdo',
  disagreeHint: 'Diga con qué: las horas, un acto que no se tomó, el pago. El centro le contesta aquí.',
  disagreeReason: '¿Con qué no está de acuerdo?',
  disagreeSend: 'Enviar al centro',
  disagreeBack: 'No, dejarlo así',
  disagreeSaid: (time: string) => `No está de acuerdo, ${time}`,
  disagreeWaits: 'Guardado en este teléfono. Falta enviarlo.',
  disagreeReceived: 'Recibido por el centro. Le contestarán aquí.',
  disagreeRefused: 'El centro no lo pudo recibir. Llame.',
  disagreeAnswer: (name: string, time: string) => `Contestó ${name}, ${time}`,
};

export type PhoneTexts = Shape<typeof esCR>;

const loaded: { 'es-CR': PhoneTexts; en?: PhoneTexts } = { 'es-CR': esCR };

/** Loads the texts of a language. */
export async function loadTexts(locale: Locale): Promise<void> {
  if (locale === 'en') loaded.en ??= (await import('./words-en.ts')).en;
}

/** The texts of a language; the Spanish ones until they are loaded. */
export const texts = (locale: Locale): PhoneTexts => loaded[locale] ?? loaded['es-CR'];
