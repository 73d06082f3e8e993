import { createLanguage } from '../create-language.ts';
import type { Language } from '../language.ts';
import { clauseTexts } from './clauses.ts';
import { messages, phrases } from './sentences.ts';

export type { ClauseTexts, Language } from '../language.ts';
export { clauseTexts };

/** English. @since 0.5.0 */
export const en: Language = /* @__PURE__ */ createLanguage({
  messages,
  phrases,
  greetings: { morning: 'Good morning', afternoon: 'Good afternoon', evening: 'Good evening', any: 'Hello' },
  titles: { don: 'Mr. ', doña: 'Ms. ' },
});
