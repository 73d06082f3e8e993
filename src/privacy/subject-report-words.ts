import type { Purpose, Reader } from './decision.ts';

export type PageWords = Readonly<{
  title: string;
  made: (time: string) => string;
  person: string;
  given: string;
  subject: (visitId: string, role: string) => string;
  roles: Readonly<Record<'client' | 'representative' | 'provider' | 'operator', string>>;
  columns: readonly [field: string, value: string, recorded: string, purpose: string, readers: string];
  purposes: Readonly<Record<Purpose, string>>;
  readers: Readonly<Record<Reader, string>>;
  /** The fields that no form has, and parts of fields. */
  fields: Readonly<Record<string, string>>;
  none: string;
  inClear: (count: number) => string;
  erased: (count: number) => string;
  unopened: (count: number) => string;
  notes: string;
  erasures: string;
  erasure: (id: string, isConfirmed: boolean) => string;
  copies: string;
  nothing: string;
}>;

export const pageEsCR: PageWords = {
  title: 'Sus datos personales',
  made: (time) => `Informe del ${time}`,
  person: 'Persona',
  given: 'Informe de las visitas indicadas. La misma persona puede tener otras que no están aquí.',
  subject: (visitId, role) => `Visita ${visitId}, como ${role}`,
  roles: {
    client: 'cliente',
    representative: 'representante',
    provider: 'proveedor',
    operator: 'personal del Centro de Contacto',
  },
  columns: ['Dato', 'Lo que dice', 'Registrado', 'Para qué', 'Quién lo ve'],
  purposes: {
    identify: 'Identificar a la persona',
    locate: 'Llegar al lugar',
    serve: 'Prestar el servicio',
    communicate: 'Comunicar lo acordado',
    prove: 'Dejar constancia',
    supervise: 'Supervisar el servicio',
  },
  readers: {
    provider: 'proveedor',
    'contact-center': 'Centro de Contacto',
    client: 'cliente',
    auditor: 'auditoría',
  },
  fields: {
    by: 'Autor',
    recordedBy: 'Anotado por',
    recorder: 'Anotado por',
    id: 'identificación',
    name: 'nombre',
    sha256: 'huella',
    shot: 'cuál es',
    mediaType: 'formato',
    reference: 'referencia',
    item: 'material',
    unit: 'unidad',
    kind: 'tipo',
    quality: 'calidad',
    note: 'nota',
    reasons: 'motivos',
    what: 'qué pasó',
    despite: 'Permiso por teléfono',
    device: 'Dispositivo',
    enteredAt: 'Hora de anotación en el dispositivo',
    signature: 'Firma del dispositivo',
    source: 'Datos del registro de origen',
    latitude: 'latitud',
    longitude: 'longitud',
    accuracyMeters: 'exactitud en metros',
    reason: 'motivo',
  },
  none: 'No hay datos que se puedan leer.',
  inClear: (count) => `Datos guardados sin cifrar, que ningún borrado alcanza: ${count}.`,
  erased: (count) => `Textos borrados: ${count}.`,
  unopened: (count) => `Sobres cifrados que ya no se abren: ${count}.`,
  notes: 'Notas de rectificación',
  erasures: 'Borrados',
  erasure: (id, isConfirmed) => `Borrado ${id}: ${isConfirmed ? 'confirmado' : 'en curso'}`,
  copies: 'Copias fuera del registro, que este informe no incluye',
  nothing: 'No hay ninguna visita con datos de esta persona.',
};

export const pageEn: PageWords = {
  title: 'Your personal data',
  made: (time) => `Report of ${time}`,
  person: 'Person',
  given: 'A report of the visits that were asked for. The same person may have others that are not here.',
  subject: (visitId, role) => `Visit ${visitId}, as the ${role}`,
  roles: {
    client: 'client',
    representative: 'representative',
    provider: 'provider',
    operator: 'staff of the contact center',
  },
  columns: ['Field', 'Content', 'Recorded', 'Purpose', 'Readers'],
  purposes: {
    identify: 'Identify the person',
    locate: 'Find the place',
    serve: 'Provide the service',
    communicate: 'Communicate what was agreed',
    prove: 'Have it on record',
    supervise: 'Supervise the service',
  },
  readers: { provider: 'provider', 'contact-center': 'contact center', client: 'client', auditor: 'auditor' },
  fields: {
    by: 'Author',
    recordedBy: 'Recorded by',
    recorder: 'Recorded by',
    id: 'id',
    name: 'name',
    sha256: 'hash',
    shot: 'which one',
    mediaType: 'format',
    reference: 'reference',
    item: 'material',
    unit: 'unit',
    kind: 'kind',
    quality: 'quality',
    note: 'note',
    reasons: 'reasons',
    what: 'what happened',
    despite: 'Permission by telephone',
    device: 'Device',
    enteredAt: 'Time of entry on the device',
    signature: 'Signature of the device',
    source: 'Data of the record of origin',
    latitude: 'latitude',
    longitude: 'longitude',
    accuracyMeters: 'accuracy in meters',
    reason: 'reason',
  },
  none: 'No data can be read.',
  inClear: (count) => `Data stored in clear, which no erasure reaches: ${count}.`,
  erased: (count) => `Erased texts: ${count}.`,
  unopened: (count) => `Encrypted envelopes that no longer open: ${count}.`,
  notes: 'Notes of rectification',
  erasures: 'Erasures',
  erasure: (id, isConfirmed) => `Erasure ${id}: ${isConfirmed ? 'confirmed' : 'in progress'}`,
  copies: 'Copies outside the log, which this report does not include',
  nothing: 'No visit has data of this person.',
};
