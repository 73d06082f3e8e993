import type { EventType, VisitEvent } from '../../messages/index.ts';

/** The contents that a column may have. */
export type ColumnRole =
  | 'visitId'
  | 'date'
  | 'time'
  | 'moment'
  | 'act'
  | 'provider'
  | 'operator'
  | 'recorder'
  | 'caseNumber'
  | 'client'
  | 'title'
  | 'service'
  | 'place'
  | 'arriveBy'
  | 'providerName'
  | 'detail';

/** The words of a list, parted by commas. */
const list = (words: string): readonly string[] => words.replaceAll(/\s+/g, ' ').trim().split(', ');

/** The usual headings of such a column, in Spanish and English, without accents. */
export const headings: Readonly<Record<ColumnRole, readonly string[]>> = {
  visitId: list(`
    visita, id visita, id de visita, numero de visita, n visita, visit, visit id, visitid, orden, orden de
    servicio, ticket, boleta, solicitud, numero de solicitud, numero de orden, orden de trabajo, consecutivo,
    folio, numero de boleta, ticket number, job, job number, work order, order number
  `),
  moment: list(`
    fecha y hora, fecha hora, fechahora, momento, cuando, date time, datetime, date and time, timestamp, when,
    occurred at, at, fecha y hora del evento, fecha y hora de la gestion, marca de tiempo, hora y fecha, time
    stamp, created at, event date and time
  `),
  date: list(`
    fecha, dia, date, day, fecha del evento, fecha de la gestion, fecha del servicio, fecha de la visita, event
    date
  `),
  time: list('hora, time, hour, hora del evento, hora de la gestion, hora real, event time'),
  act: list(`
    gestion, acto, accion, evento, tipo, tipo de evento, actividad, paso, act, action, event, event type, type,
    activity, step, estado, estatus, etapa, hito, tipo de gestion, gestion realizada, movimiento, suceso,
    bitacora, status, stage, milestone
  `),
  provider: list(`
    proveedor, id proveedor, id del proveedor, codigo de proveedor, tecnico, provider, provider id, technician,
    codigo del tecnico, codigo de tecnico, id tecnico, cedula del proveedor, proveedor asignado, tecnico asignado,
    prestador, contratista, contractor, contractor id, vendor, vendor id
  `),
  operator: list(`
    operador, operadora, agente, id operador, operator, operator id, agent, asesor, asesora, gestor, gestora,
    ejecutivo, ejecutiva, despachador, despachadora, id agente, codigo de agente, atendido por, dispatcher, agent
    id, attended by
  `),
  recorder: list(`
    registro, registrado por, anoto, anotado por, quien registro, rol, recorded by, role, entered by, origen,
    source, fuente, canal, medio, registra, channel
  `),
  caseNumber: list(`
    expediente, numero de expediente, n expediente, caso, numero de caso, case, case number, case no, file number,
    siniestro, numero de siniestro, numero de aviso, referencia, claim, claim number, reference
  `),
  client: list(`
    cliente, nombre del cliente, asegurado, client, client name, customer, insured, nombre del asegurado, titular,
    nombre del titular, tomador, insured name, policyholder
  `),
  title: ['trato', 'tratamiento', 'title'],
  service: list(`
    servicio, tipo de servicio, service, asistencia, tipo de asistencia, especialidad, oficio, assistance, trade
  `),
  place: list(`
    lugar, direccion, ubicacion, place, address, location, direccion exacta, domicilio, sitio, direccion del
    servicio, site
  `),
  arriveBy: list(`
    llegar antes de, hora limite, hora limite de llegada, llegada prometida, arrive by, latest arrival, deadline,
    hora compromiso, hora prometida, hora pactada, llegada maxima, eta
  `),
  providerName: list(`
    nombre del proveedor, nombre proveedor, nombre del tecnico, provider name, technician name, nombre del
    prestador, nombre del contratista, contractor name, vendor name
  `),
  detail: list(`
    detalle, detalles, nota, notas, observacion, observaciones, comentario, comentarios, descripcion, detail,
    details, note, notes, comment, comments, description, observaciones de la gestion, comentarios de la gestion,
    memo, remarks
  `),
};

/**
 * Synonyms of the acts, as call centers write them. Every act is also found by its type, its command and its names in both
 * languages, and all of these by the beginnings of their words.
 */
