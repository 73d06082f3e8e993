import type { Facts } from '../../kernel/index.ts';
import type { Locale } from '../../protocol/index.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { among, few, joined, namedIn, textOf, textsOf } from './facts.ts';
import type { Names, Telling } from './wording.ts';

/** What several languages ask of the facts in the same way: each of these makes a telling of the words of one. */

export const single = (items: readonly unknown[]): boolean => items.length === 1;

export const inBrackets = (text: string): string => text && ` (${text})`;

/** A sentence that ends in what its reader can do: the contact center, or another. */
export const byReader =
  (state: string | ((facts: Facts, clause: string) => string), advice: string, toCenter: string): Telling =>
  (facts, clause, isCenter) =>
    `${typeof state === 'string' ? state : state(facts, clause)}; ${isCenter ? toCenter : advice}.`;

/** A sentence by one text of the facts, `''` where that is missing. */
export const byText =
  (field: string, tell: (text: string) => string): Telling =>
  (facts) =>
    tell(textOf(facts[field]));

/** How a language joins a few items of a list, of which the others are so many `more`. */
export const joiner =
  (locale: Locale, more: string) =>
  (items: readonly string[]): string =>
    joined(few(items, more), locale, 'conjunction');

/** A sentence by a list of the facts: of none, of one, and of more, with the list in place of `{}`. */
export const byList =
  (and: (items: readonly string[]) => string) =>
  (field: string, none: string, one: string, many: string): Telling =>
  (facts) => {
    const items = textsOf(facts[field]);
    const list = single(items) ? one : many;
    return items.length === 0 ? none : list.replace('{}', () => `: ${and(items)}`);
  };

/** A sentence by how the materials stand, as the facts say, or else the clause. */
export const byMaterials =
  (table: Readonly<Record<MaterialsStatus, string>>) =>
  (otherwise: string, before = '', byClause: Readonly<Record<string, MaterialsStatus>> = {}): Telling =>
  ({ materials }, clause) =>
    before + among(table, materials ?? among(byClause, clause, null), otherwise);

/** How the materials stand where a clause is cited that asks for them. */
export const unsettled: Readonly<Record<string, MaterialsStatus>> = {
  '1.1-35': 'rejected',
  '1.1-37': 'in-dispute',
  '1.1-38': 'in-dispute',
};

/** A sentence by who sent what, both `''` where they are not known, and whose it is. */
export const byRole =
  (
    { roles, acts }: Names,
    tell: (sender: string, act: string, owners: readonly string[], isUnknown: boolean) => string,
  ): Telling =>
  ({ command, role, allowed }) => {
    const act = among(acts, command, '');
    return tell(among(roles, role, ''), act, namedIn(roles, allowed), act === '' && textOf(command) !== '');
  };

/** A sentence by what identifies a person and is missing: the name, the document or both. */
export const byIdentity =
  (name: string, document: string, tell: (missing: readonly string[], asksDocument: boolean) => string): Telling =>
  ({ fullNameGiven, documentShown }) => {
    const hasName = fullNameGiven === true;
    const asksDocument = documentShown !== true || hasName;
    return tell([...(hasName ? [] : [name]), ...(asksDocument ? [document] : [])], asksDocument);
  };

/** A sentence by what the work waits for: what is to be recorded, and the extra materials. */
export const byWaits =
  (
    [reentry, breakEnd, start]: readonly [reentry: string, breakEnd: string, start: string],
    tell: (missing: readonly string[], materials: boolean, clause: string) => string,
  ): Telling =>
  ({ started, away = null, onBreak, awaitingMaterials }, clause) => {
    const missing = [
      ...((away ?? clause === '1.1-49') ? [reentry] : []),
      ...(onBreak === true ? [breakEnd] : []),
      ...(started === false ? [start] : []),
    ];
    return tell(missing, awaitingMaterials === true, clause);
  };
