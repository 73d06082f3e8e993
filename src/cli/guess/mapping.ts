import type { ActMapping, SheetMapping, ValueSource } from '../../logs/index.ts';
import { planOf } from '../../logs/sheet/plan.ts';
import { instantOf } from '../../logs/sheet/time.ts';
import { caseFold } from '../../logs/sheet/word-map.ts';
import type { EventType } from '../../messages/index.ts';
import { createContext } from '../../report/plain-text.ts';
import { defaultPolicy, eventTypes } from '../../visit/index.ts';
import { actOfEvent, commandTypes } from '../../visit/table.ts';
import { blanks, type ColumnRole, detailFields, headings, otherNames, recorderWords } from './names.ts';
import type { Table } from './table.ts';

/** A proposed mapping, and the columns and words that it does not cover. */
export type Guess = {
  readonly mapping: SheetMapping;
  /** Columns that the mapping does not read. */
  readonly columns: readonly string[];
  /** Unknown words of the act, with their number of rows. */
  readonly words: readonly { readonly word: string; readonly rows: number }[];
};

/** The parts of a mapping for which the sheet has no column, and the columns that it has. */
export type MissingColumns = {
  readonly missing: readonly ('visitId' | 'at' | 'act' | 'by')[];
  readonly columns: readonly string[];
};