export const otherNames: { readonly [T in EventType]?: readonly string[] } = {
  VisitAssigned: list(`
    asignacion, asignado, caso asignado, servicio asignado, asignacion de proveedor, asignacion de tecnico,
    proveedor asignado, tecnico asignado, despacho, servicio despachado, assignment, assigned, dispatched, job
    assigned
  `),
  AssignmentAmended: list(`
    correccion, correccion de datos, datos corregidos, cambio de datos, actualizacion de datos, modificacion de la
    asignacion, details changed, data corrected
  `),
  TransitIssueReported: list(`
    atraso, aviso de atraso, reporta atraso, retraso, demora, aviso de demora, llega tarde, averia, averia del
    vehiculo, inconveniente, inconveniente en ruta, problema en ruta, llanta ponchada, varado, delay, running
    late, breakdown, car trouble, issue on the way
  `),
  TransitIssueAcknowledged: list(`
    acuse, acuse del aviso, acuse de recibo, enterado, enterado del atraso, aviso de atraso recibido, delay
    acknowledged
  `),
  ClientNotified: list(`
    cliente avisado, cliente notificado, cliente informado, llamada al cliente, notificacion al cliente, se avisa
    al cliente, se informa al cliente, se llama al cliente, client told, client called, client informed, customer
    notified, customer called
  `),
  ProviderReassigned: list(`
    reasignacion, reasignado, cambio de proveedor, cambio de tecnico, proveedor reasignado, nuevo proveedor,
    reassigned, provider changed
  `),
  ProviderArrived: list(`
    llegada, llego, arribo, en sitio, en el sitio, en el lugar, llegada al sitio, llegada al lugar, llegada del
    tecnico, tecnico en sitio, proveedor en sitio, arrival, on site, arrived on site, check in
  `),
  CredentialShown: list(`
    carne, gafete, muestra carne, muestra el gafete, presenta carne, carne presentado, presentacion del carne, se
    identifica, tecnico se identifica, badge, badge shown, shows id
  `),
  ClientAbsenceReported: list(`
    ausencia, cliente ausente, cliente no esta, cliente no se encuentra, cliente no atiende, no hay nadie, nadie
    en casa, absence, client absent, customer absent, nobody home, no show
  `),
  ClientReturned: list(`
    cliente llego, cliente se presenta, aparece el cliente, llegada del cliente, return, client back, customer
    back
  `),
  InstructionGiven: list(`
    indicacion, indicacion del centro, indicaciones del centro, autorizacion, autorizacion del centro, orden del
    centro, authorization, instruction given
  `),
  IdentityValidated: list(`
    identidad, identidad confirmada, identidad verificada, verificacion de identidad, verificacion de cedula,
    cedula verificada, cedula validada, cliente identificado, identity, identity verified, id checked
  `),
  IdentityRejected: list(`
    identidad no coincide, cedula no coincide, no es el asegurado, identity mismatch, id does not match
  `),
  ServiceAnnounced: list(`
    anuncio, servicio informado, saludo, saludo al cliente, saludo y presentacion, service explained, greeting
  `),
  FaultLocated: list(`
    falla, falla encontrada, falla localizada, localizacion de la falla, averia localizada, averia ubicada, dano
    localizado, dano ubicado, fault found, problem located
  `),
  AreaInspected: list(`
    revision, revision inicial, inspeccion inicial, inspeccion del area, inspeccion del lugar, recorrido,
    walkthrough, initial inspection
  `),
  PhotosTaken: list(`
    fotos, fotos tomadas, toma de fotos, fotos iniciales, fotos antes, fotos del dano, fotografias, photos,
    pictures, pictures taken
  `),
  PhotosSubmitted: list(`
    fotos enviadas, envio de fotos, envia fotos, envio de fotografias, manda fotos, fotos al centro, pictures
    sent, photos uploaded
  `),
  PhotosDocumented: list(`
    fotos documentadas, fotos archivadas, fotos adjuntas, fotos en el expediente, documentacion de fotos, photos
    filed, photos attached
  `),
  ServiceAssessed: list(`
    valoracion, valoracion del servicio, valoracion del dano, diagnostico, evaluacion, evaluacion del dano,
    evaluation
  `),
  WorkExplained: list(`
    explicacion, explicacion al cliente, explica el trabajo, se explica al cliente, work to be done explained
  `),
  MaterialsSupplied: list(`
    cliente entrega materiales, cliente compra materiales, compra de materiales, materiales comprados, materiales
    listos, materials delivered, materials bought, materials ready
  `),
  MaterialsAccepted: list(`
    acepta materiales, materiales conformes, materiales revisados, materiales aprobados, materials ok, materials
    approved
  `),
  MaterialsRejected: list(`
    rechaza materiales, materiales malos, materiales no sirven, materiales incorrectos, wrong materials
  `),
  MaterialsChangeRefused: list(`
    desacuerdo, desacuerdo por materiales, cliente no cambia materiales, cliente insiste con sus materiales,
    disagreement
  `),
  MaterialsCoordinated: ['coordinacion de materiales', 'se coordinan materiales', 'materials arranged'],
  ExtraMaterialsRequested: list(`
    materiales adicionales, mas materiales, faltan materiales, pide materiales, solicitud de materiales, solicita
    materiales, more materials, materials requested
  `),
  ToolsShown: list(`
    herramientas, muestra herramientas, muestra de herramientas, revision de herramientas, inventario de
    herramientas, herramientas revisadas, ingreso de herramientas, tools checked
  `),
  AreaCleared: list(`
    despeje, area libre, area lista, mueve muebles, se corren muebles, area prepared, furniture moved
  `),
  StartReported: list(`
    aviso de inicio, reporta inicio, reporte de inicio, llama para iniciar, start reported, call before start
  `),
  StartDocumented: list('inicio anotado, inicio registrado, registro del inicio, start filed, start logged'),
  WorkStarted: list(`
    inicio, inicio de labores, inicio de trabajos, inicio de obra, inicio de la reparacion, inicia labores, inicia
    trabajo, comienzo, comienza el trabajo, arranque, empieza a trabajar, en ejecucion, start, started, start of
    job, in progress
  `),
  Paused: list(`
    pausa, almuerzo, hora de almuerzo, pausa de almuerzo, sale a almorzar, salida a almuerzo, receso, descanso,
    tiempo de comida, cafe, break, lunch, lunch break
  `),
  Resumed: list(`
    reanudacion, reingreso, fin de pausa, fin de almuerzo, regreso de almuerzo, vuelve de almorzar, vuelve al
    trabajo, retoma labores, continua el trabajo, end of break, back from lunch, back to work, resumed
  `),
  QualityTested: list(`
    pruebas, prueba de funcionamiento, pruebas de funcionamiento, prueba final, pruebas finales, verificacion
    final, tests, test, final test
  `),
  ClientConformed: list(`
    conformidad, cliente conforme, cliente satisfecho, firma de conformidad, firma del cliente, firma, visto
    bueno, visto bueno del cliente, recibido conforme, acepta el trabajo, client satisfied, customer satisfied,
    signed, sign off, signature
  `),
  ClientObjected: list(`
    objecion, reclamo, queja, queja del cliente, cliente inconforme, cliente no conforme, inconformidad, client
    dissatisfied, complaint
  `),
  SiteHandedOver: list(`
    entrega del lugar, entrega del trabajo, entrega de la obra, entrega al cliente, limpieza y entrega, deja
    limpio, hand over, site returned
  `),
  BelongingsShown: list(`
    pertenencias, revision de pertenencias, revision del bulto, revision de salida, muestra el bulto, muestra
    pertenencias, bag check
  `),
  CompletionReported: list(`
    aviso de conclusion, reporta conclusion, llamada de cierre, llamada final, aviso de finalizacion, reporte de
    finalizacion, aviso de fin, reporta que termino, end reported, completion reported
  `),
  FarewellGiven: list('se despide, despedida del cliente, goodbye, says goodbye'),
  Completed: list(`
    conclusion, concluido, finalizado, finalizacion, terminado, fin, fin de labores, fin de la visita, fin del
    servicio, fin del trabajo, termina el trabajo, trabajo terminado, servicio concluido, servicio finalizado,
    visita terminada, completado, completion, completed, finished, done, end, job done, end of visit
  `),
  VisitClosed: list(`
    cierre, cierre de la visita, cierre del caso, caso cerrado, cerrado, cancelado, cancelacion, visita cancelada,
    servicio cancelado, reprogramado, reprogramacion, visita reprogramada, closing, cancelled, canceled,
    rescheduled
  `),
  ClientImpactEscalated: list(`
    afectacion, escalado, dano a terceros, dano al cliente, dano ocasionado, se escala, escalated, damage caused
  `),
  ConductBreachReported: list(`
    falta de conducta, mala conducta, queja de conducta, mal comportamiento, breach of conduct, misconduct
  `),
  OffContractRequestDeclined: list(`
    solicitud declinada, trabajo extra rechazado, trabajo adicional rechazado, no se hace trabajo extra, request
    declined
  `),
  OffContractActPerformed: list(`
    trabajo extra, trabajo adicional, trabajo fuera de contrato, extra work, additional work
  `),
  ActAnnulled: list(`
    anulacion, anulado, gestion anulada, registro por error, se anula, annulled, voided, recorded by mistake
  `),
  TimeCorrected: list('correccion de hora, ajuste de hora, cambio de hora, time changed, time adjusted'),
  DiscrepancyReported: list('discrepancia, diferencia reportada, no cuadra, mismatch, difference reported'),
  DiscrepancySettled: ['discrepancia cerrada', 'diferencia resuelta', 'difference settled'],
  FactsAttested: list(`
    declaracion del cliente, cliente declara, testimonio del cliente, cliente confirma los hechos, cliente niega los
    hechos, client statement, statement of the client, client confirms the facts, client denies the facts
  `),
};

