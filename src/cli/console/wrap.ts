import { stripVTControlCharacters } from 'node:util';

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
