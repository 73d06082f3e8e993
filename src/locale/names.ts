import type { CommandType, Role, WaivableRule } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { localeOf } from '../visit/known.ts';
import { names as en } from '../words/en/names.ts';
import { names as esCR } from '../words/es-cr/names.ts';
import type { Names } from '../words/messages.ts';
import { nameOfAct, nameOfRequirement, nameOfRole } from '../words/name.ts';

const names: Readonly<Record<Locale, Names>> = { 'es-CR': esCR, en };

/**
 * Names an act by an infinitive: `iniciar el trabajo`, `start the work`. A type that this release does not
 * know is `ese registro`, `that record`.
 *
 * @since 0.1.0
 */
export function actName(command: CommandType, locale: Locale): string {
  return nameOfAct(names[localeOf(locale)], command);
}

/**
 * Names a role, without an article: `proveedor`, `contact center`. One that is unknown is `otra persona`,
 * `another person`.
 *
 * @since 0.1.0
 */
export function roleName(role: Role, locale: Locale): string {
  return nameOfRole(names[localeOf(locale)], role);
}

/**
 * Names the requirement of a waivable rule, with its article: `las fotografías`, `the photos`. A rule that this release
 * does not know is named by its id.
 *
 * @since 0.1.0
 */
export function requirementName(rule: WaivableRule, locale: Locale): string {
  return nameOfRequirement(names[localeOf(locale)], rule);
}
