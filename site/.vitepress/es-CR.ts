import type { DefaultTheme } from 'vitepress';

/** The words of the theme. */
export const inSpanish: DefaultTheme.Config = {
  outline: { level: [2, 3], label: 'En esta página' },
  docFooter: { prev: 'Anterior', next: 'Siguiente' },
  darkModeSwitchLabel: 'Apariencia',
  lightModeSwitchTitle: 'Usar el tema claro',
  darkModeSwitchTitle: 'Usar el tema oscuro',
  sidebarMenuLabel: 'Menú',
  returnToTopLabel: 'Volver arriba',
  langMenuLabel: 'Cambiar de idioma',
  skipToContentLabel: 'Ir al contenido',
  notFound: {
    title: 'No existe esta página',
    quote: 'La dirección cambió, o está mal escrita.',
    linkLabel: 'Ir al inicio',
    linkText: 'Ir al inicio',
  },
};
