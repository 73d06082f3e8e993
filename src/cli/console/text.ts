import { stripVTControlCharacters } from 'node:util';

const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]+/gu;

/** Makes one line of a text from outside, without the characters that control a terminal. */
export const sanitize = (text: string): string => text.replaceAll(UNSAFE, ' ');

/** JSON in one line, with terminal control characters escaped. */
export function safeJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.replaceAll(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The length of a text without its colours. */
const lengthOf = (text: string) => stripVTControlCharacters(text).length;

/** The indent of the lines after a break: that of the line, and two characters for its mark. */
const hanging = (line: string) => ' '.repeat(2 + (/^ */.exec(stripVTControlCharacters(line))?.[0].length ?? 0));

/** Breaks a line between words at a width, and indents the lines after the first. A longer word stays whole. */
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
