import { mustBe, mustKnow } from '../kernel/known.ts';
import type { CommandType, ReportedViolation, Role, WaivableRule } from '../messages/index.ts';
import { asRecord } from '../util/json.ts';
import { nearest } from '../util/nearest.ts';
import { gateRules } from '../visit/gate-rules.ts';
import type { Rejection, Violation } from '../visit/index.ts';
import { roles } from '../visit/known.ts';
import { actOfCommand, acts, commandTypes } from '../visit/table.ts';
import type { Language, Names } from '../words/language.ts';
import { lookup } from '../words/text.ts';
import { mustBeLanguage } from './known-options.ts';

/** The first act that would open what a rule closes. */
const remediesByRule: ReadonlyMap<unknown, CommandType | undefined> = /* @__PURE__ */ remedies();

function remedies() {
  const rules = [...gateRules, ...acts.flatMap(({ needs }) => needs)];
  return new Map(rules.map(({ id, remedy }) => [id, remedy[0]]));
}

function readNames(what: string, language: Language): Names {
  mustBeLanguage(what, language);
  return language.names;
}

/**
 * Words a refusal for a person: what is missing and what to do, with the facts, in a language. If the contact center
 * can waive it with an instruction to proceed, the text says so. `role` is the reader's: a call that a provider has to
 * make is, for the contact center, one to record.
 *
 * - A violation is one sentence, two at most, and where it applies the one about waiving, all in one line.
 * - A rejection is one line for each violation, in their order, and a last one that names what can be waived.
 *
 * Throws a `TypeError` for what is no language, another role, for what is neither a rejection nor a violation, and
 * nothing else. Takes refusals that came as JSON: facts that lack or are odd are left unsaid, and a rule of a newer
 * release is explained by its clause: by the text, where the language has `clauseTexts`. Texts from the facts are cut
 * when long and freed of control and direction marks, not escaped: the answer is plain text, not HTML. It tells no
 * times of day, which would need a time zone.
 *
 * @since 0.5.0
 */
export function explain(
  refusal: Violation | ReportedViolation | Rejection,
  language: Language,
  role: Role = 'provider',
): string {
  mustBeLanguage('explain', language);
  mustKnow('role', role, roles);
  const isCenter = role === 'contact-center';
  const { rule, clause: cited, violations } = asRecord(refusal);
  mustBe((violations ?? rule ?? cited) !== undefined, 'explain takes decision.rejection, or a violation', refusal);
  const said = (items: readonly unknown[]) =>
    language.refuse(items.map(withMeant), isCenter, language.clauseTexts, (one) => remediesByRule.get(one));
  if (!Array.isArray(violations)) return said([refusal]).join(' ');
  return said(violations.length === 0 ? [{}] : violations).join('\n');
}

/** Adds the act that was probably meant to the refusal of one that there is not, such as `recordArrival`. */
function withMeant(item: unknown): unknown {
  const { rule, facts } = asRecord(item);
  const { command } = asRecord(facts);
  if (rule !== 'role' || typeof command !== 'string' || actOfCommand(command) !== undefined) return item;
  const [meant] = nearest(command, commandTypes);
  return meant === undefined ? item : { ...asRecord(item), facts: { ...asRecord(facts), meant } };
}

/**
 * Names an act by an infinitive: `iniciar el trabajo`, `start the work`. A type that this release does not
 * know is `ese registro`, `that record`.
 *
 * @since 0.5.0
 */
export function actName(command: CommandType, language: Language): string {
  const { acts, unknownAct } = readNames('actName', language);
  return lookup(acts, command, unknownAct);
}

/**
 * Names a role, without an article: `proveedor`, `contact center`. One that is unknown is `otra persona`,
 * `another person`.
 *
 * @since 0.5.0
 */
export function roleName(role: Role, language: Language): string {
  const { roles: named, unknownRole } = readNames('roleName', language);
  return lookup(named, role, unknownRole);
}

/**
 * Names the requirement of a waivable rule, with its article: `las fotografías`, `the photos`. A rule that this release
 * does not know is named by its id.
 *
 * @since 0.5.0
 */
export function requirementName(rule: WaivableRule, language: Language): string {
  return lookup(readNames('requirementName', language).requirements, rule, rule);
}
