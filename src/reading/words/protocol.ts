/** What the clauses say, in both languages. */
export { clause, isClauseId } from '../../protocol/index.ts';
