import { headerCells } from '../../logs/sheet/csv-rows.ts';
import { planOf } from '../../logs/sheet/plan.ts';
import { normalizeSpace } from '../../logs/sheet/word-map.ts';
import { linesOf, type SheetMapping, type SheetRow } from '../../logs.ts';
import { Failure } from '../console/cli-error.ts';
import { type Context, printError } from '../console/context.ts';
import { sanitize } from '../console/sanitize.ts';
import { delimiters } from '../guess/table.ts';

/** The names of the first columns; of a long one its beginning. */
export const shownColumns = (columns: readonly string[], most: number): readonly string[] =>
  columns.slice(0, most).map((column) => sanitize(column.length > 80 ? `${column.slice(0, 79)}…` : column));

/** Refuses a CSV whose first row has not the columns of the mapping: names those that it has, and a delimiter that would fit. */
export async function checkColumns(head: string, mapping: SheetMapping, name: string): Promise<void> {
  if (mapping.format === 'json') return;
  const { columns } = planOf(mapping);
  const { delimiter = ',' } = mapping;
  const missingIn = (found: readonly string[]) => columns.filter((column) => !found.includes(normalizeSpace(column)));
  const cellsBy = async (mark: string) => (await headerCells(linesOf([head]), mark, columns)) ?? [];
  const found = await cellsBy(delimiter);
  const missing = missingIn(found);
  if (found.length === 0 || missing.length === 0) return;
  const others = await Promise.all(
    delimiters
      .filter((mark) => mark !== delimiter)
      .map(async (mark) => ({ mark, missing: missingIn(await cellsBy(mark)) })),
  );
  const [best] = others.toSorted((one, other) => one.missing.length - other.missing.length);
  const fits = best !== undefined && best.missing.length < missing.length ? best.mark : null;
  throw new Failure(({ failures }) => [
    failures.noColumns(name, shownColumns(missing, 20)),
    failures.columnsFound(shownColumns(found, 40)),
    ...(fits === null ? [] : [failures.otherDelimiter(fits === '\t' ? '\\t' : fits)]),
  ]);
}

/** Rows as they come; says at the end where they went from the newest to the oldest. */
export async function* watchOrder(
  rows: AsyncIterable<SheetRow>,
  name: string,
  isSorted: boolean,
  context: Context,
): AsyncGenerator<SheetRow> {
  let before: string | null = null;
  let falling = 0;
  let rising = 0;
  for await (const row of rows) {
    if (row.ok) {
      const { at } = row.value.data;
      if (before !== null && at < before) falling += 1;
      if (before !== null && at > before) rising += 1;
      before = at;
    }
    yield row;
  }
  if (isSorted || falling <= 2 * rising) return;
  await printError(context, [context.words.failures.newestFirst(name)]);
}
