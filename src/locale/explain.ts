import type { CommandType, ReportedViolation, Role, WaivableRule } from '../messages/index.ts';
import { isClauseId, type Locale } from '../protocol/index.ts';
import { explain as explainIn } from '../reading/explain.ts';
import { asRecord } from '../util/json.ts';
import type { Rejection, Violation } from '../visit/index.ts';
import { parseLocale } from '../visit/known.ts';
import { names as englishNames } from '../words/en/names.ts';
import { past as englishPast } from '../words/en/sentences.ts';
import { names as spanishNames } from '../words/es-cr/names.ts';
import { past as spanishPast } from '../words/es-cr/sentences.ts';
import type { Names, PastTemplate } from '../words/language.ts';
import { cleanText, lookup } from '../words/text.ts';
import { clause, findLanguage } from './clauses.ts';

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
  return explainIn(refusal, findLanguage(locale), role);
}

/** Words a finding for a reader of a log, in the past tense; `explain` words a refusal for a person about to act. */
export function explainPast(violation: unknown, locale: Locale): string {
  const { rules, unknownRule } = locale === 'en' ? englishPast : spanishPast;
  const { rule, clause: cited, facts } = asRecord(violation);
  const telling = lookup<PastTemplate | null>(rules, rule, null);
  if (typeof telling === 'string') return telling;
  if (telling !== null) return telling(asRecord(facts), cleanText(cited));
  return isClauseId(cited) ? unknownRule(cited, clause(cited).text[locale]) : unknownRule('', '');
}

const names: Readonly<Record<Locale, Names>> = { 'es-CR': spanishNames, en: englishNames };

/**
 * Names an act by an infinitive: `iniciar el trabajo`, `start the work`. A type that this release does not
 * know is `ese registro`, `that record`.
 *
 * @since 0.1.0
 */
export function actName(command: CommandType, locale: Locale): string {
  const { acts, unknownAct } = names[parseLocale(locale)];
  return lookup(acts, command, unknownAct);
}

/**
 * Names a role, without an article: `proveedor`, `contact center`. One that is unknown is `otra persona`,
 * `another person`.
 *
 * @since 0.1.0
 */
export function roleName(role: Role, locale: Locale): string {
  const { roles, unknownRole } = names[parseLocale(locale)];
  return lookup(roles, role, unknownRole);
}

/**
 * Names the requirement of a waivable rule, with its article: `las fotografías`, `the photos`. A rule that this release
 * does not know is named by its id.
 *
 * @since 0.1.0
 */
export function requirementName(rule: WaivableRule, locale: Locale): string {
  return lookup(names[parseLocale(locale)].requirements, rule, rule);
}
