import type { Shape } from '../../../examples/field/ui/words.ts';
import { type Catalogues, words } from './language.ts';

const esCR = {
  title: 'auxilio: una visita, jugada acto por acto',
  slogan: 'Una visita domiciliaria, acto por acto',
  skip: 'Ir al contenido',
  views: 'Vistas',
  visit: 'Visita',
  writers: 'Dos escriben',
  diagram: 'Diagrama',
  file: 'Su archivo',
  otherLanguage: 'English',
  darkTheme: 'Tema oscuro',
  lightTheme: 'Tema claro',
  loading: 'Cargando…',
  failed: 'No se pudo cargar esta vista. Revise la conexión y vuelva a intentarlo.',
  again: 'Intentar de nuevo',
  private: 'Nada de lo que usted abre o escribe sale de esta página.',
  download: 'Descargar todo en un archivo, para usarlo sin conexión',
  docs: 'Documentación',
};

const en: Shape<typeof esCR> = {
  title: 'auxilio: a visit, played act by act',
  slogan: 'A home visit, act by act',
  skip: 'Skip to the content',
  views: 'Views',
  visit: 'Visit',
  writers: 'Two writers',
  diagram: 'Diagram',
  file: 'Your file',
  otherLanguage: 'Español',
  darkTheme: 'Dark theme',
  lightTheme: 'Light theme',
  loading: 'Loading…',
  failed: 'This view could not be loaded. Check the connection and try again.',
  again: 'Try again',
  private: 'Nothing that you open or write leaves this page.',
  download: 'Download all of it as one file, to use offline',
  docs: 'Documentation',
};

const catalogues: Catalogues<Shape<typeof esCR>> = { 'es-CR': esCR, en };

export const t = () => words(catalogues);
