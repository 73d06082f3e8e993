import { mustBe, mustKnow } from '../../kernel/known.ts';
import type { CommandType, Role, WaivableRule } from '../../messages/index.ts';
import type { Locale } from '../../protocol/index.ts';
import type { Rejection, Violation } from '../../visit/index.ts';
import { localeOf, roles } from '../../visit/known.ts';
import { wording as en } from '../words/en.ts';
import { wording as esCR } from '../words/es-cr.ts';
import { sentences } from './message-templates.ts';
import type { Messages } from './messages.ts';
import { asRecord, lookup } from './text.ts';

const wordingOf = (locale: Locale): Messages => (localeOf(locale) === 'en' ? en : esCR);

/**
 * Says a refusal to a person: what is missing and what to do, with the facts, in Spanish of Costa Rica (of usted) or
 * English. Where the contact center can waive it with an instruction to proceed, that is said too. `role` is whose
 * person reads it: a call that a provider has to make is, for the contact center, one to record.
 *
 * - A violation is one sentence, two at most, and where it applies the one about waiving, all in one line.
 * - A rejection is one line for each violation, in their order, and a last one that names what can be waived.
 *
 * Throws a `TypeError` for another locale or role, for what is neither a rejection nor a violation, and nothing else. Takes
 * refusals that came as JSON: facts that lack or are odd are left unsaid, and a rule of a newer
 * release is explained by the text of its clause. Texts from the facts are cut when long and freed of control and direction
 * marks, not escaped: the answer is plain text, not HTML. It tells no times of day, which would need a time zone.
 *
 * @since 0.1.0
 */
export function explain(refusal: Violation | Rejection, locale: Locale, role: Role = 'provider'): string {
  const wording = wordingOf(locale);
  mustKnow('role', role, roles);
  const isCenter = role === 'contact-center';
  const { rule, clause: cited, violations } = asRecord(refusal);
  mustBe((violations ?? rule ?? cited) !== undefined, 'explain takes a rejection, or a violation', refusal);
  if (!Array.isArray(violations)) return sentences([refusal], wording, isCenter).join(' ');
  return sentences(violations.length === 0 ? [{}] : violations, wording, isCenter).join('\n');
}

/**
 * Names an act by an infinitive: `iniciar el trabajo`, `start the work`. A type that this release does not
 * know is `ese registro`, `that record`.
 *
 * @since 0.1.0
 */
export function actName(command: CommandType, locale: Locale): string {
  const { acts, unknownAct } = wordingOf(locale).names;
  return lookup(acts, command, unknownAct);
}

/**
 * Names a role, without an article: `proveedor`, `contact center`. One that is unknown is `otra persona`,
 * `another person`.
 *
 * @since 0.1.0
 */
export function roleName(role: Role, locale: Locale): string {
  const { roles, unknownRole } = wordingOf(locale).names;
  return lookup(roles, role, unknownRole);
}

/**
 * Names the requirement of a waivable rule, with its article: `las fotografías`, `the photos`. A rule that this release
 * does not know is named by its id.
 *
 * @since 0.1.0
 */
export function requirementName(rule: WaivableRule, locale: Locale): string {
  return lookup(wordingOf(locale).names.requirements, rule, rule);
}
