import { planMapping } from '../../logs/sheet/plan.ts';
import { parseSheetTime } from '../../logs/sheet/time.ts';
import { caseFold } from '../../logs/sheet/word-map.ts';
import type { ActMapping, SheetMapping, ValueSource } from '../../logs.ts';
import type { EventType } from '../../messages/index.ts';
import { createContext } from '../../report/visit/plain-text.ts';
import { defaultPolicy, eventTypes } from '../../visit/index.ts';
import { actOfEvent, commandTypes } from '../../visit/table.ts';
import { guessRole, listStems, toComparable, toKey } from './keys.ts';
import { blanks, type ColumnRole, detailFields, otherNames, recorderWords, unclearNames } from './names.ts';
import type { Table } from './table.ts';

/** The data without which no row is an event. */
export type Need = 'visitId' | 'at' | 'act' | 'by';

/** A proposed mapping, and what it leaves to a person. */
export type Guess = {
  readonly mapping: SheetMapping;
  /** The data for which the sheet has no column that is known: the mapping names none. */
  readonly missing: readonly Need[];
  /** Columns that the mapping does not read. */
  readonly columns: readonly string[];
  /** Words of the act that are unknown, or may be several acts: their number of rows, and these acts. */
  readonly words: readonly { readonly word: string; readonly rows: number; readonly acts: readonly EventType[] }[];
  /** A date of which nothing in the sheet shows which number is the day. */
  readonly unclearDate: string | null;
};

/** The texts that a draft contains: the place of a column that is missing, and why a column is ignored. */
type DraftTexts = { readonly place: (need: Need) => string; readonly ignored: string };

type Columns = Partial<Readonly<Record<ColumnRole, string>>>;

/** Proposes a mapping for a sheet by its headings and cells. */
export function guessMapping(table: Table, texts: DraftTexts): Guess {
  const columns = findColumns(table);
  const { visitId = columns.caseNumber, act } = columns;
  const at =
    columns.moment ??
    (columns.date !== undefined && columns.time !== undefined ? [columns.date, columns.time] : columns.date);
  const by = columns.provider ?? columns.operator;
  const needs = { visitId, at, act, by };
  const missing = (['visitId', 'at', 'act', 'by'] as const).filter((name) => needs[name] === undefined);
  const known = act === undefined ? [] : countWords(table, act);
  const words = Object.fromEntries(
    known.flatMap(({ word, types: [type, ...more] }) =>
      type === undefined || more.length > 0 ? [] : [[word, mapAct(word, type, columns, table)]],
    ),
  );
  const undecided = known.filter(({ types }) => types.length !== 1);
  const dates = guessDateOrder(table, typeof at === 'string' ? [at] : (at ?? []));
  const blank = blanks.filter((text) => table.rows.some((row) => row.some((cell) => caseFold(cell) === text)));
  const mapping: SheetMapping = {
    ...(table.format === 'json' ? { format: 'json' } : { delimiter: table.delimiter }),
    dates: dates.order,
    decimal: table.delimiter === ';' ? ',' : '.',
    zone: defaultPolicy.timeZone,
    ...(dates.isFalling && { sort: true }),
    ...(blank.length > 0 && { blank }),
    visitId: { column: visitId ?? texts.place('visitId') },
    at: { column: at ?? texts.place('at') },
    by: { id: mapActorId(columns, by ?? texts.place('by')) },
    ...mapRecorder(table, columns),
    act: {
      column: act ?? texts.place('act'),
      words,
      ...listed('undecided', undecided, ({ word, types }) => [word, types]),
    },
  };
  const read = planMapping(mapping).columns;
  const left = table.columns.filter((column) => !read.includes(column));
  return {
    mapping: { ...mapping, ...listed('ignored', left, (column) => [column, texts.ignored]) },
    missing,
    columns: left,
    words: undecided.map(({ word, rows, types }) => ({ word, rows, acts: types })),
    unclearDate: dates.unclear,
  };
}

/** Some entries of a mapping under a name, if any have one. */
function listed<T, V>(name: string, items: readonly T[], entryOf: (item: T) => readonly [string, V]) {
  const entries = items.map(entryOf).filter(([key]) => key !== '' && key !== '__proto__');
  return entries.length === 0 ? {} : { [name]: Object.fromEntries(entries) };
}

