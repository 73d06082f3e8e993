import type { Instant } from '../../messages/index.ts';
import type { Constant, Conversion, FieldPart, Scalar } from './mapping.ts';
import type { RowProblemCode } from './problem.ts';
import { parseSheetTime } from './time.ts';
import { caseFold, flags, normalizeSpace, wordMap } from './word-map.ts';

/** The rules of a mapping for every cell. */
export type Manner = {
  readonly decimal: '.' | ',';
  readonly dates: 'dmy' | 'mdy';
  readonly zone: string;
};

/** The context of a cell in its row: the time of the act, where it could be read. */
export type ConversionContext = Manner & { readonly rowTime: Instant | null };

/** A value, no value, or the reason why it is missing. */
export type Converted = { readonly value: Constant } | { readonly code: RowProblemCode } | null;

const failed = (code: RowProblemCode): Converted => ({ code });

/** The value of a text that is not blank. */
export function convertText(text: string, conversion: Conversion, occasion: ConversionContext): Converted {
  const { split, ...item } = conversion;
  if (split === undefined)
    return conversion.fields === undefined ? scalar(text, item, occasion) : object(text, item, occasion);
  const items = text.split(split).map(normalizeSpace).filter(Boolean);
  return collectValues(items.map((piece) => convertText(piece, item, occasion)));
}

function collectValues(all: readonly Converted[]): Converted {
  const values: Constant[] = [];
  for (const one of all) {
    if (one === null) continue;
    if ('code' in one) return one;
    values.push(one.value);
  }
  return { value: values };
}

function object(text: string, { fields = [], within = ' ' }: Conversion, occasion: ConversionContext): Converted {
  const pieces = text.split(within).map(normalizeSpace);
  const made: Record<string, Constant> = {};
  for (const part of fields) {
    const result = convertPart(part, pieces, occasion);
    if (result === null) continue;
    if ('code' in result) return result;
    made[part.field] = result.value;
  }
  return pieces.length > 0 ? failed('too-many-parts') : { value: made };
}

/** The value of a field; one that stands in the cell takes the next piece away. */
function convertPart(part: FieldPart, pieces: string[], occasion: ConversionContext): Converted {
  if ('value' in part) return { value: part.value };
  if ('rowTime' in part) return occasion.rowTime === null ? null : { value: occasion.rowTime };
  const piece = pieces.shift() ?? '';
  return piece === '' ? null : convertText(piece, part, occasion);
}

function scalar(text: string, { as = 'text', words }: Conversion, occasion: ConversionContext): Converted {
  if (words !== undefined) return mapWord(wordMap(words), text);
  switch (as) {
    case 'text':
      return { value: text };
    case 'boolean':
      return mapWord(flags, text);
    case 'number':
      return number(text, occasion.decimal);
    case 'time': {
      const instant = parseSheetTime(text, occasion.zone, occasion.dates);
      return instant === 'invalid-time' || instant === 'skipped-time' ? failed(instant) : { value: instant };
    }
  }
}

function mapWord(words: ReadonlyMap<string, Scalar>, text: string): Converted {
  const value = words.get(caseFold(text));
  return value === undefined ? failed('unknown-word') : { value };
}

const NUMBER = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:[ ,]\d{3})+)(?:\.\d+)?$/,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:[ .]\d{3})+)(?:,\d+)?$/,
};

function number(text: string, decimal: '.' | ','): Converted {
  if (!NUMBER[decimal].test(text)) return failed('invalid-number');
  const [whole = '', fraction = '0'] = text.split(decimal);
  return { value: Number(`${whole.replaceAll(/[ .,]/g, '')}.${fraction}`) };
}