/** Words that may be several acts: only a person knows which. */
export const unclearNames: { readonly [word: string]: readonly EventType[] } = {
  salida: ['Paused', 'FarewellGiven', 'Completed'],
  retiro: ['Paused', 'FarewellGiven', 'Completed'],
  'se retira': ['Paused', 'FarewellGiven', 'Completed'],
  limpieza: ['AreaCleared', 'SiteHandedOver'],
  'limpieza del area': ['AreaCleared', 'SiteHandedOver'],
  presentacion: ['CredentialShown', 'ServiceAnnounced'],
  'fuera de contrato': ['OffContractRequestDeclined', 'OffContractActPerformed'],
  'gestion adicional': ['OffContractRequestDeclined', 'OffContractActPerformed'],
  llamada: ['ClientNotified', 'StartReported', 'CompletionReported'],
  aviso: ['TransitIssueReported', 'ClientNotified', 'StartReported'],
  materiales: ['MaterialsSupplied', 'MaterialsAccepted'],
  entrega: ['MaterialsSupplied', 'SiteHandedOver'],
  rechazo: ['IdentityRejected', 'MaterialsRejected'],
  regreso: ['ClientReturned', 'Resumed'],
  cambio: ['AssignmentAmended', 'ProviderReassigned', 'TimeCorrected'],
  documentacion: ['PhotosDocumented', 'StartDocumented'],
  identificacion: ['CredentialShown', 'IdentityValidated'],
  cedula: ['CredentialShown', 'IdentityValidated'],
  area: ['AreaInspected', 'AreaCleared'],
  call: ['ClientNotified', 'StartReported', 'CompletionReported'],
  materials: ['MaterialsSupplied', 'MaterialsAccepted'],
  identification: ['CredentialShown', 'IdentityValidated'],
  leaves: ['Paused', 'FarewellGiven', 'Completed'],
  departure: ['Paused', 'FarewellGiven', 'Completed'],
  cleaning: ['AreaCleared', 'SiteHandedOver'],
  delivery: ['MaterialsSupplied', 'SiteHandedOver'],
};

