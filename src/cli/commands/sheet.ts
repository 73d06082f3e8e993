import { readSheet, type SheetMapping } from '../../logs/index.ts';
import { isGarbled } from '../../logs/sheet/row.ts';
import { EXIT, Failure } from '../cli-error.ts';
import { type Context, print, printError, printJson } from '../context.ts';
import { type Guess, guessMapping } from '../guess/mapping.ts';
import { readTable } from '../guess/table.ts';
import { sourceAt } from '../inputs.ts';
import { safeJson, sanitize } from '../sanitize.ts';
import { wholeText } from '../source.ts';

/** The problems of the rows that a mapping reads: place, problem and count. */
type Unread = { readonly column: string | null; readonly path: string | null; readonly code: string; rows: number };

/** Proposes a mapping of a sheet on standard output, and lists the unmapped columns on standard error. */
export async function guess(path: string, context: Context): Promise<number> {
  const source = await sourceAt(path, context);
  const text = await wholeText(source);
  const garbled = text.split('\n').findIndex(isGarbled);
  if (garbled >= 0) throw new Failure(({ failures }) => failures.notUtf8(source.name, garbled + 1));
  const table = readTable(text);
  if (table === null) throw new Failure(({ failures }) => failures.noSheet(source.name));
  const found = guessMapping(table);
  if ('missing' in found) {
    const { missing, columns } = found;
    throw new Failure(({ failures, guess: words }) => {
      const needs = missing.map((name) => words.needs[name]);
      return [failures.noGuess(source.name, needs), failures.columnsFound(columns.map(sanitize).slice(0, 40))];
    });
  }
  const tried = await tryOut(text, found.mapping);
  if (context.json) await printJson(context, { ...found, ...tried });
  else {
    for (const line of safeJson(found.mapping, 2).split('\n')) await print(context, line);
    if (!context.quiet) await printError(context, linesOf(found, tried, context));
  }
  return found.columns.length + found.words.length + tried.problems.length === 0 ? EXIT.ok : EXIT.found;
}

/** Reads the sheet by the mapping: the number of rows that are events, and the errors of the others. */
async function tryOut(text: string, mapping: SheetMapping) {
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

type Tried = Awaited<ReturnType<typeof tryOut>>;

/** The columns that the mapping does not read, and the data that the events still lack. */
function linesOf(
  { columns, words: unknown }: Guess,
  { rows, events, problems }: Tried,
  { words: { guess: words, problems: codes, output } }: Context,
): readonly string[] {
  const fieldOf = (path: string | null) => (path ?? '').replace(/^\/(?:data\/)?/, '').replaceAll('/', '.');
  return [
    words.read(events, rows),
    ...(columns.length === 0 ? [] : [words.columns(columns.map(sanitize))]),
    ...unknown.slice(0, 50).map(({ word, rows: count }) => words.word(sanitize(word), count)),
    ...problems.slice(0, 50).map(({ column, path, code, rows: count }) => {
      const place = [column === null ? '' : sanitize(column), fieldOf(path)].filter(Boolean).join(' → ');
      const what = Object.hasOwn(codes, code) ? codes[code as keyof typeof codes] : codes.unreadable;
      return words.problem(output.issue(place, what), count);
    }),
  ];
}
