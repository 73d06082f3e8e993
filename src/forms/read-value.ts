import type { Instant } from '../messages/index.ts';
import { ID, isPiled, textPattern, toNfc } from '../wire/characters.ts';
import { LIMITS } from '../wire/limits.ts';
import { type Entries, parseAnswer } from './entries.ts';
import { readTime } from './local-time.ts';
import type { Shape } from './shape.ts';
import type { FieldProblemCode, FormWords } from './words.ts';

/** The values that were entered, and how to read them. */
export type Reading = {
  readonly entries: Entries;
  readonly words: FormWords;
  readonly timeZone: string;
  readonly now: Instant | null;
  /** The rules that are waived: nothing is missing for them. */
  readonly waived: ReadonlySet<string>;
  /** Notes a problem with a field. */
  readonly note: (name: string, code: FieldProblemCode, limit?: number) => typeof invalid;
};

/** A value that was entered and cannot be taken; its problem was noted. */
export const invalid = Symbol('invalid');

/** A value, nothing, or a problem. */
type Read<T> = T | undefined | typeof invalid;

/** Breaks of lines, which become spaces. */
const BREAKS = /[\t\n\v\f\r\u0085]+/;
/** Control and bidirectional marks, which are not kept: no person sees them. */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A text as it is kept; nothing of a blank one. */
export function readText(value: string | number, name: string, max: number, { note }: Reading): Read<string> {
  const given = `${value}`;
  if (given.length > LIMITS.characters) return note(name, 'too-long', max);
  const parts = given.split(BREAKS).map((part) => part.replace(UNSEEN, '').trim());
  const text = toNfc(parts.filter(Boolean).join(' '));
  if (isPiled(text)) return note(name, 'not-a-text');
  if (!textPattern().test(text)) return undefined;
  return text.length > max ? note(name, 'too-long', max) : text;
}

const GROUPED = { 'es-CR': /^[1-9]\d{0,2}\.\d{3}$/, en: /^[1-9]\d{0,2},\d{3}$/ } as const;
const NUMBER = { 'es-CR': /^\d+(?:[.,]\d+)?$/, en: /^\d+(?:\.\d+)?$/ } as const;

/** A number as it is written in the language; with a decimal point too, as inputs of type `number` give it. */
function parseNumber(value: string | number, { locale }: FormWords): number | 'ambiguous-number' | 'not-a-number' {
  if (typeof value === 'number') return value;
  const text = value.trim();
  if (GROUPED[locale].test(text)) return 'ambiguous-number';
  return NUMBER[locale].test(text) ? Number(text.replace(',', '.')) : 'not-a-number';
}

function readQuantity(value: string | number, name: string, { words, note }: Reading): Read<number> {
  const number = parseNumber(value, words);
  if (typeof number === 'string') return note(name, number);
  if (!(number > 0)) return note(name, Number.isNaN(number) ? 'not-a-number' : 'too-small');
  if (number > LIMITS.quantity) return note(name, 'too-big', LIMITS.quantity);
  return Number(number.toFixed(3)) === number ? number : note(name, 'too-precise');
}

function readInstant(value: string | number, name: string, past: boolean, reading: Reading): Read<Instant> {
  const at = readTime(`${value}`.trim(), reading.timeZone);
  if (at === null) return reading.note(name, 'not-a-time');
  return past && reading.now !== null && at > reading.now ? reading.note(name, 'future') : at;
}

const HASH = /^[0-9a-f]{64}$/;

/** A value that is chosen from a list; any text if that is open. */
export function readChoice(
  value: string | number,
  name: string,
  { of, others }: Extract<Shape, { kind: 'choice' | 'choices' }>,
  reading: Reading,
): Read<string> {
  const text = `${value}`.trim();
  if (Object.hasOwn(reading.words.codes[of], text)) return text;
  return others ? readText(value, name, LIMITS.label, reading) : reading.note(name, 'not-a-choice');
}

/** An id that is chosen from a list. */
export function readId(value: string | number, name: string, { note }: Reading): Read<string> {
  const text = `${value}`.trim();
  return ID.test(text) ? text : note(name, 'not-an-id');
}

type Single = Exclude<
  Shape,
  { readonly kind: 'list' | 'choices' | 'rows' | 'group' | 'contact' | 'photographs' | 'reported-acts' | 'position' }
>;

/** The single value of a field. */
export function readSingle(shape: Single, name: string, reading: Reading): Read<string | number | boolean> {
  const value = reading.entries.last(name);
  if (value === undefined) return undefined;
  switch (shape.kind) {
    case 'text':
    case 'long-text':
      return readText(value, name, shape.max, reading);
    case 'id':
      return readId(value, name, reading);
    case 'sha256':
      return HASH.test(`${value}`) ? `${value}` : reading.note(name, 'not-a-photograph');
    case 'choice':
      return readChoice(value, name, shape, reading);
    case 'yes-no':
      return parseAnswer(value) ?? reading.note(name, 'not-a-choice');
    case 'quantity':
      return readQuantity(value, name, reading);
    case 'instant':
      return readInstant(value, name, shape.past === true, reading);
  }
}
