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

/**
 * Synonyms of some acts. Every act is also found by its type, its command and its names in both languages, and by the
 * beginnings of their words: those synonyms are not listed.
 */
export const otherNames: { readonly [T in EventType]?: readonly string[] } = {
  VisitAssigned: ['asignacion', 'assignment', 'assigned'],
  AssignmentAmended: ['correccion'],
  TransitIssueReported: [
    'atraso',
    'aviso de atraso',
    'averia',
    'inconveniente',
    'delay',
    'breakdown',
    'issue on the way',
  ],
  TransitIssueAcknowledged: ['acuse', 'acuse del aviso'],
  ClientNotified: ['cliente avisado', 'client told'],
  ProviderReassigned: ['reasignacion', 'cambio de proveedor'],
  ProviderArrived: ['llegada', 'arrival'],
  CredentialShown: ['carne', 'gafete', 'badge'],
  ClientAbsenceReported: ['ausencia', 'cliente ausente', 'absence'],
  ClientReturned: ['regreso', 'return'],
  IdentityValidated: ['identidad', 'identity'],
  ServiceAnnounced: ['anuncio'],
  FaultLocated: ['falla'],
  AreaInspected: ['revision'],
  PhotosTaken: ['fotos', 'fotos tomadas', 'toma de fotos'],
  PhotosSubmitted: ['fotos enviadas', 'envio de fotos'],
  PhotosDocumented: ['fotos documentadas'],
  ServiceAssessed: ['valoracion', 'diagnostico'],
  WorkExplained: ['explicacion'],
  MaterialsSupplied: ['materials delivered'],
  ToolsShown: ['herramientas'],
  AreaCleared: ['despeje'],
  StartReported: ['aviso de inicio'],
  WorkStarted: ['inicio', 'start'],
  Paused: ['pausa', 'break'],
  Resumed: ['reanudacion', 'reingreso', 'fin de pausa', 'end of break'],
  QualityTested: ['pruebas', 'tests', 'test'],
  ClientConformed: ['conformidad', 'client satisfied'],
  ClientObjected: ['objecion', 'reclamo', 'complaint'],
  SiteHandedOver: ['entrega', 'entrega del lugar'],
  BelongingsShown: ['pertenencias', 'revision de pertenencias'],
  CompletionReported: ['aviso de conclusion'],
  FarewellGiven: ['goodbye'],
  Completed: ['conclusion', 'visita terminada', 'completion'],
  VisitClosed: ['cierre', 'cierre de la visita', 'closing'],
  ClientImpactEscalated: ['afectacion'],
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
