import { mustKnow } from '../kernel/known.ts';
import type { CommandType } from '../messages/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import { acts } from './acts.ts';
import type { EnteredData } from './entered.ts';
import { listShapes, mustBeWords } from './form-of.ts';
import { localText } from './local-time.ts';
import { parts, position } from './parts.ts';
import { type FormOptions, readZone } from './read-form.ts';
import type { Shape, Shapes } from './shape.ts';
import type { FormWords } from './words.ts';

/** The values of a form by the names of its inputs: of a list as many as it has items, of any other one. @since 0.5.0 */
export type EnteredValues = { readonly [name: string]: readonly string[] };

type Values = { [name: string]: readonly string[] };

/**
 * Gives the values with which a form shows data: those of a recorded act, or some that are known beforehand. `readForm` reads
 * the same data from them, apart from fields whose condition fails; what a recorded act lacks for a rule is missing again.
 *
 * @throws TypeError for a type of command, an option or a time zone that is not known
 * @since 0.5.0
 */
export function valuesOf<T extends CommandType>(
  command: T,
  data: Partial<EnteredData<T>>,
  words: FormWords,
  options: FormOptions = {},
): EnteredValues {
  mustKnow('command', command, Object.keys(acts));
  mustBeWords('valuesOf', words);
  const values: Values = {};
  write(listShapes(command), data, '', { values, locale: words.locale, timeZone: readZone('valuesOf', options) });
  return values;
}

type Writing = { readonly values: Values; readonly locale: string; readonly timeZone: string };

function write(shapes: Shapes, data: unknown, within: string, writing: Writing): void {
  for (const [key, shape] of Object.entries(shapes)) {
    const value: unknown = Object.hasOwn(asRecord(data), key) ? asRecord(data)[key] : undefined;
    if (value !== undefined && value !== null) writeField(shape, `${within}${key}`, value, writing);
  }
}

function writeField(shape: Shape, name: string, value: unknown, writing: Writing): void {
  const { values, locale, timeZone } = writing;
  switch (shape.kind) {
    case 'text':
    case 'long-text':
    case 'id':
    case 'sha256':
    case 'choice':
      values[name] = [`${value}`];
      break;
    case 'yes-no':
      values[name] = [value === true ? 'yes' : 'no'];
      break;
    case 'quantity':
      values[name] = [locale === 'en' ? `${value}` : `${value}`.replace('.', ',')];
      break;
    case 'instant':
      values[name] = [localText(`${value}`, timeZone)];
      break;
    case 'list':
    case 'choices':
    case 'reported-acts':
      writeList(name, asArray(value), values);
      break;
    case 'photographs':
      if (shape.from === 'visit') writeList(name, asArray(value), values);
      else writeRows(parts.photo, name, asArray(value), writing);
      break;
    case 'rows':
      writeRows(parts[shape.part], name, asArray(value), writing);
      break;
    case 'group':
      write(parts[shape.part], value, `${name}.`, writing);
      break;
    case 'contact':
      write(parts.contact, value, `${name}.`, writing);
      break;
    case 'position':
      for (const key of Object.keys(position)) {
        const number = asRecord(value)[key];
        if (typeof number === 'number') values[`${name}.${key}`] = [`${number}`];
      }
      break;
  }
}

function writeList(name: string, items: readonly unknown[], values: Values): void {
  if (items.length === 0) values[`${name}.none`] = ['yes'];
  else values[name] = items.map((item) => `${item}`);
}

function writeRows(shapes: Shapes, name: string, rows: readonly unknown[], writing: Writing): void {
  if (rows.length === 0) writing.values[`${name}.none`] = ['yes'];
  for (const [index, row] of rows.entries()) write(shapes, row, `${name}.${index}.`, writing);
}
