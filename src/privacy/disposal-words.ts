export type DisposalWords = Readonly<{
  title: string;
  lead: string;
  act: string;
  gone: readonly string[];
  stays: readonly string[];
  shown: readonly string[];
  headings: Readonly<{
    table: string;
    visit: string;
    gone: string;
    stays: string;
    shown: string;
    people: string;
    sign: string;
  }>;
  rows: Readonly<
    Record<
      | 'authority'
      | 'series'
      | 'support'
      | 'trigger'
      | 'start'
      | 'years'
      | 'due'
      | 'visit'
      | 'events'
      | 'lastHash'
      | 'subjects'
      | 'askedBy'
      | 'by'
      | 'disposedAt'
      | 'erasure'
      | 'copies'
      | 'waits'
      | 'hold'
      | 'record',
      string
    >
  >;
  support: Readonly<Record<'paper' | 'electronic', string>>;
  roles: Readonly<Record<'client' | 'representative' | 'provider' | 'operator', string>>;
  /** The triggers of a term, and the events that end a visit. */
  starts: Readonly<Record<'end' | 'table' | 'Completed' | 'VisitClosed', string>>;
  noHash: string;
  noHold: string;
  copiesLeft: (names: string) => string;
  noCopies: string;
  waits: Readonly<Record<'rotation' | 'operator' | 'none', string>>;
  signers: readonly string[];
  sign: readonly [name: string, id: string, signature: string, date: string];
}>;

export const disposalEsCR: DisposalWords = {
  title: 'Acta de eliminación de datos personales',
  lead: 'Constancia de la eliminación, por vencimiento del plazo de conservación, de los datos personales de una visita.',
  act: 'Acta n.º',
  gone: [
    'Las llaves de cifrado de cada persona de la visita. Sin ellas sus textos cifrados no se pueden leer.',
    'Los índices y las notas de esas personas, y lo que habían hecho con sus textos las copias que confirmaron.',
  ],
  stays: [
    'Las filas del registro, sus horas, cantidades y palabras fijas, y los códigos de la visita y del personal.',
    'Las huellas y los sellos que enlazan las filas: el registro sigue completo y se puede verificar.',
    'En lugar de cada texto eliminado, una marca sin significado.',
  ],
  shown: [
    'Al abrir el registro, los sobres de cada persona eliminada se informan como borrados y ningún texto aparece.',
    'La verificación de los sellos y la auditoría del registro dan el mismo resultado que antes.',
  ],
  headings: {
    table: 'Autoridad y tabla que lo permiten',
    visit: 'Visita',
    gone: 'Lo que se eliminó',
    stays: 'Lo que permanece',
    shown: 'Cómo se comprueba',
    people: 'Ejecución',
    sign: 'Firmas',
  },
  rows: {
    authority: 'Órgano',
    series: 'Serie documental',
    support: 'Soporte',
    trigger: 'El plazo corre desde',
    start: 'Inicio del plazo',
    years: 'Plazo en años',
    due: 'Vencimiento del plazo',
    visit: 'Código de la visita',
    events: 'Filas del registro',
    lastHash: 'Huella de la última fila',
    subjects: 'Personas',
    askedBy: 'Solicitado por',
    by: 'Ejecutado en el sistema por',
    disposedAt: 'Fecha de la eliminación',
    erasure: 'Número de borrado',
    copies: 'Copias',
    waits: 'Respaldos de las llaves',
    hold: 'Suspensiones',
    record: 'Huella SHA-256 de la constancia (JSON sin espacios)',
  },
  support: { paper: 'papel', electronic: 'electrónico' },
  roles: {
    client: 'cliente',
    representative: 'representante',
    provider: 'proveedor',
    operator: 'personal del Centro de Contacto',
  },
  starts: {
    end: 'el fin de la visita',
    table: 'la fecha que fija la tabla',
    Completed: 'la visita concluyó (acto Completed del registro)',
    VisitClosed: 'la visita se cerró sin servicio (acto VisitClosed del registro)',
  },
  noHash: 'El registro no está sellado.',
  noHold: 'Se revisó: la visita no tenía ninguna suspensión vigente.',
  copiesLeft: (names) => `Pendientes de confirmar: ${names}.`,
  noCopies: 'Todas las copias declaradas confirmaron.',
  waits: {
    rotation: 'Pendiente: un respaldo anterior aún puede abrir los textos hasta la próxima rotación de llaves.',
    operator: 'Pendiente: quien opera el sistema debe destruir la llave anterior.',
    none: 'Ningún respaldo devuelve las llaves.',
  },
  signers: ['Jefatura de archivo', 'Persona que ejecuta', 'Testigo'],
  sign: ['Nombre', 'Identificación', 'Firma', 'Fecha'],
};

export const disposalEn: DisposalWords = {
  title: 'Record of disposal of personal data',
  lead: 'Evidence that the personal data of a visit were disposed of at the end of their retention term.',
  act: 'Record no.',
  gone: [
    'The encryption keys of each person of the visit. Without them their encrypted texts cannot be read.',
    'The index entries and notes of these people, and what the copies that have confirmed had made of their texts.',
  ],
  stays: [
    'The rows of the log, their times, quantities and fixed words, and the codes of the visit and of staff.',
    'The hashes and seals that link the rows: the log is still complete, and can be verified.',
    'In the place of each text, a mark without meaning.',
  ],
  shown: [
    'When the log is opened, the envelopes of each person are reported as erased, and no text appears.',
    'Verification of the seals and audit of the log give the same result as before.',
  ],
  headings: {
    table: 'Authority and table that allow it',
    visit: 'Visit',
    gone: 'Destroyed',
    stays: 'Kept',
    shown: 'How it is shown',
    people: 'Execution',
    sign: 'Signatures',
  },
  rows: {
    authority: 'Authority',
    series: 'Record series',
    support: 'Support',
    trigger: 'The term runs from',
    start: 'Start of the term',
    years: 'Term in years',
    due: 'End of the term',
    visit: 'Code of the visit',
    events: 'Rows of the log',
    lastHash: 'Hash of the last row',
    subjects: 'People',
    askedBy: 'Asked for by',
    by: 'Executed in the system by',
    disposedAt: 'Date of disposal',
    erasure: 'Erasure id',
    copies: 'Copies',
    waits: 'Backups of the keys',
    hold: 'Holds',
    record: 'SHA-256 of the record (JSON without spaces)',
  },
  support: { paper: 'paper', electronic: 'electronic' },
  roles: {
    client: 'client',
    representative: 'representative',
    provider: 'provider',
    operator: 'staff of the contact center',
  },
  starts: {
    end: 'the end of the visit',
    table: 'the date that the table sets',
    Completed: 'the visit was completed (act Completed of the log)',
    VisitClosed: 'the visit was closed without service (act VisitClosed of the log)',
  },
  noHash: 'The log is not sealed.',
  noHold: 'Checked: the visit was under no hold.',
  copiesLeft: (names) => `Not confirmed yet: ${names}.`,
  noCopies: 'All declared copies have confirmed.',
  waits: {
    rotation: 'Pending: an earlier backup can still open the texts until the keys are rotated.',
    operator: 'Pending: the operator has to destroy the previous wrapping key.',
    none: 'No backup brings the keys back.',
  },
  signers: ['Head of the archive', 'Person who executes it', 'Witness'],
  sign: ['Name', 'Identification', 'Signature', 'Date'],
};
