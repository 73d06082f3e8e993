import type { Telling } from './clause.ts';

/** Title and layout of the document: what it governs and who answers for each activity. */
export const heading: readonly Telling[] = [
  // 0-01
  [
    'insurer',
    'Este protocolo rige el auxilio domiciliar; cada visita se juzga por su edición.',
    'This protocol governs home assistance; a visit is judged by its edition.',
  ],
  // 0-02
  [
    'insurer',
    'Cada actividad tiene un responsable, y solo la registra quien corresponde.',
    'Every activity has a responsible party, and only the proper role records it.',
  ],
];
