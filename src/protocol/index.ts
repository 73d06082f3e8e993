import type { ClauseDuty, ClauseId } from './clause.ts';
import { duties } from './duties.ts';

export type { ClauseActor, ClauseDuty, ClauseId, ClauseLevel, Locale } from './clause.ts';

/**
 * The edition of the source document that these clauses restate: the SHA-256 of its text, 64 lower-case hex digits,
 * because the document carries no edition number. A visit keeps the edition that it was assigned under.
 *
 * @since 0.1.0
 */
export const edition = 'ec6c403e9a28239de5693cb750f9bbd8e2f76cad7f6f810afca9327c6f9edf4b';

/**
 * The 100 clauses of the protocol, in the order of the document, each with its level and whose duty it is. A language has
 * their texts.
 *
 * @since 0.5.0
 */
export const clauses: readonly ClauseDuty[] = duties;

/** The clause of an id in a list of all, in the order of the document. */
export function clauseAmong<C extends ClauseDuty>(all: readonly C[], id: ClauseId): C {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(unknownClause(id));
  return found;
}

/**
 * The clause of an id, such as `clause('1.1-19')`: the same object that {@link clauses} lists.
 *
 * @throws RangeError for an unknown id, including names of object members such as `constructor`.
 *   Ask {@link isClauseId} first for an id that comes from outside.
 *
 * @since 0.5.0
 */
export function clause(id: ClauseId): ClauseDuty {
  return clauseAmong(clauses, id);
}

/**
 * Checks whether a value from outside is the id of a clause: exactly one of the 100, no spaces or other case allowed.
 * Refuses nothing and never throws; any other value, of whatever type, is `false`.
 *
 * @since 0.1.0
 */
export function isClauseId(value: unknown): value is ClauseId {
  return duties.some(({ id }) => id === value);
}

function unknownClause(id: unknown): string {
  const shown = typeof id === 'string' ? JSON.stringify(id) : `a value of type ${typeof id}`;
  return `Unknown clause: ${shown}. An id reads like "1.1-19" or "RET-01"; \`clauses\` lists all ${clauses.length}.`;
}
