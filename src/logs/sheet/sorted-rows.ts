import type { Plan } from './plan.ts';
import type { Row } from './row.ts';
import { sourceValue } from './source.ts';

type Timed = { readonly row: Row; readonly at: string };

/**
 * Rows from the oldest to the newest. A sheet in descending order is reversed, so that late records stay late; any
 * other is sorted by the time of the acts, with equal times in their order. A row without a time stays with the one
 * before it.
 */
export async function* sortedRows(rows: AsyncIterable<Row>, plan: Plan): AsyncGenerator<Row> {
  const all: Timed[] = [];
  let falling = 0;
  let rising = 0;
  for await (const row of rows) {
    const before = all.at(-1)?.at;
    const at = timeOf(row, plan) ?? before ?? '';
    if (before !== undefined && before > at) falling += 1;
    if (before !== undefined && before < at) rising += 1;
    all.push({ row, at });
  }
  const sorted =
    falling > 2 * rising
      ? all.toReversed()
      : all.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  for (const { row } of sorted) yield row;
}

function timeOf({ cells }: Row, { mapping, blank, decimal, dates, zone }: Plan): string | undefined {
  if (cells === null) return undefined;
  const found = sourceValue(mapping.at, cells, blank, { decimal, dates, zone, rowTime: null });
  return found !== null && 'value' in found && typeof found.value === 'string' ? found.value : undefined;
}
