import type { ClauseId, ClauseIds } from '../protocol/clause.ts';
import { duties } from '../protocol/duties.ts';
import type { ClauseTexts } from './language.ts';

type Each<Keys extends readonly string[], T> = { readonly [Place in keyof Keys]: T };

/** The texts of the clauses by id, listed in the order of the document: one that is missing does not compile. */
export function clauseTextsOf(texts: Each<ClauseIds, string>): ClauseTexts {
  return Object.fromEntries(duties.map(({ id }, place) => [id, texts[place]])) as Record<ClauseId, string>;
}
