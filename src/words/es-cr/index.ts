import { createLanguage } from '../create-language.ts';
import type { Language } from '../language.ts';
import { clauseTexts } from './clauses.ts';
import { messages, phrases } from './sentences.ts';

export type { ClauseTexts, Language } from '../language.ts';
export { clauseTexts };

/** Spanish of Costa Rica, of usted. @since 0.5.0 */
export const esCR: Language = /* @__PURE__ */ createLanguage({
  messages,
  phrases,
  greetings: { morning: 'Buenos días', afternoon: 'Buenas tardes', evening: 'Buenas noches', any: 'Muy buenas' },
  titles: { don: 'don ', doña: 'doña ' },
});
