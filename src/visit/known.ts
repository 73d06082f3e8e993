import { mustBe, mustKnow } from '../kernel/known.ts';
import type { Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { stateVersion, type VisitState } from './state.ts';

/** The newest version of the shape of events, and so the newest that this release reads. @since 0.1.0 */
export const schemaVersion = 2;

/** The roles of actors. @since 0.5.0 */
export const roles = ['provider', 'contact-center', 'client'] as const satisfies readonly Role[];

/** The languages of the texts, the default one first. @since 0.5.0 */
export const locales = ['es-CR', 'en'] as const satisfies readonly Locale[];

/** Refuses a value that is not the state of a visit, or is one of another release. */
export function mustBeState(what: string, state: VisitState): void {
  if (state?.stateVersion === stateVersion) return;
  mustBe(false, `${what} takes the state, of stateVersion ${stateVersion}`, state?.stateVersion ?? state);
}

/** Refuses a value that is not an iterable of events. */
export function mustBeEvents(what: string, events: Iterable<unknown>): void {
  mustBe(Object(events)[Symbol.iterator] && typeof events !== 'string', `${what} takes an array of events`, events);
}

/** The language of a BCP 47 tag: `en-*` is `en`, `es` and `es-*` are `es-CR`, no tag is the default; refuses any other. */
export function parseLocale(tag: string = locales[0]): Locale {
  if (!/^(en|es)(-|$)/i.test(tag)) mustKnow('locale', tag, locales);
  return /^en/i.test(tag) ? 'en' : 'es-CR';
}
