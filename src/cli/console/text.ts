import { stripVTControlCharacters } from 'node:util';

const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]+/gu;

/** A text from outside, fit for a terminal: one line, with nothing in it that a terminal would obey. */
export const sanitize = (text: string): string => text.replaceAll(UNSAFE, ' ');

/** JSON in one line, with terminal control characters escaped. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replaceAll(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The length of a text without its colours. */
const lengthOf = (text: string) => stripVTControlCharacters(text).length;

/** Two characters more than the spaces before a line and the mark that it begins with. */
const hanging = (line: string) => ' '.repeat(2 + (/^ */.exec(stripVTControlCharacters(line))?.[0].length ?? 0));

/** A line in lines of so many characters, broken between words; those after the first are indented. A longer word stays whole. */
export function wrapLine(line: string, width: number): readonly string[] {
  if (lengthOf(line) <= width) return [line];
  const indent = hanging(line);
  const lines: string[] = [];
  let open = '';
  for (const [place, word] of line.split(' ').entries()) {
    const longer = place === 0 ? word : `${open} ${word}`;
    const isBroken = lengthOf(longer) > width && stripVTControlCharacters(open).trim() !== '';
    if (isBroken) lines.push(open.trimEnd());
    open = isBroken ? `${indent}${word}` : longer;
  }
  return [...lines, open];
}
