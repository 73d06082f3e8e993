import type { Locale } from '../protocol/index.ts';
import { formatNumber } from './text.ts';

const plurals = new Map<Locale, Pick<Intl.PluralRules, 'select'>>();

/** True if a count takes the singular in the language. */
export function isOne(count: number, locale: Locale): boolean {
  const rules = plurals.get(locale) ?? pluralRules(locale);
  plurals.set(locale, rules);
  return rules.select(count) === 'one';
}

/** Some runtimes of phones have none. */
function pluralRules(locale: Locale): Pick<Intl.PluralRules, 'select'> {
  return 'PluralRules' in Intl ? new Intl.PluralRules(locale) : { select: (count) => (count === 1 ? 'one' : 'other') };
}

/** The Spanish nouns that we count: gender and plural. */
const spanish = {
  acto: ['m', 'actos'],
  camino: ['m', 'caminos'],
  caso: ['m', 'casos'],
  cláusula: ['f', 'cláusulas'],
  día: ['m', 'días'],
  escalamiento: ['m', 'escalamientos'],
  estado: ['m', 'estados'],
  'falta de conducta': ['f', 'faltas de conducta'],
  fila: ['f', 'filas'],
  'hecho negado': ['m', 'hechos negados'],
  fotografía: ['f', 'fotografías'],
  hallazgo: ['m', 'hallazgos'],
  línea: ['f', 'líneas'],
  llave: ['f', 'llaves'],
  lugar: ['m', 'lugares'],
  observación: ['f', 'observaciones'],
  requisito: ['m', 'requisitos'],
  sello: ['m', 'sellos'],
  transición: ['f', 'transiciones'],
  visita: ['f', 'visitas'],
} as const satisfies Readonly<Record<string, readonly [gender: 'f' | 'm', plural: string]>>;

/** The English ones, and their plurals. */
const english = {
  act: 'acts',
  'breach of conduct': 'breaches of conduct',
  case: 'cases',
  clause: 'clauses',
  condition: 'conditions',
  day: 'days',
  'denied fact': 'denied facts',
  escalation: 'escalations',
  finding: 'findings',
  key: 'keys',
  line: 'lines',
  path: 'paths',
  photo: 'photos',
  place: 'places',
  remark: 'remarks',
  row: 'rows',
  state: 'states',
  transition: 'transitions',
  visit: 'visits',
} as const satisfies Readonly<Record<string, string>>;

type Spanish = keyof typeof spanish;
type English = keyof typeof english;

/** The counting words of a language: a number alone, a number with its noun, and the singular or plural of a word. */
type Counting<Noun> = {
  readonly number: (count: number) => string;
  readonly count: (count: number, noun: Noun) => string;
  readonly verb: (count: number, one: string, many: string) => string;
};

const counting = <Noun extends string>(locale: Locale, pluralOf: (noun: Noun) => string): Counting<Noun> => ({
  number: (count) => formatNumber(count, locale),
  count: (count, noun) => `${formatNumber(count, locale)} ${isOne(count, locale) ? noun : pluralOf(noun)}`,
  verb: (count, one, many) => (isOne(count, locale) ? one : many),
});

/** `1 visita`, `0 visitas`; an adjective agrees with its noun: `1 visita limpia`, `2 hallazgos limpios`. */
export const inSpanish = /* @__PURE__ */ Object.assign(
  /* @__PURE__ */ counting<Spanish>('es-CR', (noun) => spanish[noun][1]),
  {
    /** An adjective in -o, by its stem: `limpi`. */
    agree: (count: number, noun: Spanish, stem: string): string =>
      stem + (spanish[noun][0] === 'f' ? 'a' : 'o') + (isOne(count, 'es-CR') ? '' : 's'),
  },
);

/** `1 visit`, `0 visits`. */
export const inEnglish: Counting<English> = /* @__PURE__ */ counting<English>('en', (noun) => english[noun]);
