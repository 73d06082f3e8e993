import type { Clause, ClauseId } from './clause.ts';
import { duties } from './duties.ts';
import { en } from './en.ts';
import { esCR } from './es-cr.ts';

export type { Clause, ClauseActor, ClauseId, ClauseLevel, Locale } from './clause.ts';
export { edition } from './edition.ts';

/**
 * The 100 clauses of the protocol, in the order of the document, each in Spanish and English of our own.
 * They restate the source that {@link edition} pins; each says its level, whose duty it is, and what it asks.
 *
 * @since 0.1.0
 */
export const clauses: readonly Clause[] = /* @__PURE__ */ duties.map((duty, index) => ({
  ...duty,
  text: { 'es-CR': esCR[index] ?? '', en: en[index] ?? '' },
}));

let byId: ReadonlyMap<string, Clause> | undefined;

function find(id: unknown): Clause | undefined {
  byId ??= new Map(clauses.map((entry) => [entry.id, entry]));
  return typeof id === 'string' ? byId.get(id) : undefined;
}

/**
 * The clause of an id, such as `clause('1.1-19')`: the same object that {@link clauses} lists.
 *
 * @throws RangeError for an id that is none of the 100, names of object members such as `constructor` included.
 *   Ask {@link isClauseId} first for an id that comes from outside.
 *
 * @since 0.1.0
 */
export function clause(id: ClauseId): Clause {
  const found = find(id);
  if (found === undefined) throw new RangeError(unknownClause(id));
  return found;
}

/**
 * Checks whether a value from outside is the id of a clause: exactly one of the 100, no spaces or other case allowed.
 * Refuses nothing and never throws; any other value, of whatever type, is `false`.
 *
 * @since 0.1.0
 */
export function isClauseId(value: unknown): value is ClauseId {
  return find(value) !== undefined;
}

function unknownClause(id: unknown): string {
  const shown = typeof id === 'string' ? JSON.stringify(id) : `a value of type ${typeof id}`;
  return `Unknown clause: ${shown}. An id reads like "1.1-19" or "RET-01"; \`clauses\` lists all ${clauses.length}.`;
}