/** Finds the column of each role: the first with a heading of that role. */
function findColumns({ columns }: Table): Columns {
  const found: Partial<Record<ColumnRole, string>> = {};
  for (const column of columns) {
    const role = guessRole(column);
    if (role !== undefined) found[role] ??= column;
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

/**
 * Guesses the order of day and month: the one in which more cells can be read, and days first where there is no difference; then with
 * a text that means another date in the other order. Tells, too, if the rows go from the newest to the oldest.
 */
function guessDateOrder(table: Table, columns: readonly string[]) {
  const all = columns.map((column) => cellsIn(table, column));
  const texts = table.rows.map((_, place) => all.map((cells) => cells[place] ?? '').join(' ')).slice(0, 2000);
  const readBy = (dates: 'dmy' | 'mdy') => texts.map((text) => parseSheetTime(text, defaultPolicy.timeZone, dates));
  const [days, months] = [readBy('dmy'), readBy('mdy')];
  const countOf = (read: readonly string[]) => read.filter((text) => text.endsWith('Z')).length;
  const read = (countOf(months) > countOf(days) ? months : days).filter((text) => text.endsWith('Z'));
  const steps = read.slice(1).map((at, place) => Math.sign(Date.parse(at) - Date.parse(read[place] ?? at)));
  const falling = steps.filter((step) => step < 0).length;
  const differs = texts.find((_, place) => days[place] !== months[place]);
  return {
    order: countOf(months) > countOf(days) ? ('mdy' as const) : ('dmy' as const),
    unclear: countOf(months) === countOf(days) ? (differs ?? null) : null,
    isFalling: falling > 2 * steps.filter((step) => step > 0).length,
  };
}

type Word = { readonly word: string; readonly rows: number; readonly types: readonly EventType[] };

/** Counts the rows of each word of the act, and finds the act that it names, or those that it may name. */
function countWords(table: Table, column: string): readonly Word[] {
  const counts = new Map<string, { readonly word: string; rows: number }>();
  for (const word of cellsIn(table, column)) {
    if (word === '') continue;
    const count = counts.get(caseFold(word));
    if (count === undefined) counts.set(caseFold(word), { word, rows: 1 });
    else count.rows += 1;
  }
  const acts = readActNames();
  return [...counts.values()].map(({ word, rows }) => ({ word, rows, types: findActs(word, acts) }));
}

type ActsByName = ReadonlyMap<string, ReadonlySet<EventType>>;

/** Reads the acts by their names as they are compared, and by the stems of these. */
function readActNames(): { readonly byName: ActsByName; readonly byStems: ActsByName } {
  const byName = new Map<string, Set<EventType>>();
  const byStems = new Map<string, Set<EventType>>();
  const put = (name: string, type: EventType) => {
    for (const [all, key] of [[byName, toKey(name)] as const, [byStems, listStems(name)] as const])
      all.set(key, (all.get(key) ?? new Set()).add(type));
  };
  const catalogues = (['en', 'es-CR'] as const).map((locale) => createContext({ locale }).words.events);
  for (const type of eventTypes) {
    for (const name of [type, ...catalogues.map((events) => events[type]), ...(otherNames[type] ?? [])])
      put(name, type);
  }
  for (const command of commandTypes) {
    const event = eventTypes.find((type) => actOfEvent(type)?.command === command);
    if (event !== undefined) put(command, event);
  }
  for (const [name, types] of Object.entries(unclearNames)) for (const type of types) put(name, type);
  return { byName, byStems };
}

/** Finds the acts that a word names, or else those whose names have the same stems. */
const findActs = (word: string, { byName, byStems }: ReturnType<typeof readActNames>): readonly EventType[] => [
  ...(byName.get(toKey(word)) ?? byStems.get(listStems(word)) ?? []),
];

/** Words of a break, other than those of a second visit. */
const BREAK = /paus|almuerz|almorz|comida|cafe|descans|receso|lunch|break/;

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
    data.issue = {
      value: /averi|breakdown|llanta|varado|car trouble/.test(toComparable(word)) ? 'breakdown' : 'delay',
    };
  if ((type === 'Paused' || type === 'Resumed') && BREAK.test(toComparable(word))) data.kind = { value: 'break' };
  const field = detailFields[type];
  if (field !== undefined) put(field, 'detail');
  return Object.keys(data).length === 0 ? type : { type, data };
}

const isTitle = (table: Table, column: string | undefined) =>
  column !== undefined && cellsIn(table, column).every((cell) => ['', 'don', 'doña'].includes(caseFold(cell)));
