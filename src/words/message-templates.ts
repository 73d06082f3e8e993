import type { Facts } from '../kernel/index.ts';
import type { Locale } from '../protocol/index.ts';
import { asRecord } from '../util/json.ts';
import type { MaterialsStatus } from '../visit/index.ts';
import type { ClauseTexts } from './language.ts';
import type { Messages, MessageTemplate } from './messages.ts';
import { formatList, lookup, namedIn, textOf, textsOf, truncate } from './text.ts';

/** One for each violation, and at the end the note on what can be waived, if anything can. */
export function sentences(
  violations: readonly unknown[],
  wording: Messages,
  isCenter: boolean,
  texts?: ClauseTexts,
): readonly string[] {
  const said = violations.map((violation) => sentence(violation, wording, isCenter, texts));
  const rules = violations.map((violation) => asRecord(violation).rule);
  const waivable = namedIn(wording.names.requirements, rules);
  if (waivable.length === 0) return said;
  return [...said, wording.waivable(violations.length === 1 ? [] : [...new Set(waivable)], isCenter)];
}

function sentence(
  violation: unknown,
  { names, rules, unmet }: Messages,
  isCenter: boolean,
  texts?: ClauseTexts,
): string {
  const { rule, clause: cited, facts } = asRecord(violation);
  const telling = lookup<MessageTemplate | null>(rules, rule, null);
  if (typeof telling === 'string') return telling;
  if (telling !== null) return telling(asRecord(facts), textOf(cited), isCenter, names);
  const text = lookup(texts ?? {}, cited, '');
  return `${unmet}${text || texts === undefined ? inBrackets(textOf(cited)) : ''}.${text && ` ${text}`}`;
}

// What several languages ask of the facts in the same way: each of these makes a telling of the words of one.

export const inBrackets = (text: string): string => text && ` (${text})`;

/** A sentence that ends in what its reader can do: the contact center, or another. */
/* @__NO_SIDE_EFFECTS__ */
export function byReader(
  state: string | ((facts: Facts, clause: string) => string),
  advice: string,
  toCenter: string,
): MessageTemplate {
  return (facts, clause, isCenter) =>
    `${typeof state === 'string' ? state : state(facts, clause)}; ${isCenter ? toCenter : advice}.`;
}

/** A sentence by one text of the facts, `''` where that is missing. */
/* @__NO_SIDE_EFFECTS__ */
export function byText(field: string, tell: (text: string) => string): MessageTemplate {
  return (facts) => tell(textOf(facts[field]));
}

/** Joins some items of a list in a language; `more` is the number of the others. */
/* @__NO_SIDE_EFFECTS__ */
export function joiner(locale: Locale, more: string): (items: readonly string[]) => string {
  return (items) => formatList(truncate(items, more), locale, 'conjunction');
}

/** A sentence about each item of a list, with the list in brackets; of an empty one, it may be another. */
/* @__NO_SIDE_EFFECTS__ */
export function byList(
  and: (items: readonly string[]) => string,
  field: string,
  each: string,
  none = `${each}.`,
): MessageTemplate {
  return (facts) => {
    const items = and(textsOf(facts[field]));
    return items === '' ? none : `${each}${inBrackets(items)}.`;
  };
}

/** A sentence by how the materials stand, as the facts say, or else the clause. */
/* @__NO_SIDE_EFFECTS__ */
export function byMaterials(
  table: Readonly<Record<MaterialsStatus, string>>,
  otherwise: string,
  before = '',
  byClause: Readonly<Record<string, MaterialsStatus>> = {},
): MessageTemplate {
  return ({ materials }, clause) => before + lookup(table, materials ?? lookup(byClause, clause, null), otherwise);
}

/** The status of the materials, for a clause that requires them. */
export const unsettled: Readonly<Record<string, MaterialsStatus>> = {
  '1.1-35': 'rejected',
  '1.1-37': 'in-dispute',
  '1.1-38': 'in-dispute',
};

/** A sentence by who sent what, both `''` where they are not known, and those whose it is. */
/* @__NO_SIDE_EFFECTS__ */
export function byRole(tell: (sender: string, act: string, owners: readonly string[]) => string): MessageTemplate {
  return ({ command, role, allowed }, _clause, _isCenter, { roles, acts }) =>
    tell(lookup(roles, role, ''), lookup(acts, command, ''), namedIn(roles, allowed));
}

/** A sentence by what identifies a person and is missing: the name, the document or both. */
/* @__NO_SIDE_EFFECTS__ */
export function byIdentity(
  name: string,
  document: string,
  tell: (missing: readonly string[]) => string,
): MessageTemplate {
  return ({ fullNameGiven, documentShown }) => {
    const hasName = fullNameGiven === true;
    return tell([...(hasName ? [] : [name]), ...(documentShown !== true || hasName ? [document] : [])]);
  };
}

/** A sentence by what the work waits for: what is to be recorded, and the extra materials. */
/* @__NO_SIDE_EFFECTS__ */
export function byWaits(
  [reentry, breakEnd, start]: readonly [reentry: string, breakEnd: string, start: string],
  tell: (missing: readonly string[], materials: boolean) => string,
): MessageTemplate {
  return ({ started, away = null, onBreak, awaitingMaterials }, clause) => {
    const missing = [
      ...((away ?? clause === '1.1-49') ? [reentry] : []),
      ...(onBreak === true ? [breakEnd] : []),
      ...(started === false ? [start] : []),
    ];
    return tell(missing, awaitingMaterials === true);
  };
}
