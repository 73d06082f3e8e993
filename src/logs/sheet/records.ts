import type { RowProblemCode } from './problem.ts';

/** The text of a record of a CSV, or the reason why it is invalid; both are one row to a spreadsheet. */
export type CsvRecord = { readonly text: string } | { readonly code: RowProblemCode };

/** The maximum of lines and of characters of a cell. */
const MOST_LINES = 100;
const MOST_CHARACTERS = 1_000_000;

/**
 * The records of a CSV: lines, joined within a quoted cell. One with wrong or unclosed quotation marks is one bad row,
 * and reading continues with the next line.
 */
export async function* splitRecords(lines: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  let held: string[] = [];
  for await (const line of lines) {
    held.push(line);
    let cut = cutFrom(held, delimiter, false);
    for (; cut !== null; cut = cutFrom(held, delimiter, false)) {
      yield cut.record;
      held = held.slice(cut.lines);
    }
  }
  for (let cut = cutFrom(held, delimiter, true); cut !== null; cut = cutFrom(held, delimiter, true)) {
    yield cut.record;
    held = held.slice(cut.lines);
  }
}

/** The first record of some lines; null where more lines are needed, or no line is left. */
function cutFrom(held: readonly string[], delimiter: string, isEnd: boolean) {
  let isOpen = false;
  let characters = 0;
  for (const [place, line] of held.entries()) {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    const state = stateAfter(text, delimiter, isOpen);
    if (state === 'bad') return { record: { code: 'bad-quotes' }, lines: 1 } as const;
    if (state === 'closed') return { record: { text: [...held.slice(0, place), text].join('\n') }, lines: place + 1 };
    isOpen = true;
    characters += line.length;
    if (place + 1 >= MOST_LINES || characters > MOST_CHARACTERS) break;
    if (place + 1 === held.length && !isEnd) return null;
  }
  return held.length === 0 ? null : ({ record: { code: 'unclosed-quote' }, lines: 1 } as const);
}

/** The state after a line: outside quotation marks, within them, or invalid because of a mark in a wrong place. */
function stateAfter(line: string, delimiter: string, startsOpen: boolean): 'closed' | 'open' | 'bad' {
  let at = 0;
  let isOpen = startsOpen;
  for (;;) {
    if (!isOpen) {
      if (line.charAt(at) !== '"') {
        const next = line.indexOf(delimiter, at);
        if (next < 0) return 'closed';
        at = next + 1;
        continue;
      }
      at += 1;
    }
    const close = closingMark(line, at);
    if (close < 0) return 'open';
    if (close + 1 === line.length) return 'closed';
    if (line.charAt(close + 1) !== delimiter) return 'bad';
    at = close + 2;
    isOpen = false;
  }
}

/** The place of the mark that ends a cell; two marks in a row are one of its text. */
function closingMark(line: string, from: number): number {
  let at = line.indexOf('"', from);
  while (at >= 0 && line.charAt(at + 1) === '"') at = line.indexOf('"', at + 2);
  return at;
}
