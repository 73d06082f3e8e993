import type { Clause } from './clause.ts';

/** Closing note: how long documents are kept, and who decides it. */
export const retention: readonly Clause[] = [
  {
    id: 'RET-01',
    level: 'A',
    actor: 'insurer',
    text: {
      'es-CR': 'Los documentos de archivo se conservan y se eliminan según plazos que este protocolo no fija.',
      en: 'Archive documents are kept and disposed of by terms that this protocol does not set.',
    },
  },
  {
    id: 'RET-02',
    level: 'A',
    actor: 'insurer',
    text: {
      'es-CR': 'Los plazos alcanzan tanto a los documentos en papel como a los electrónicos.',
      en: 'The terms cover paper documents and electronic ones alike.',
    },
  },
  {
    id: 'RET-03',
    level: 'A',
    actor: 'insurer',
    text: {
      'es-CR': 'Cada plazo sale de la tabla que se haya definido para los documentos de archivo.',
      en: 'Each term comes from the table that has been defined for archive documents.',
    },
  },
  {
    id: 'RET-04',
    level: 'A',
    actor: 'insurer',
    text: {
      'es-CR':
        'La tabla de plazos la define el CISED, comité de INS Servicios que decide qué se conserva y qué se elimina.',
      en: 'The table of terms is set by CISED, the INS Servicios committee that decides what is kept and what is not.',
    },
  },
];
