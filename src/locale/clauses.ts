import { type ClauseDuty, type ClauseId, clauseAmong, clauses as duties, type Locale } from '../protocol/index.ts';
import { parseLocale } from '../visit/known.ts';
import { en, clauseTexts as inEnglish } from '../words/en/index.ts';
import { esCR, clauseTexts as inSpanish } from '../words/es-cr/index.ts';
import type { Language } from '../words/language.ts';

/**
 * One clause of the protocol: `text` states the duty, or the purpose of what is said, in our own words.
 *
 * @since 0.1.0
 */
export type Clause = ClauseDuty & {
  /** One sentence a language. It ends in a full stop and carries no markup. */
  readonly text: { readonly 'es-CR': string; readonly en: string };
};

/**
 * The 100 clauses of the protocol, in the order of the document, each in Spanish and English of our own.
 * They restate the source that `edition` pins; each says its level, whose duty it is, and what it asks.
 *
 * @since 0.1.0
 */
export const clauses: readonly Clause[] = /* @__PURE__ */ duties.map((duty) => ({
  ...duty,
  text: { 'es-CR': inSpanish[duty.id], en: inEnglish[duty.id] },
}));

/**
 * The clause of an id, such as `clause('1.1-19')`: the same object that {@link clauses} lists.
 *
 * @throws RangeError for an unknown id, including names of object members such as `constructor`.
 *   Ask `isClauseId` first for an id that comes from outside.
 *
 * @since 0.1.0
 */
export function clause(id: ClauseId): Clause {
  return clauseAmong(clauses, id);
}

/** Both languages, with the texts of the clauses. */
export const languages: Readonly<Record<Locale, Language>> = {
  'es-CR': /* @__PURE__ */ Object.assign({}, esCR, { clauseTexts: inSpanish }),
  en: /* @__PURE__ */ Object.assign({}, en, { clauseTexts: inEnglish }),
};

/** The language of a BCP 47 tag: `en-*` is English, `es-*` and none are Spanish of Costa Rica; refuses any other. */
export const findLanguage = (tag?: string): Language => languages[parseLocale(tag)];
