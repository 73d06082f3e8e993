import type { DefaultTheme } from 'vitepress';

type LocalSearch = DefaultTheme.LocalSearchOptions;

/**
 * The search of MiniSearch in the browser. Its functions are sent to the page as text: none may use a name from outside itself.
 * A word is indexed whole, and by its parts if it is a name (`postgresStore`: postgres, store). A clause stays whole (`1.1-19`).
 */
export const searchOptions: NonNullable<LocalSearch['miniSearch']> = {
  options: {
    tokenize: (text) => {
      const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
      const words = plain.match(/[\p{L}\p{N}_$]+(?:[-.][\p{L}\p{N}_$]+)*/gu) ?? [];
      return words.flatMap((word) => {
        if (/^[\d.-]+$/.test(word)) return [word];
        const parts = word.replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ').split(/[-._ ]+/);
        return parts.length > 1 ? [word, ...parts] : [word];
      });
    },
    processTerm: (term) => {
      const word = term.toLowerCase();
      const common =
        ' a an and are as at be by can do does for from how i if in is it my not of on or that the this to was what when where which who why with you' +
        ' al como con cual cuando de del donde el en es esta este la las lo los me mi no o para por que quien se si sin son su sus un una y ';
      return common.includes(` ${word} `) ? null : word;
    },
  },
  searchOptions: {
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
    prefix: (term) => !/^\d/.test(term) && term.length > 2,
    weights: { fuzzy: 0.2, prefix: 0.5 },
    boost: { title: 6, titles: 2, text: 1 },
    // A clause is looked up in the lists of clauses and rules. The API and what tells how the project itself is made come after the guides.
    boostDocument: (id, term) => {
      const page = String(id);
      if (/^\d+\.\d/.test(term)) return /(?:clauses|clausulas|rules|reglas)\.html/.test(page) ? 20 : 1;
      if (/\/(?:changelog|contributing|architecture|decisions\/|mutation|bad-input|performance|source\/)/.test(page))
        return 0.3;
      return /\/api\/|\/reference\/(?:options|errors)/.test(page) ? 0.4 : 1;
    },
  },
};

export const searchInSpanish: NonNullable<LocalSearch['translations']> = {
  button: { buttonText: 'Buscar', buttonAriaLabel: 'Buscar' },
  modal: {
    displayDetails: 'Mostrar la lista detallada',
    resetButtonTitle: 'Borrar la búsqueda',
    backButtonTitle: 'Cerrar la búsqueda',
    noResultsText: 'No hay resultados para',
    footer: {
      selectText: 'para abrir',
      selectKeyAriaLabel: 'Intro',
      navigateText: 'para moverse',
      navigateUpKeyAriaLabel: 'Flecha hacia arriba',
      navigateDownKeyAriaLabel: 'Flecha hacia abajo',
      closeText: 'para cerrar',
      closeKeyAriaLabel: 'Escape',
    },
  },
};
