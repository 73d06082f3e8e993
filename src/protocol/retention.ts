import type { Telling } from './clause.ts';

/** Closing note: how long documents are kept, and who decides it. */
export const retention: readonly Telling[] = [
  // RET-01
  [
    'insurer',
    'Los documentos tienen plazos de conservación y de eliminación.',
    'Documents have terms of retention and of disposal.',
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
    'Los plazos salen de la tabla que hay para esos documentos.',
    'The terms come from the table for those documents.',
  ],
  // RET-04
  [
    'insurer',
    'La tabla la define el CISED, comité de INS Servicios.',
    'The table is set by CISED, a committee of INS Servicios.',
  ],
];
