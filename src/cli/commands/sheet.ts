import { isGarbled } from '../../logs/sheet/source.ts';
import { type Context, EXIT, Failure, print, printError, printJson } from '../console/context.ts';
import { formatField, reporting } from '../console/findings.ts';
import { safeJson, sanitize } from '../console/text.ts';
import { type Guess, guessMapping, type Need } from '../guess/mapping.ts';
import { readTable, type Table } from '../guess/table.ts';
import { notTried, type Tried, tryOut } from '../guess/try-out.ts';
import { sourceAt } from '../input/inputs.ts';
import { decodeSheet, shownColumns } from '../input/sheets.ts';
import { holdSource, wholeText } from '../input/source.ts';

/** Proposes a mapping of a sheet on standard output, and lists on standard error what is left to decide. */
export async function guess(path: string, context: Context): Promise<number> {
  const { guess: words } = context.words;
  const held = await holdSource(await sourceAt(path, context, true));
  const source = await decodeSheet(held, context);
  const text = await wholeText(source);
  const garbled = text.split('\n').findIndex(isGarbled);
  if (garbled >= 0) throw new Failure(({ failures }) => failures.notUtf8(source.name, garbled + 1));
  const table = await readTable(text);
  if (table === null) throw new Failure(({ failures }) => failures.noSheet(source.name));
  const place = (need: Need) => words.place(words.needs[need]);
  const found = guessMapping(table, { place, ignored: words.ignored });
  // Without one of its columns the sheet cannot be read.
  const tried = found.missing.length > 0 ? notTried : await tryOut(text, found.mapping);
  if (context.json) await printJson(context, { ...found, ...tried });
  else {
    for (const line of safeJson(found.mapping, 2).split('\n')) await print(context, line);
    if (!context.quiet) await printError(context, formatLines(found, tried, table, context));
  }
  return isComplete(found, tried) ? EXIT.ok : EXIT.found;
}

const isComplete = ({ missing, words, unclearDate }: Guess, { problems }: Tried) =>
  missing.length + words.length + problems.length === 0 && unclearDate === null;

/** The number of rows that the mapping reads, the columns that it does not, and all that is left to decide. */
function formatLines(found: Guess, tried: Tried, table: Table, context: Context): readonly string[] {
  const { words: unknown, missing, columns, unclearDate, mapping } = found;
  const { guess: words, problems: codes, output, failures } = context.words;
  const { events: names } = reporting(context, undefined).words;
  const first =
    missing.length > 0 ? words.missing(missing.map((need) => words.needs[need])) : words.read(tried.events, tried.rows);
  return [
    first,
    ...(missing.length > 0 ? [failures.columnsFound(shownColumns(table.columns, 40))] : []),
    ...(columns.length === 0 ? [] : [words.columns(shownColumns(columns, 40))]),
    ...(unclearDate === null ? [] : [words.unclearDate(sanitize(unclearDate), mapping.dates ?? 'dmy')]),
    ...unknown.slice(0, 50).map(({ word, rows, acts }) => {
      const [one, count] = [sanitize(word), rows];
      return acts.length === 0
        ? words.word(one, count)
        : words.unclear(
            one,
            count,
            acts.map((type) => `${type} (${names[type]})`),
          );
    }),
    ...tried.problems.slice(0, 50).map(({ column, path, code, rows }) => {
      const place = [column === null ? '' : sanitize(column), formatField(path ?? '')].filter(Boolean).join(' → ');
      const what = Object.hasOwn(codes, code) ? codes[code as keyof typeof codes] : codes.unreadable;
      return words.problem(output.issue(place, what), rows);
    }),
    ...(isComplete(found, tried) ? [words.complete] : []),
  ];
}
