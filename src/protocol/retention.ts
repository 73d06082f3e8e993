import type { Telling } from './clause.ts';

/** Closing note: how long documents are kept, and who decides it. */
export const retention: readonly Telling[] = [
  // RET-01
  [
    'insurer',
    'Los documentos de archivo se conservan y se eliminan según plazos que este protocolo no fija.',
    'Archive documents are kept and disposed of by terms that this protocol does not set.',
  ],
  // RET-02
  [
    'insurer',
    'Los plazos alcanzan tanto a los documentos en papel como a los electrónicos.',
    'The terms cover paper documents and electronic ones alike.',
  ],
  // RET-03
  [
    'insurer',
    'Cada plazo sale de la tabla que se haya definido para los documentos de archivo.',
    'Each term comes from the table that has been defined for archive documents.',
  ],
  // RET-04
  [
    'insurer',
    'La tabla de plazos la define el CISED, comité de INS Servicios que decide qué se conserva y qué se elimina.',
    'The table of terms is set by CISED, the INS Servicios committee that decides what is kept and what is not.',
  ],
];
