import { parseJson } from '../../util/json.ts';
import { type Chunks, lineGroups } from '../lines.ts';
import { isGarbled, type Row } from './source.ts';

/** The number of characters of an array, or of a line, that are held. */
const MOST_HELD = 200_000_000;

/** The rows of a JSON export: of an array, which is held whole; or one object a line. Blank lines are left out. */
export async function* jsonRows(chunks: Chunks, most = MOST_HELD): AsyncGenerator<Row> {
  const array: string[] = [];
  let line = 0;
  let held = 0;
  let isEmpty = true;
  // One character more than the limit, to detect longer values.
  for await (const texts of lineGroups(chunks, most + 1)) {
    for (const text of texts) {
      line += 1;
      const json = line === 1 ? text.replace(/^\uFEFF/, '') : text;
      const isOfArray = array.length > 0 || (isEmpty && json.trimStart().startsWith('['));
      if (!isOfArray && json.trim() === '') continue;
      held = isOfArray ? held + json.length + 1 : json.length;
      if (held > most && isOfArray) return yield { row: 1, cells: null, code: 'too-large' };
      if (isOfArray) array.push(json);
      else yield held > most ? { row: line, cells: null, code: 'too-large' } : readLine(line, json);
      isEmpty = false;
    }
  }
  if (isEmpty) yield { row: 1, cells: null, code: 'empty' };
  if (array.length > 0) yield* readArray(array.join('\n'));
}

function* readArray(text: string): Generator<Row> {
  const items = parseJson(text);
  if (!Array.isArray(items)) {
    yield { row: 1, cells: null, code: isGarbled(text) ? 'not-utf8' : 'invalid-json' };
    return;
  }
  for (const [place, item] of items.entries()) yield toRow(place + 1, item);
}

function readLine(row: number, text: string): Row {
  const value = parseJson(text);
  return value === undefined ? { row, cells: null, code: 'invalid-json' } : toRow(row, value);
}

function toRow(row: number, value: unknown): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { row, cells: null, code: 'not-flat' };
  const cells = (column: string) =>
    Object.hasOwn(value, column) ? (value as Readonly<Record<string, unknown>>)[column] : undefined;
  const isBad = Object.values(value).some((cell) => typeof cell === 'string' && isGarbled(cell));
  return isBad ? { row, cells, code: 'not-utf8' } : { row, cells };
}