/** Removes accents, signs and letter case, so that texts can be compared. */
const toComparable = (text: string): string =>
  caseFold(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

type Columns = Partial<Readonly<Record<ColumnRole, string>>>;

/**
 * Proposes a mapping for a sheet by its headings and cells, or reports the missing columns if it cannot be read at all.
 */
export function guessMapping(table: Table): Guess | MissingColumns {
  const columns = findColumns(table);
  const { visitId, act } = columns;
  const at =
    columns.moment ??
    (columns.date !== undefined && columns.time !== undefined ? [columns.date, columns.time] : columns.date);
  const by = columns.provider ?? columns.operator;
  if (visitId === undefined || at === undefined || act === undefined || by === undefined) {
    const needs = { visitId, at, act, by };
    const missing = (['visitId', 'at', 'act', 'by'] as const).filter((name) => needs[name] === undefined);
    return { missing, columns: table.columns };
  }
  const known = countWords(table, act);
  const words = Object.fromEntries(
    known.flatMap(({ word, type }) => (type === null ? [] : [[word, mapAct(word, type, columns, table)]])),
  );
  const blank = blanks.filter((text) => table.rows.some((row) => row.some((cell) => caseFold(cell) === text)));
  const mapping: SheetMapping = {
    ...(table.format === 'json' ? { format: 'json' } : { delimiter: table.delimiter }),
    dates: guessDateOrder(table, typeof at === 'string' ? [at] : at),
    decimal: table.delimiter === ';' ? ',' : '.',
    zone: defaultPolicy.timeZone,
    ...(blank.length > 0 && { blank }),
    visitId: { column: visitId },
    at: { column: at },
    by: { id: mapActorId(columns, by) },
    ...mapRecorder(table, columns),
    act: { column: act, words },
  };
  const read = planOf(mapping).columns;
  return {
    mapping,
    columns: table.columns.filter((column) => !read.includes(column)),
    words: known.flatMap(({ word, type, rows }) => (type === null ? [{ word, rows }] : [])),
  };
}

/** Finds the column of each role: the first with a heading of that role. */
function findColumns({ columns }: Table): Columns {
  const found: Partial<Record<ColumnRole, string>> = {};
  for (const [role, names] of Object.entries(headings) as [ColumnRole, readonly string[]][]) {
    const column = columns.find((one) => names.includes(toComparable(one)));
    if (column !== undefined) found[role] = column;
  }
  return found;
}

function mapActorId({ provider, operator }: Columns, by: string): SheetMapping['by']['id'] {
  if (provider === undefined || operator === undefined) return { column: by };
  return { provider: { column: provider }, 'contact-center': { column: operator } };
}

/** Maps the column of the recorder, if every word in it is known. */
function mapRecorder(table: Table, { recorder, provider, operator }: Columns): Pick<SheetMapping, 'recordedBy'> {
  if (recorder === undefined || provider === undefined || operator === undefined) return {};
  const words = [...new Set(cellsIn(table, recorder))].filter((word) => word !== '');
  const roles = words.flatMap((word) =>
    Object.hasOwn(recorderWords, toComparable(word)) ? [[word, recorderWords[toComparable(word)] ?? '']] : [],
  );
  if (words.length === 0 || roles.length < words.length) return {};
  const id = { provider: { column: provider }, 'contact-center': { column: operator } };
  return { recordedBy: { role: { column: recorder, words: Object.fromEntries(roles) }, id } };
}

function cellsIn({ columns, rows }: Table, column: string): readonly string[] {
  const place = columns.indexOf(column);
  return rows.map((row) => row[place] ?? '');
}

/** Guesses the order of day and month: the one in which more cells can be read. */
function guessDateOrder(table: Table, columns: readonly string[]): 'dmy' | 'mdy' {
  const all = columns.map((column) => cellsIn(table, column));
  const texts = table.rows.map((_, place) => all.map((cells) => cells[place] ?? '').join(' ')).slice(0, 2000);
  const readBy = (dates: 'dmy' | 'mdy') =>
    texts.filter((text) => !['invalid-time', 'skipped-time'].includes(instantOf(text, defaultPolicy.timeZone, dates)))
      .length;
  return readBy('mdy') > readBy('dmy') ? 'mdy' : 'dmy';
}

type Word = { readonly word: string; readonly rows: number; readonly type: EventType | null };

/** Counts the rows of each word of the act, and finds the act that it names. */
function countWords(table: Table, column: string): readonly Word[] {
  const counts = new Map<string, { readonly word: string; rows: number }>();
  for (const word of cellsIn(table, column)) {
    if (word === '') continue;
    const count = counts.get(caseFold(word));
    if (count === undefined) counts.set(caseFold(word), { word, rows: 1 });
    else count.rows += 1;
  }
  const acts = readActNames();
  return [...counts.values()].map(({ word, rows }) => ({ word, rows, type: findAct(word, acts) }));
}

/** Reads the acts by their names as they are compared. */
function readActNames(): ReadonlyMap<string, EventType> {
  const actsByName = new Map<string, EventType>();
  const catalogues = (['en', 'es-CR'] as const).map((locale) => createContext({ locale }).words.events);
  for (const type of eventTypes) {
    const names = [...catalogues.map((events) => events[type]), ...(otherNames[type] ?? [])];
    for (const name of [type, ...names])
      if (!actsByName.has(toComparable(name))) actsByName.set(toComparable(name), type);
  }
  for (const command of commandTypes) {
    const event = eventTypes.find((type) => actOfEvent(type)?.command === command);
    if (event !== undefined) actsByName.set(toComparable(command), event);
  }
  return actsByName;
}

/** Words that are ignored when names are compared. */
const ignoredWords = new Set(['de', 'del', 'la', 'el', 'los', 'las', 'al', 'a', 'y', 'por', 'the', 'of', 'to', 'and']);

/** The first letters of the words of a text, which tell them apart whatever their endings. */
const stemsIn = (text: string) =>
  new Set(
    text
      .split(' ')
      .filter((word) => !ignoredWords.has(word))
      .map((word) => word.slice(0, 5)),
  );

/** Finds the act that a word names, or the only one whose name has the same stems; `null` if none does. */
function findAct(word: string, known: ReadonlyMap<string, EventType>): EventType | null {
  const text = toComparable(word);
  const exact = known.get(text);
  if (exact !== undefined) return exact;
  const own = stemsIn(text);
  const alike = [...known].filter(([name]) => {
    const other = stemsIn(name);
    return own.size === other.size && [...own].every((stem) => other.has(stem));
  });
  const types = new Set(alike.map(([, type]) => type));
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : null;
}

/** Maps a word to its act, with the fields that have columns of their own. */
function mapAct(word: string, type: EventType, columns: Columns, table: Table): EventType | ActMapping {
  const data: Record<string, ValueSource> = {};
  const put = (path: string, role: ColumnRole, more: object = {}) => {
    const column = columns[role];
    if (column !== undefined) data[path] = { column, ...more };
  };
  if (type === 'VisitAssigned') {
    put('caseNumber', 'caseNumber');
    put('client.name', 'client');
    if (isTitle(table, columns.title)) put('client.title', 'title');
    put('service', 'service');
    put('place', 'place');
  }
  if (type === 'VisitAssigned' || type === 'ProviderReassigned') {
    put('provider.id', 'provider');
    put('provider.name', 'providerName');
    put('arriveBy', 'arriveBy', { as: 'time' });
  }
  if (type === 'ServiceAnnounced') put('service', 'service');
  if (type === 'CompletionReported') put('caseNumber', 'caseNumber');
  if (type === 'TransitIssueReported')
    data.issue = { value: /averi|breakdown/.test(toComparable(word)) ? 'breakdown' : 'delay' };
  const field = detailFields[type];
  if (field !== undefined) put(field, 'detail');
  return Object.keys(data).length === 0 ? type : { type, data };
}

const isTitle = (table: Table, column: string | undefined) =>
  column !== undefined && cellsIn(table, column).every((cell) => ['', 'don', 'doña'].includes(caseFold(cell)));
