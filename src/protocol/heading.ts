import type { Clause } from './clause.ts';

/** Title and layout of the document: what it governs and who answers for each activity. */
export const heading: readonly Clause[] = [
  {
    id: '0-01',
    level: 'A',
    actor: 'insurer',
    text: {
      'es-CR':
        'Este protocolo rige el servicio de auxilio domiciliar; cada visita se juzga por la edición de su asignación.',
      en: 'This protocol governs how home assistance is given; a visit is judged by the edition it was assigned under.',
    },
  },
  {
    id: '0-02',
    level: 'H',
    actor: 'insurer',
    text: {
      'es-CR': 'Cada actividad tiene un responsable: solo quien corresponde puede registrarla, y queda a su nombre.',
      en: 'Every activity has a responsible party: only the proper role may record it, under the name of that party.',
    },
  },
];
