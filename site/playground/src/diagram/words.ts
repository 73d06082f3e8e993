import type { Shape } from '../../../../examples/field/ui/words.ts';
import { type Catalogues, words } from '../language.ts';
import type { Milestone } from './milestones.ts';

const acts = (count: number) => (count === 1 ? '1 acto' : `${count} actos`);
const actsEn = (count: number) => (count === 1 ? '1 act' : `${count} acts`);

const esCR = {
  title: 'Diagrama de estados',
  claim:
    'Camine por una visita. Cada casilla es un hito; elija una y verá la historia más corta que llega ahí, lo que se puede hacer, y lo que no, con la cláusula y el remedio. Todo lo contesta la biblioteca en esta página.',
  what: '¿Qué muestra y qué deja por fuera?',
  means:
    'Toda visita está en un hito: el primero del camino corriente que todavía no ha pasado, salvo que algo la detenga (una pausa, una ausencia, una indicación de cancelar). Un acto puede dejarla en el mismo hito.',
  searched: (states: string) =>
    `Las historias más cortas salen de una búsqueda de ${states} estados abstractos, de menor a mayor distancia; una prueba vigila que sigan siendo lícitas y las más cortas.`,
  leaves:
    'Quedan por fuera las correcciones (anular un acto, corregir una hora) y las discrepancias: vea «Dos escriben».',
  map: 'Mapa de hitos',
  path: 'Cómo se llegó',
  begin: 'Inicio',
  steps: (count: number) => (count === 0 ? 'Sin actos todavía.' : `${acts(count)} hasta aquí.`),
  shortest: (count: number) => `Hay una historia más corta: ${acts(count)}`,
  left: (count: number) => `Para concluirla faltan al menos ${acts(count)}.`,
  done: 'La visita se concluyó.',
  noWay: 'Desde aquí ya no se concluye.',
  next: 'Sigue',
  open: 'Lo que se puede',
  staying: (count: number) => (count === 1 ? 'Y 1 acto que la deja aquí' : `Y ${count} actos que la dejan aquí`),
  closed: (count: number) => `Lo que no se puede, y por qué (${count})`,
  remedy: 'Remedio:',
  nothingOpen: 'No queda nada por hacer.',
  play: 'Jugar desde aquí',
};

const en: Shape<typeof esCR> = {
  title: 'State diagram',
  claim:
    'Walk through a visit. Each box is a milestone; choose one, and see the shortest history that reaches it, what is open there, and what is closed, with the clause and the remedy. The library answers all of it in this page.',
  what: 'What does it show, and what does it leave out?',
  means:
    'Every visit is at one milestone: the first of the plain way that it has not passed, unless something holds it up (a pause, an absence, an instruction to cancel). An act may leave it at the same milestone.',
  searched: (states) =>
    `The shortest histories come from a breadth-first search of ${states} abstract states; a test checks that they are still lawful, and still the shortest.`,
  leaves: 'Corrections (annulling an act, correcting a time) and discrepancies are left out: see “Two writers”.',
  map: 'Map of milestones',
  path: 'How it came here',
  begin: 'Beginning',
  steps: (count) => (count === 0 ? 'No acts yet.' : `${actsEn(count)} so far.`),
  shortest: (count) => `There is a shorter history: ${actsEn(count)}`,
  left: (count) => `Its completion takes ${actsEn(count)} more at least.`,
  done: 'The visit was completed.',
  noWay: 'From here it can no longer be completed.',
  next: 'Next',
  open: 'What is open',
  staying: (count) => (count === 1 ? 'And 1 act that leaves it here' : `And ${count} acts that leave it here`),
  closed: (count) => `What is closed, and why (${count})`,
  remedy: 'Remedy:',
  nothingOpen: 'Nothing is left to do.',
  play: 'Play from here',
};

const catalogues: Catalogues<Shape<typeof esCR>> = { 'es-CR': esCR, en };

export const t = () => words(catalogues);

const names: Catalogues<Readonly<Record<Milestone, string>>> = {
  'es-CR': {
    unassigned: 'Sin asignar',
    'in-transit': 'En camino',
    'awaiting-reassignment': 'Por reasignar',
    'at-the-door': 'En la puerta',
    'client-absent': 'Cliente ausente',
    'identity-rejected': 'Identidad rechazada',
    identified: 'Identidad validada',
    'away-before': 'Segunda visita, sin iniciar',
    photographed: 'Fotografías enviadas',
    'materials-requested': 'Materiales pedidos',
    'materials-in-dispute': 'Materiales en disputa',
    'materials-supplied': 'Materiales presentes',
    'materials-rejected': 'Materiales rechazados',
    'materials-coordinated': 'Materiales coordinados',
    prepared: 'Explicado, en preparación',
    'ready-to-start': 'Listo para iniciar',
    working: 'Trabajando',
    'on-break': 'En pausa',
    'away-after': 'Segunda visita, ya iniciada',
    'awaiting-materials': 'Esperando materiales',
    'tests-passed': 'Pruebas superadas',
    'tests-failed': 'Pruebas fallidas',
    'ready-to-complete': 'Listo para concluir',
    'called-off': 'Por cerrar',
    completed: 'Concluida',
    closed: 'Cerrada',
  },
  en: {
    unassigned: 'Unassigned',
    'in-transit': 'On the way',
    'awaiting-reassignment': 'To be reassigned',
    'at-the-door': 'At the door',
    'client-absent': 'Client absent',
    'identity-rejected': 'Identity rejected',
    identified: 'Identity valid',
    'away-before': 'Second visit, not started',
    photographed: 'Photographs sent',
    'materials-requested': 'Materials requested',
    'materials-in-dispute': 'Materials in dispute',
    'materials-supplied': 'Materials present',
    'materials-rejected': 'Materials rejected',
    'materials-coordinated': 'Materials coordinated',
    prepared: 'Explained, preparing',
    'ready-to-start': 'Ready to start',
    working: 'Working',
    'on-break': 'On a break',
    'away-after': 'Second visit, started',
    'awaiting-materials': 'Awaiting materials',
    'tests-passed': 'Tests passed',
    'tests-failed': 'Tests failed',
    'ready-to-complete': 'Ready to complete',
    'called-off': 'To be closed',
    completed: 'Completed',
    closed: 'Closed',
  },
};

export const nameOfMilestone = (milestone: Milestone): string => words(names)[milestone];
