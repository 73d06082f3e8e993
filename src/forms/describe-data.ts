import type { CommandType } from '../messages/index.ts';
import type { Locale } from '../protocol/clause.ts';
import { asArray, asRecord } from '../util/json.ts';
import { formatNumber, inBrackets } from '../words/text.ts';
import type { EnteredData } from './entered.ts';
import type { FormField } from './form.ts';
import { formOf } from './form-of.ts';
import { type FormOptions, readZone } from './read-form.ts';
import type { FormWords } from './words.ts';

/** A datum of an act in words. @since 0.5.0 */
export type DescribedField = {
  /** Name of its field in the form. */
  readonly name: string;
  readonly label: string;
  /** The value; of a list, each item. Plain text, which a page escapes. */
  readonly texts: readonly string[];
};

/**
 * Describes the data of an act in words, in the order of its form: those of a command, or of the event that it became. What is
 * absent is left out, and so are data without a field. Takes any data.
 *
 * @throws TypeError for a type of command, an option or a time zone that is not known
 * @since 0.5.0
 */
export function describeData<T extends CommandType>(
  command: T,
  data: Partial<EnteredData<T>>,
  words: FormWords,
  options: FormOptions = {},
): readonly DescribedField[] {
  const { fields, locale } = formOf(command, words);
  const formats = { locale, time: timesIn(locale, readZone('describeData', options)) };
  return fields.flatMap((field) => {
    const { name, label } = field;
    const value: unknown = asRecord(data)[name];
    const isNone = Array.isArray(value) && value.length === 0 && 'none' in field;
    const texts = isNone ? [field.none ?? ''] : formatTexts(field, value, formats);
    return texts.length > 0 ? { name, label, texts } : [];
  });
}

type Formats = { readonly locale: Locale; readonly time: (ms: number) => string };

function timesIn(locale: Locale, timeZone: string): Formats['time'] {
  const format = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  return (ms) => (Number.isNaN(ms) ? '' : format.format(ms));
}

const some = (texts: readonly unknown[]) =>
  texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '');

function formatTexts(field: FormField, value: unknown, formats: Formats): readonly string[] {
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'id':
      return some([value]);
    case 'list':
      return some(asArray(value));
    case 'choice':
    case 'choices':
      return some((Array.isArray(value) ? value : [value]).map((one) => findCaption(field, one)));
    case 'yes-no':
      return typeof value === 'boolean' ? some([findCaption(field, value ? 'yes' : 'no')]) : [];
    case 'quantity':
      return some([formatNumber(value, formats.locale)]);
    case 'instant':
      return typeof value === 'string' ? some([formats.time(Date.parse(value))]) : [];
    case 'rows':
      return some(asArray(value).map((row) => together(field.fields, row, formats)));
    case 'group':
    case 'contact':
      return some([together(field.fields, value, formats)]);
    case 'photographs':
      return some(
        asArray(value).map((photo) =>
          field.from === 'visit' ? photo : (asRecord(photo).shot ?? asRecord(photo).photoId),
        ),
      );
    case 'position':
      return some([formatPosition(value, formats.locale)]);
    case 'reported-acts':
      return some(asArray(value).map((index) => formatNumber(Number(index) + 1, formats.locale)));
  }
}

const findCaption = ({ choices }: Extract<FormField, { readonly choices: unknown }>, value: unknown) =>
  choices.find((choice) => choice.value === value)?.caption ?? value;

/** A group or a row in a line: `Tubo (1,5 m, PVC)`, `Don José Núñez (prov-1)`. */
function together(fields: readonly FormField[], value: unknown, formats: Formats): string {
  const texts = new Map<string | undefined, string>();
  for (const field of fields) {
    const key = field.name.split('.').at(-1);
    const text = formatTexts(field, key && asRecord(value)[key], formats).join(', ');
    if (text) texts.set(key, field.kind === 'yes-no' ? `${field.label} ${text}` : text);
  }
  const joined = (...keys: readonly string[]) => {
    const text = some(keys.map((key) => texts.get(key))).join(' ');
    for (const key of keys) texts.delete(key);
    return text;
  };
  const [head, amount] = [joined('title', 'name') || joined('item'), joined('quantity', 'unit')];
  const [first, ...others] = some([head, amount, ...texts.values()]);
  return `${first ?? ''}${inBrackets(others.join(', '))}`;
}

function formatPosition(value: unknown, locale: Locale): string {
  const { latitude, longitude } = asRecord(value);
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 5 });
  return typeof latitude === 'number' && typeof longitude === 'number'
    ? `${format.format(latitude)}; ${format.format(longitude)}`
    : '';
}
