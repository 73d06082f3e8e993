import type { Telling } from './clause.ts';

/** Closing note: how long documents are kept, and who decides it. */
export const retention: readonly Telling[] = [
  // RET-01
  [
    'insurer',
    'Los documentos se conservan según plazos que este protocolo no fija.',
    'Documents are kept by terms that this protocol does not set.',
  ],
  // RET-02
  [
    'insurer',
    'Los plazos alcanzan a los documentos en papel y a los electrónicos.',
    'The terms cover paper and electronic documents.',
  ],
  // RET-03
  [
    'insurer',
    'Cada plazo sale de la tabla de documentos de archivo.',
    'Each term comes from the table of archive documents.',
  ],
  // RET-04
  [
    'insurer',
    'La tabla la define el CISED, comité de INS Servicios.',
    'The table is set by CISED, a committee of INS Servicios.',
  ],
];
