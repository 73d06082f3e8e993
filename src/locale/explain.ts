import type { Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { explain as explainIn } from '../reading/explain.ts';
import type { Rejection, Violation } from '../visit/index.ts';
import { languageOf } from './languages.ts';

/**
 * Words a refusal for a person: what is missing and what to do, with the facts, in Spanish of Costa Rica (of usted) or
 * English. If the contact center can waive it with an instruction to proceed, the text says so. `role` is the reader's:
 * a call that a provider has to make is, for the contact center, one to record.
 *
 * - A violation is one sentence, two at most, and where it applies the one about waiving, all in one line.
 * - A rejection is one line for each violation, in their order, and a last one that names what can be waived.
 *
 * Throws a `TypeError` for another locale or role, for what is neither a rejection nor a violation, and nothing else.
 * Takes refusals that came as JSON: facts that lack or are odd are left unsaid, and a rule of a newer release is
 * explained by the text of its clause. Texts from the facts are cut when long and freed of control and direction marks,
 * not escaped: the answer is plain text, not HTML. It tells no times of day, which would need a time zone.
 *
 * @since 0.1.0
 */
export function explain(refusal: Violation | Rejection, locale: Locale, role: Role = 'provider'): string {
  return explainIn(refusal, languageOf(locale), role);
}
