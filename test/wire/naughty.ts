import { existsSync, readFileSync } from 'node:fs';

const corpus = new URL('../../../shared/corpus/naughty-strings.json', import.meta.url);

/** The big list of naughty strings, where it is at hand beside the project. */
const foreign: readonly string[] = existsSync(corpus) ? JSON.parse(readFileSync(corpus, 'utf8')) : [];

/** True if the big list is present. */
export const hasCorpus = foreign.length > 0;

/** For the title of a test: what it was run on. */
export const corpusTold = hasCorpus ? `the ${foreign.length} of the corpus` : 'without the corpus, which is not here';

/**
 * Strings that the list lacks: U+0000, lone surrogates, texts that NFC changes; and some of its kinds, if it is absent.
 */
const own = [
  ...['\0', 'a\0b', '\ud800', 'a\udc00b', '💧\ud83d', 'cafe\u0301', '\u1112\u1161\u11ab', '\u212b'],
  ...[
    '',
    ' ',
    'undefined',
    'null',
    '__proto__',
    'constructor',
    '0',
    '-1',
    '1e100',
    '\ufeff',
    '\u202e',
    '\u200b',
    '田中さん',
  ],
  ...[
    '<script>alert(1)</script>',
    "'; DROP TABLE visits;--",
    '{{7*7}}',
    '%s%n',
    '../../etc/passwd',
    '👩‍👩‍👧‍👦',
    'Ṱ̺̺̕o͞',
    '‪‪test‪',
  ],
];

/** Texts that have done harm elsewhere. */
export const naughty: readonly string[] = [...foreign, ...own];

const CONTROL = /^[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/u;
const UNSEEN = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]$/u;

/** The reading of a text by another way than the schemas': one code point at a time, by Unicode properties. */
export function isText(text: string): boolean {
  const points = [...text.normalize('NFC')];
  return (
    !/\p{M}{31}/u.test(text.normalize('NFC')) &&
    !points.some((point) => CONTROL.test(point)) &&
    points.some((point) => !UNSEEN.test(point))
  );
}

const FIRST = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The reading of an id by another way: one character at a time. */
export function isId(text: string): boolean {
  const isShort = text.length >= 1 && text.length <= 128;
  return isShort && FIRST.includes(text.charAt(0)) && [...text].every((point) => `${FIRST}._:/@+-`.includes(point));
}
