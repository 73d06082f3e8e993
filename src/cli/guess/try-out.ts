import { type Chunks, readSheet, type SheetMapping } from '../../logs.ts';

/** The problems of the rows that a mapping reads: place, problem and count. */
type Unread = {
  readonly column: string | null;
  readonly path: string | null;
  readonly code: string;
  rows: number;
};

/** The rows, events and problems of a sheet that a mapping was tried on. */
export type Tried = { readonly rows: number; readonly events: number; readonly problems: readonly Unread[] };

export const notTried: Tried = { rows: 0, events: 0, problems: [] };

/** Reads a sheet by a mapping: the number of rows that are events, and the errors of the others. */
export async function tryOut(text: Chunks, mapping: SheetMapping): Promise<Tried> {
  const problems = new Map<string, Unread>();
  let rows = 0;
  let events = 0;
  for await (const row of readSheet(text, mapping)) {
    rows += 1;
    if (row.ok) {
      events += 1;
      continue;
    }
    for (const { column, path, code } of row.problems) {
      // The words that are not known are listed apart.
      if (code === 'unknown-act') continue;
      const key = JSON.stringify([column, path, code]);
      const known = problems.get(key) ?? { column, path, code, rows: 0 };
      known.rows += 1;
      problems.set(key, known);
    }
  }
  return { rows, events, problems: [...problems.values()].toSorted((one, other) => other.rows - one.rows) };
}
