import type { Telling } from './clause.ts';

/** Title and layout of the document: what it governs and who answers for each activity. */
export const heading: readonly Telling[] = [
  // 0-01
  [
    'insurer',
    'Este protocolo rige el servicio de auxilio domiciliar; cada visita se juzga por la edición de su asignación.',
    'This protocol governs how home assistance is given; a visit is judged by the edition it was assigned under.',
  ],
  // 0-02
  [
    'insurer',
    'Cada actividad tiene un responsable: solo quien corresponde puede registrarla, y queda a su nombre.',
    'Every activity has a responsible party: only the proper role may record it, under the name of that party.',
  ],
];
