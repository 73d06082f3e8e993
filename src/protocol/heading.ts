import type { Telling } from './clause.ts';

/** Title and layout of the document: what it governs and who answers for each activity. */
export const heading: readonly Telling[] = [
  // 0-01
  ['insurer', 'Este protocolo rige el auxilio domiciliar.', 'This protocol governs home assistance.'],
  // 0-02
  ['insurer', 'Cada actividad tiene un responsable.', 'Every activity has a responsible party.'],
];
