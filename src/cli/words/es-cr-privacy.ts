import type { PrivacyRefusal } from '../../privacy.ts';
import { inSpanish } from '../../words/nouns.ts';
import type { PrivacyWords } from './en-privacy.ts';

const { count } = inSpanish;

const refusals: Readonly<Record<PrivacyRefusal, string>> = {
  held: 'la visita está retenida',
  'no-table': 'la tabla de plazos no tiene una serie para ella',
  'not-ended': 'la visita no ha terminado',
  'before-term': 'su plazo no ha vencido',
  'debts-open': 'tiene un pendiente abierto',
  'discrepancy-open': 'tiene una discrepancia sin resolver',
};

const states = {
  waiting: 'espera a que la visita termine',
  recorded: 'está registrada y falta borrar la llave',
  erased: 'la llave está borrada',
} as const;

const waits = {
  rotation: 'un respaldo viejo de las llaves todavía la abre hasta la próxima rotación',
  operator: 'un respaldo viejo de las llaves todavía la abre hasta que usted destruya la llave maestra de su época',
  none: 'ningún respaldo de las llaves la abre',
} as const;

/** The words of the command line on personal data, in Spanish of Costa Rica. */
export const privacyEsCR: PrivacyWords = {
  refused: (visit, why) => `${visit}: los datos personales se conservan: ${refusals[why]}`,
  missing: (path) => `${path}: no existe ese archivo`,
  unreadable: (what) => `no se puede leer el almacén, sus llaves o la llave maestra (${what})`,
  needs: (option) => `falta --${option}`,
  badTable: (path) => `${path}: no es una tabla de plazos`,
  ask: '¿Seguir? (sí/no)',
  yes: ['sí', 'si', 's'],
  dryRun: 'No se hizo nada. Repítalo con --yes.',
  willErase: (visit, subject, reason) =>
    `Borra la llave de ${subject} en la visita ${visit}: ningún texto suyo se podrá leer otra vez. Los actos y sus veredictos se conservan${reason === undefined ? '' : `; y sin cifrar, la razón: ${reason}`}.`,
  willDispose: (visit) =>
    `Borra las llaves de todas las personas de la visita ${visit}: ningún texto de ella se podrá leer otra vez. Los actos y sus veredictos se conservan.`,
  willRelease: (visit) => `Levanta la retención de la visita ${visit}: sus textos se podrán borrar de nuevo.`,
  willRotate:
    'Envuelve de nuevo todas las llaves y destruye la llave maestra anterior: los respaldos viejos de las llaves ya no abren nada.',
  erased: (erasure, state, waiting) =>
    `Borrado ${erasure}: ${states[state]}${state === 'erased' ? `; ${waits[waiting]}` : ''}`,
  due: (visit, date, why) =>
    `${visit}: ${date === 'unknown' ? 'sin fecha' : date.slice(0, 10)}, ${why === null ? 'vencida' : refusals[why]}`,
  rotated: (keys, isDestroyed) =>
    `${count(keys, 'llave')} envueltas de nuevo; la llave maestra anterior ${isDestroyed ? 'está destruida' : 'le toca a usted destruirla'}`,
};