type FieldOf<T extends EventType> = keyof Extract<VisitEvent, { readonly type: T }>['data'];

/** The field for the text of a detail column, of the acts that have one. */
export const detailFields: { readonly [T in EventType]?: FieldOf<T> } = {
  VisitAssigned: 'instructions',
  TransitIssueReported: 'detail',
  CredentialShown: 'credentialId',
  InstructionGiven: 'text',
  FaultLocated: 'where',
  ServiceAssessed: 'diagnosis',
  WorkExplained: 'method',
  StartDocumented: 'reference',
  ClientObjected: 'what',
  SiteHandedOver: 'detail',
  VisitClosed: 'reason',
  ClientImpactEscalated: 'what',
  ConductBreachReported: 'detail',
  OffContractRequestDeclined: 'detail',
};

/** The recorder of a row, by the words that sheets use. */
export const recorderWords: Readonly<Record<string, 'provider' | 'contact-center' | 'client'>> = {
  app: 'provider',
  aplicacion: 'provider',
  proveedor: 'provider',
  tecnico: 'provider',
  provider: 'provider',
  technician: 'provider',
  operador: 'contact-center',
  operadora: 'contact-center',
  centro: 'contact-center',
  'centro de contacto': 'contact-center',
  'call center': 'contact-center',
  'contact center': 'contact-center',
  operator: 'contact-center',
  cliente: 'client',
  client: 'client',
};

/** Texts that stand for a blank cell. */
export const blanks = ['-', '--', 'n/a', 'na', 's/d', 'nd', 'n/d', 'null', 'none'];
