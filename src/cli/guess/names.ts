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

/** The usual headings of such a column, in Spanish and English, without accents. */
export const headings: Readonly<Record<ColumnRole, readonly string[]>> = {
  visitId: [
    'visita',
    'id visita',
    'id de visita',
    'numero de visita',
    'n visita',
    'visit',
    'visit id',
    'visitid',
    'orden',
    'orden de servicio',
    'ticket',
  ],
  moment: [
    'fecha y hora',
    'fecha hora',
    'fechahora',
    'momento',
    'cuando',
    'date time',
    'datetime',
    'date and time',
    'timestamp',
    'when',
    'occurred at',
    'at',
  ],
  date: ['fecha', 'dia', 'date', 'day'],
  time: ['hora', 'time', 'hour'],
  act: [
    'gestion',
    'acto',
    'accion',
    'evento',
    'tipo',
    'tipo de evento',
    'actividad',
    'paso',
    'act',
    'action',
    'event',
    'event type',
    'type',
    'activity',
    'step',
  ],
  provider: [
    'proveedor',
    'id proveedor',
    'id del proveedor',
    'codigo de proveedor',
    'tecnico',
    'provider',
    'provider id',
    'technician',
  ],
  operator: ['operador', 'operadora', 'agente', 'id operador', 'operator', 'operator id', 'agent'],
  recorder: [
    'registro',
    'registrado por',
    'anoto',
    'anotado por',
    'quien registro',
    'rol',
    'recorded by',
    'role',
    'entered by',
    'origen',
    'source',
  ],
  caseNumber: [
    'expediente',
    'numero de expediente',
    'n expediente',
    'caso',
    'numero de caso',
    'case',
    'case number',
    'case no',
    'file number',
  ],
  client: ['cliente', 'nombre del cliente', 'asegurado', 'client', 'client name', 'customer', 'insured'],
  title: ['trato', 'tratamiento', 'title'],
  service: ['servicio', 'tipo de servicio', 'service'],
  place: ['lugar', 'direccion', 'ubicacion', 'place', 'address', 'location'],
  arriveBy: [
    'llegar antes de',
    'hora limite',
    'hora limite de llegada',
    'llegada prometida',
    'arrive by',
    'latest arrival',
    'deadline',
  ],
  providerName: ['nombre del proveedor', 'nombre proveedor', 'nombre del tecnico', 'provider name', 'technician name'],
  detail: [
    'detalle',
    'detalles',
    'nota',
    'notas',
    'observacion',
    'observaciones',
    'comentario',
    'comentarios',
    'descripcion',
    'detail',
    'details',
    'note',
    'notes',
    'comment',
    'comments',
    'description',
  ],
};

/** Synonyms of some acts. Every act is also found by its type, its command and its names in both languages. */
export const otherNames: { readonly [T in EventType]?: readonly string[] } = {
  VisitAssigned: ['asignacion', 'asignacion de visita', 'assignment', 'assigned'],
  AssignmentAmended: ['correccion', 'correccion de la asignacion', 'amendment'],
  TransitIssueReported: [
    'atraso',
    'aviso de atraso',
    'averia',
    'inconveniente',
    'delay',
    'breakdown',
    'issue on the way',
  ],
  TransitIssueAcknowledged: ['acuse', 'acuse del aviso', 'acknowledgement'],
  ClientNotified: ['aviso al cliente', 'cliente avisado', 'client told'],
  ProviderReassigned: ['reasignacion', 'cambio de proveedor', 'reassignment'],
  ProviderArrived: ['llegada', 'arrival', 'arrived'],
  CredentialShown: ['carne', 'credencial', 'gafete', 'credential', 'badge'],
  ClientAbsenceReported: ['ausencia', 'cliente ausente', 'absence'],
  ClientReturned: ['regreso', 'cliente regreso', 'return'],
  InstructionGiven: ['instruccion', 'instruction'],
  IdentityValidated: ['identidad', 'validacion de identidad', 'identity'],
  IdentityRejected: ['identidad rechazada', 'identity rejected'],
  ServiceAnnounced: ['anuncio', 'anuncio del servicio', 'announcement'],
  FaultLocated: ['falla', 'ubicacion de la falla', 'fault'],
  AreaInspected: ['revision', 'revision del area', 'inspeccion', 'inspection'],
  PhotosTaken: ['fotos', 'fotos tomadas', 'toma de fotos', 'photos taken'],
  PhotosSubmitted: ['fotos enviadas', 'envio de fotos', 'photos sent'],
  PhotosDocumented: ['fotos documentadas', 'photos documented'],
  ServiceAssessed: ['valoracion', 'diagnostico', 'assessment', 'diagnosis'],
  WorkExplained: ['explicacion', 'explicacion del trabajo', 'explanation'],
  MaterialsSupplied: ['entrega de materiales', 'materials delivered'],
  MaterialsAccepted: ['aceptacion de materiales'],
  MaterialsRejected: ['rechazo de materiales'],
  ToolsShown: ['herramientas', 'tools'],
  AreaCleared: ['despeje', 'despeje del area', 'clearing'],
  StartReported: ['aviso de inicio', 'call of start'],
  StartDocumented: ['documentacion del inicio'],
  WorkStarted: ['inicio', 'inicio del trabajo', 'inicio de trabajo', 'start', 'start of work'],
  Paused: ['pausa', 'pause', 'break'],
  Resumed: ['reanudacion', 'reingreso', 'fin de pausa', 'resume', 'end of break'],
  QualityTested: ['pruebas', 'prueba', 'tests', 'test'],
  ClientConformed: ['conformidad', 'conformity', 'client satisfied'],
  ClientObjected: ['objecion', 'reclamo', 'objection', 'complaint'],
  SiteHandedOver: ['entrega', 'entrega del lugar', 'handover'],
  BelongingsShown: ['pertenencias', 'revision de pertenencias', 'belongings'],
  CompletionReported: ['aviso de conclusion'],
  FarewellGiven: ['farewell', 'goodbye'],
  Completed: ['conclusion', 'visita terminada', 'completion'],
  VisitClosed: ['cierre', 'cierre de la visita', 'closing', 'closed'],
  ClientImpactEscalated: ['afectacion', 'escalamiento', 'escalation'],
  ConductBreachReported: ['falta de conducta', 'breach of conduct'],
  OffContractRequestDeclined: ['solicitud declinada', 'request declined'],
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
