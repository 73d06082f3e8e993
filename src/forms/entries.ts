import { mustBe } from '../kernel/known.ts';
import { isObject } from '../util/json.ts';
import { LIMITS } from '../wire/limits.ts';
import type { Form, FormField } from './form.ts';

/**
 * The values of a form by the names of its fields: a `FormData`, pairs, or an object. A value is a text, a number, true or
 * false, or a list of them; anything else, such as a file, counts as nothing. A name may come several times.
 *
 * @since 0.5.0
 */
export type FormValues = Iterable<readonly [name: string, value: unknown]> | { readonly [name: string]: unknown };

type Value = string | number;

/** More values than any form has inputs for. */
const most = 4 * LIMITS.nodes;

/** Values by name, without those that are blank. */
export type Entries = {
  /** The values of a name, in their order. */
  readonly all: (name: string) => readonly Value[];
  /** The last value of a name. */
  readonly last: (name: string) => Value | undefined;
  /** True if the box of a name is ticked. */
  readonly isTicked: (name: string) => boolean;
  /** True if anything was entered under a name. */
  readonly has: (name: string) => boolean;
  /** The rows of a list in which anything was entered, ascending. */
  readonly rows: (name: string) => readonly number[];
  /** True if there were more values than are read. */
  readonly isCut: boolean;
};

const isIterable = (values: FormValues): values is Iterable<readonly [string, unknown]> => Symbol.iterator in values;

/** The values of yes, and of a box that is ticked. */
const ticked = new Set<unknown>(['yes', 'true', 'on']);

/** True for yes, false for no; undefined for any other answer. */
export function parseAnswer(value: Value | undefined): boolean | undefined {
  if (ticked.has(value)) return true;
  return value === 'no' || value === 'false' ? false : undefined;
}

function toScalars(value: unknown): readonly Value[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value === 'number') return [value];
  return typeof value === 'boolean' ? [`${value}`] : [];
}

/** Reads the values of a form. */
export function readEntries(values: FormValues): Entries {
  mustBe(isObject(values), 'The values of a form are a FormData, pairs, or an object', values);
  const byName = new Map<string, Value[]>();
  let count = 0;
  for (const [name, value] of isIterable(values) ? values : Object.entries(values)) {
    for (const scalar of Array.isArray(value) ? value.slice(0, most) : [value]) {
      count += 1;
      if (typeof name !== 'string') continue;
      const scalars = byName.get(name) ?? [];
      scalars.push(...toScalars(scalar));
      byName.set(name, scalars);
    }
    if (count > most) break;
  }
  const names = [...byName].flatMap(([name, scalars]) => (scalars.length > 0 ? [name] : []));
  const within = (name: string) =>
    names.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1));
  const all = (name: string) => byName.get(name) ?? [];
  return {
    all,
    last: (name) => all(name).at(-1),
    isTicked: (name) => ticked.has(all(name).at(-1)),
    has: (name) => all(name).length > 0 || within(name).length > 0,
    rows: (name) => {
      const indices = within(name).map((rest) => /^(?:0|[1-9]\d{0,14})(?=\.)/.exec(rest)?.[0]);
      return [...new Set(indices)].flatMap((index) => (index === undefined ? [] : Number(index))).sort((a, b) => a - b);
    },
    isCut: count > most,
  };
}

/**
 * Lists the fields of a form that apply to what was entered so far: those without a condition, and those whose condition holds.
 * The others are not drawn, and `readForm` does not read them.
 *
 * @since 0.5.0
 */
export function shownFields(form: Form, values: FormValues): readonly FormField[] {
  mustBe(Array.isArray(form?.fields), 'shownFields takes a form, as formOf answers it', form);
  const { fields } = form;
  const entries = readEntries(values);
  return fields.filter((field) => isShown(field, fields, entries));
}

function isShown({ when }: FormField, fields: readonly FormField[], entries: Entries): boolean {
  if (when === undefined) return true;
  const other = fields.find(({ name }) => name === when.field);
  return other !== undefined && isShown(other, fields, entries) && when.is.includes(readEntered(other, entries));
}

function readEntered({ kind, name }: FormField, entries: Entries): string {
  const value = entries.last(name);
  const answer = kind === 'yes-no' ? parseAnswer(value) : undefined;
  return answer === undefined ? `${value}`.trim() : answer ? 'yes' : 'no';
}
