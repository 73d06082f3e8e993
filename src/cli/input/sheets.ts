import { headerCells } from '../../logs/sheet/csv-rows.ts';
import { planMapping } from '../../logs/sheet/plan.ts';
import { normalizeSpace } from '../../logs/sheet/word-map.ts';
import { linesOf, type SheetMapping, type SheetRow } from '../../logs.ts';
import { type Context, Failure, printError } from '../console/context.ts';
import { sanitize } from '../console/text.ts';
import { delimiters } from '../guess/table.ts';
import { isUtf16, type Source } from './source.ts';

/** The names of the first columns; of a long one its beginning. */
export const shownColumns = (columns: readonly string[], most: number): readonly string[] =>
  columns.slice(0, most).map((column) => sanitize(column.length > 80 ? `${column.slice(0, 79)}…` : column));

/** Refuses a CSV that lacks columns of the mapping. The failure names the columns that it has, and a delimiter that would fit. */
export async function checkColumns(head: string, mapping: SheetMapping, name: string): Promise<void> {
  if (mapping.format === 'json') return;
  const { columns } = planMapping(mapping);
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

/** Passes rows on, and reports at the end if they went from the newest to the oldest. */
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

type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** The names of the encodings for people. */
const names: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

/** Decodes a sheet from the encodings of spreadsheets to UTF-8; reports on standard error any other than UTF-8. */
export async function decodeSheet(source: Source, context: Context): Promise<Source> {
  const encoding = await detectEncoding(source);
  if (encoding === 'utf-8') return source;
  if (!context.quiet) await printError(context, [context.words.failures.decoded(source.name, names[encoding])]);
  return { ...source, chunks: (onBytes) => decoded(source.chunks(onBytes), encoding) };
}

/** Bytes that Windows-1252 does not use. */
const UNUSED = /[\u0081\u008d\u008f\u0090\u009d]/;
/** A character of UTF-8 beyond ASCII, its bytes read as Latin-1. */
const MULTIBYTE = /[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}/;

/**
 * The encoding of a sheet. It is Windows-1252 only if no character beyond ASCII is one of UTF-8: of a mixture each row that is not
 * UTF-8 is reported. What can be read only once counts as UTF-8, unless it begins otherwise.
 */
async function detectEncoding(source: Source): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let hasUtf8 = false;
  let isWindows = true;
  let isFirst = true;
  for await (const part of source.chunks()) {
    const bytes = Buffer.from(part.buffer, part.byteOffset, part.length);
    if (isFirst && isUtf16(bytes)) return bytes[0] === 0xff || bytes[1] === 0 ? 'utf-16le' : 'utf-16be';
    isFirst = false;
    if (isUtf8) isUtf8 = isDecoded(decoder, bytes);
    const latin = bytes.toString('latin1');
    hasUtf8 ||= MULTIBYTE.test(latin);
    isWindows &&= !UNUSED.test(latin);
  }
  return !isUtf8 && !hasUtf8 && isWindows ? 'windows-1252' : 'utf-8';
}

function isDecoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

async function* decoded(parts: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const part of parts) yield encoder.encode(decoder.decode(part, { stream: true }));
  yield encoder.encode(decoder.decode());
}
