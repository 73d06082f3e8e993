import type { ReportedViolation, Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { explain as explainIn } from '../reading/explain.ts';
import type { Rejection, Violation } from '../visit/index.ts';
import { languageOf } from './languages.ts';

/**
 * Puts a refusal into words for a person: what is missing and what to do, with the facts, in Spanish of Costa Rica (of usted)
 * or English. If the contact center can waive the rule with an instruction to proceed, the text says so. `role` is the
 * reader's: a call that a provider has to make is, for the contact center, one to record.
 *
 * - A violation is one line: one or two sentences, and one about waiving if that is possible.
 * - A rejection is one line for each violation, in their order, and a last one that names what can be waived.
 *
 * The answer is plain text, not HTML: long texts from the facts are cut, control and direction marks removed, nothing is
 * escaped. It has no times of day, which would need a time zone. A refusal may come as JSON: missing or invalid facts are
 * left out, and a rule of a newer release is explained by the text of its clause.
 *
 * @throws TypeError for another locale or role, and for a value that is neither a rejection nor a violation
 * @example
 * ```ts
 * import { commands, decide, explain, initialState } from 'auxilio';
 *
 * const at = '2026-03-17T14:40:00.000Z';
 * const arrival = commands.recordArrival({ visitId: 'v-1', at }, { role: 'provider', id: 'prov-14' });
 * const decision = decide(arrival, initialState());
 * if (!decision.ok) console.log(explain(decision.rejection, 'en')); // First assign the visit.
 * ```
 * @since 0.1.0
 */
export function explain(
  refusal: Violation | ReportedViolation | Rejection,
  locale: Locale,
  role: Role = 'provider',
): string {
  return explainIn(refusal, languageOf(locale), role);
}
