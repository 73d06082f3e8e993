import { mustKnow } from '../kernel/known.ts';
import type { Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { stateVersion, type VisitState } from './state.ts';

/** The roles in which somebody acts. @since 0.5.0 */
export const roles = ['provider', 'contact-center', 'client'] as const satisfies readonly Role[];

/** The languages of the texts, the default one first. @since 0.5.0 */
export const locales = ['es-CR', 'en'] as const satisfies readonly Locale[];

/** Refuses what is no state of a visit: where it is missing, nothing can be said. */
export function mustBeState(what: string, state: VisitState): void {
  if (typeof state?.stateVersion === 'number') return;
  throw new TypeError(`${what} needs the state, of stateVersion ${stateVersion}`);
}

/** The language of a BCP 47 tag: `en-*` is `en`, `es` and `es-*` are `es-CR`, no tag is the default; refuses any other. */
export function localeOf(tag: string = locales[0]): Locale {
  const [, language] = /^(en|es)(?:-|$)/i.exec(tag) ?? [];
  if (language === undefined) mustKnow('locale', tag, locales);
  return language?.toLowerCase() === 'en' ? 'en' : 'es-CR';
}
