import type { Locale } from '../protocol/index.ts';
import { localeOf } from '../visit/known.ts';
import { en, clauseTexts as inEnglish } from '../words/en/index.ts';
import { esCR, clauseTexts as inSpanish } from '../words/es-cr/index.ts';
import type { Language } from '../words/language.ts';

/** Both languages, with the texts of the clauses. */
export const languages: Readonly<Record<Locale, Language>> = {
  'es-CR': /* @__PURE__ */ Object.assign({}, esCR, { clauseTexts: inSpanish }),
  en: /* @__PURE__ */ Object.assign({}, en, { clauseTexts: inEnglish }),
};

/** The language of a BCP 47 tag: `en-*` is English, `es-*` and none are Spanish of Costa Rica; refuses any other. */
export const languageOf = (tag?: string): Language => languages[localeOf(tag)];
