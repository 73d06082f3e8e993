import type { Actor, Id, Instant, Role, VisitEvent } from '../../messages/index.ts';
import { parseEvent } from '../../wire/parse.ts';
import { parseId } from '../visit-id.ts';
import type { Converted } from './cell.ts';
import type { Derived } from './derived-fields.ts';
import type { ActorMapping, Constant, ValueSource } from './mapping.ts';
import { type ActPlan, isSource, type Plan } from './plan.ts';
import type { RowProblem } from './problem.ts';
import { type Cells, nameColumn, readSource, readText } from './source.ts';
import { caseFold } from './word-map.ts';

/** The event of a row, or its problems; null for a row to be skipped. */
type RowEvent =
  | { readonly ok: true; readonly value: VisitEvent }
  | { readonly ok: false; readonly visitId: Id | null; readonly problems: readonly RowProblem[] };

type Fields = Record<string, unknown>;

/** Reads a row, cell by cell, and records the errors. */
class RowReader {
  readonly problems: RowProblem[] = [];
  /** The column of each field that was read. */
  readonly columns = new Map<string, string | null>();
  readonly plan: Plan;
  readonly cells: Cells;
  rowTime: Instant | null = null;

  constructor(plan: Plan, cells: Cells) {
    this.plan = plan;
    this.cells = cells;
  }

  /** The value of a field, if it has one. */
  read(path: string, source: ValueSource): Constant | undefined {
    const { plan, cells, rowTime } = this;
    const { decimal, dates, zone } = plan;
    const column = nameColumn(source);
    this.columns.set(path, column);
    const result: Converted = readSource(source, cells, plan.blank, { decimal, dates, zone, rowTime });
    if (result === null) return undefined;
    if ('value' in result) return result.value;
    this.problems.push({ column, path, code: result.code });
    return undefined;
  }

  /** The actor; undefined where the id is blank. */
  actor(path: string, { role, id }: ActorMapping, own: Role | null): Actor | undefined {
    const said = role === undefined ? own : this.read(`${path}/role`, role);
    const source = isSource(id) ? id : id[said as Role];
    const found = source === undefined ? undefined : this.read(`${path}/id`, source);
    if (source !== undefined) this.columns.set(path, nameColumn(source));
    if (said === undefined && role !== undefined && found !== undefined) this.lack(`${path}/role`, role);
    const name = found === undefined && said === 'client' ? 'client' : found;
    return said === undefined || name === undefined ? undefined : ({ role: said, id: name } as Actor);
  }

  /** Notes that a field is blank, unless it is noted that it is wrong. */
  private lack(path: string, source: ValueSource): void {
    const isNoted = this.problems.some((problem) => problem.path === path);
    if (!isNoted) this.problems.push({ column: nameColumn(source), path, code: 'missing' });
  }
}

/** The event of a row. */
export function readRowEvent(cells: Cells, plan: Plan, derived: Derived): RowEvent | null {
  const { mapping, skip, acts } = plan;
  if (skip.some(({ column, words }) => words.has(caseFold(readText(cells(column)) ?? '')))) return null;
  const reader = new RowReader(plan, cells);
  const visitId = reader.read('/data/visitId', mapping.visitId);
  const at = reader.read('/data/at', mapping.at);
  reader.rowTime = typeof at === 'string' ? at : null;
  const act = acts.get(caseFold(readText(cells(mapping.act.column)) ?? ''));
  if (act === null) return null;
  if (act === undefined) reader.problems.push({ column: mapping.act.column, path: '/type', code: 'unknown-act' });
  const data: Fields = { ...present({ visitId, at }), ...(act === undefined ? {} : readData(act, reader)) };
  const shown = parseId(visitId);
  if (act === undefined || reader.problems.length > 0) return { ok: false, visitId: shown, problems: reader.problems };
  return validate(act, { ...derived.derive(act.type, shown, data), ...data }, reader);
}

function readData({ fields, role, by, recordedBy }: ActPlan, reader: RowReader): Fields {
  const data: Fields = {};
  for (const { path, source } of fields) {
    const value = reader.read(`/data/${path.join('/')}`, source);
    if (value !== undefined) put(data, path, value);
  }
  const author = reader.actor('/data/by', by, role);
  const other = recordedBy === undefined ? undefined : reader.actor('/data/recordedBy', recordedBy, null);
  const isSame = other !== undefined && other.role === author?.role && other.id === author.id;
  return { ...data, ...present({ by: author, recordedBy: isSame ? undefined : other }) };
}

/** Puts a value into its place; the names are those of the event's fields. */
function put(data: Fields, [first = '', ...rest]: readonly string[], value: Constant): void {
  if (rest.length === 0) data[first] = value;
  else {
    const inner = (data[first] ?? {}) as Fields;
    data[first] = inner;
    put(inner, rest, value);
  }
}

const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

function validate({ type }: ActPlan, data: Fields, { columns }: RowReader): RowEvent {
  const parsed = parseEvent({ type, data });
  if (parsed.ok) return parsed;
  const problems = parsed.issues.map(({ path, code }) => ({ column: columnAt(path, columns), path, code }));
  return { ok: false, visitId: parseId(data.visitId), problems };
}

/** The column from which a field came, or the object that it is part of. */
function columnAt(path: string, columns: ReadonlyMap<string, string | null>): string | null {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const column = columns.get(at);
    if (column !== undefined) return column;
  }
  return null;
}
