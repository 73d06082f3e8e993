import type { Shape } from '../../../../examples/field/ui/words.ts';
import { type Catalogues, words } from '../language.ts';

const esCR = {
  loading: 'Abriendo la visita…',
  unreachable: 'No se pudo leer el registro de esta visita.',
  empty: 'Aquí no hay ninguna visita que se pueda leer.',
  unreadable: (lines: number) =>
    lines === 1 ? '1 línea del registro no se puede leer.' : `${lines} líneas del registro no se pueden leer.`,
  timeline: 'Línea de tiempo de la visita',
  log: 'Registro de la visita',
  guide: 'Guía de la visita',
  provider: 'Proveedor',
  center: 'Centro de Contacto',
  next: '← lo que sigue',
  nothing: 'Nada por ahora.',
  closed: (acts: number) => `Todavía no se puede (${acts})`,
};

const en: Shape<typeof esCR> = {
  loading: 'Opening the visit…',
  unreachable: 'The log of this visit could not be read.',
  empty: 'There is no visit here that can be read.',
  unreadable: (lines) =>
    lines === 1 ? '1 line of the log cannot be read.' : `${lines} lines of the log cannot be read.`,
  timeline: 'Timeline of the visit',
  log: 'Log of the visit',
  guide: 'Guide of the visit',
  provider: 'Provider',
  center: 'Contact center',
  next: '← what comes next',
  nothing: 'Nothing for now.',
  closed: (acts) => `Not possible yet (${acts})`,
};

const catalogues: Catalogues<Shape<typeof esCR>> = { 'es-CR': esCR, en };

export const t = () => words(catalogues);
