import type { Position } from '../messages/index.ts';
import { LIMITS } from '../wire/limits.ts';
import type { FieldCondition } from './form.ts';
import { parts, position } from './parts.ts';
import { invalid, type Reading, readChoice, readId, readSingle, readText } from './read-value.ts';
import type { Shape, Shapes } from './shape.ts';

type Data = { [name: string]: unknown };

/** Reads the fields of a form, a group or a row; notes each problem, and each field that the act needs in which nothing was entered. */
export function readFields(shapes: Shapes, within: string, reading: Reading): Data {
  const data: Data = {};
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.when && !isMet(shape.when, data)) continue;
    const value = readField(shape, within + name, reading);
    if (value === undefined && isNeeded(shape, data, reading)) reading.note(within + name, 'required');
    if (value !== undefined && value !== invalid) data[name] = value;
  }
  return data;
}

/** True for a datum without which the data are invalid, or a rule that is not waived refuses the act. */
function isNeeded({ optional, clauses, neededWhen, waivable }: Shape, data: Data, { waived }: Reading): boolean {
  if (optional !== true) return true;
  if (clauses === undefined || (waivable !== undefined && waived.has(waivable))) return false;
  return neededWhen === undefined || isMet(neededWhen, data);
}

/** True if the condition holds of the data that were read. */
const isMet = ({ field, is }: FieldCondition, { [field]: value }: Data) =>
  is.includes(typeof value === 'boolean' ? (value ? 'yes' : 'no') : `${value}`);

/** The value of a field; undefined if nothing was entered. */
function readField(shape: Shape, name: string, reading: Reading): unknown {
  switch (shape.kind) {
    case 'text':
    case 'long-text':
    case 'id':
    case 'sha256':
    case 'choice':
    case 'yes-no':
    case 'quantity':
    case 'instant':
      return readSingle(shape, name, reading);
    case 'list':
      return listed(readLines(name, shape.max, reading), name, reading);
    case 'choices':
      return chosen(name, reading, (value) => readChoice(value, name, shape, reading), shape.min);
    case 'photographs':
      return shape.from === 'camera'
        ? readRows(parts.photo, name, reading)
        : chosen(name, reading, (value) => readId(value, name, reading));
    case 'reported-acts':
      return ascending(chosen(name, reading, (value) => readIndex(value, name, reading)));
    case 'rows':
      return readRows(parts[shape.part], name, reading, shape.min);
    case 'group':
      return readGroup(parts[shape.part], name, shape, reading);
    case 'contact':
      return readGroup(parts.contact, name, shape, reading);
    case 'position':
      return reading.entries.has(name) ? readPosition(name, reading) : undefined;
  }
}

/** The texts in the lines of all values of a name. */
function readLines(name: string, max: number, reading: Reading): readonly unknown[] {
  const lines = reading.entries.all(name).flatMap((value) => `${value}`.split(/[\r\n]+/));
  return lines.map((line) => readText(line, name, max, reading));
}

/** A list of the values that were chosen, each once. */
function chosen(name: string, reading: Reading, read: (value: string | number) => unknown, min?: number): unknown {
  return listed([...new Set(reading.entries.all(name).map(read))], name, reading, min);
}

/** A list of what was entered; empty only if the box says so. */
function listed(values: readonly unknown[], name: string, { entries, note }: Reading, min = 0): unknown {
  const items = values.filter((value) => value !== undefined);
  if (items.includes(invalid)) return invalid;
  if (items.length > LIMITS.items) return note(name, 'too-many', LIMITS.items);
  return items.length > 0 || (min === 0 && entries.isTicked(`${name}.none`)) ? items : undefined;
}

const ascending = (list: unknown) => (Array.isArray(list) ? list.sort((a, b) => a - b) : list);

function readIndex(value: string | number, name: string, { note }: Reading): number | typeof invalid {
  return /^(?:0|[1-9]\d{0,8})$/.test(`${value}`) ? Number(value) : note(name, 'not-a-choice');
}

/** The rows in which anything was entered; their problems are named by the numbers under which they came. */
function readRows(shapes: Shapes, name: string, reading: Reading, min = 0): unknown {
  const indices = reading.entries.rows(name);
  if (indices.length > LIMITS.items) return reading.note(name, 'too-many', LIMITS.items);
  const rows = indices.map((index) => readFields(shapes, `${name}.${index}.`, reading));
  return listed(rows, name, reading, min);
}

/** A group; of an optional one nothing if nothing was entered in it. */
function readGroup(shapes: Shapes, name: string, { optional }: Shape, reading: Reading): unknown {
  return optional && !reading.entries.has(name) ? undefined : readFields(shapes, `${name}.`, reading);
}

/** The position of the device, which gives numbers. */
function readPosition(name: string, { entries, note }: Reading): unknown {
  const numbers = Object.entries(position).flatMap(([key, [min, max]]): [string, number][] => {
    const value = entries.last(`${name}.${key}`);
    if (value === undefined) return [];
    const number = Number(value) + 0;
    return [[key, number >= min && number <= max ? number : Number.NaN]];
  });
  const read: Partial<Position> = Object.fromEntries(numbers);
  const isWhole = read.latitude !== undefined && read.longitude !== undefined;
  return isWhole && numbers.every(([, number]) => !Number.isNaN(number)) ? read : note(name, 'not-a-position');
}
