import { clauses as all, type Clause, clause as clauseOf } from '../../locale/index.ts';
import { isClauseId } from '../../protocol/index.ts';
import { nearest } from '../../util/nearest.ts';
import { type Context, EXIT, Failure, printJson, printText } from '../console/context.ts';
import { sanitize } from '../console/text.ts';

/** Prints the clauses, or one of them. */
export async function clauses(id: string | undefined, context: Context): Promise<number> {
  if (id !== undefined && !isClauseId(id)) {
    const ids = all.map((one) => one.id);
    const near = nearest(id, ids);
    throw new Failure(({ failures, usage }) => [failures.noSuchClause(sanitize(id)), ...near.map(usage.suggestion)]);
  }
  const shown = id === undefined ? all : [clauseOf(id)];
  for (const one of shown) {
    if (context.json) await printJson(context, { ...one, text: one.text[context.locale] });
    else await printText(context, formatClause(one, context));
  }
  return EXIT.ok;
}

function formatClause({ id, level, text }: Clause, { words, paint, locale }: Context): string {
  return `${paint('bold', id.padEnd(7))} ${paint('dim', words.output.levels[level].padEnd(11))} ${text[locale]}`;
}
