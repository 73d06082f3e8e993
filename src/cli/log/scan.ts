import { idOf } from '../../logs/visit-id.ts';
import type { Id } from '../../messages/index.ts';

/** How the line of an event begins: its type, if it says that first, and at once the visit, as nearly everybody writes it. */
const BEGINNING =
  /\{[ \t]*(?:"type"[ \t]*:[ \t]*"[A-Za-z]*"[ \t]*,[ \t]*)?"data"[ \t]*:[ \t]*\{[ \t]*"visitId"[ \t]*:[ \t]*"/y;

/** Gets each line of a text: where it is, and its visit, or undefined where `shownId` alone can tell it. */
export type Visitor = (from: number, to: number, visitId: Id | undefined) => void;

/**
 * Goes through the lines of a text and tells, without parsing them, the visit that `shownId` would tell of each. That is
 * certain where a line begins as it should and has no other key of these names, nor one in disguise (`\u0064ata`). The
 * bytes of UTF-8, taken for characters, will do as well. `known` are ids that need no second look.
 */
export function scanLines(text: string, known: { readonly has: (id: Id) => boolean }, visitor: Visitor): void {
  // Each word is looked for once through the whole text: by its end, since quotation marks are everywhere.
  const countData = counterOf(text, 'data"');
  const countId = counterOf(text, 'visitId"');
  const countEscapes = counterOf(text, '\\u');
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed;
    const [data, ids, escapes] = [countData(to), countId(to), countEscapes(to)];
    visitor(from, to, data === 1 && ids === 1 && escapes === 0 ? idAt(text, from, known) : undefined);
    from = to + 1;
  }
}

/** Counts a word from one place to the next, where it stands after a quotation mark if it ends with one. */
function counterOf(text: string, word: string): (to: number) => number {
  const isQuoted = word.endsWith('"');
  const next = (from: number) => {
    const found = text.indexOf(word, from);
    return found < 0 ? text.length : found;
  };
  let at = next(0);
  return (to) => {
    let count = 0;
    for (; at < to; at = next(at + 1)) if (!isQuoted || text[at - 1] === '"') count += 1;
    return count;
  };
}

/** The id with which a line begins, if it begins as it should. */
function idAt(text: string, from: number, known: { readonly has: (id: Id) => boolean }): Id | undefined {
  BEGINNING.lastIndex = from;
  if (!BEGINNING.test(text)) return undefined;
  const begin = BEGINNING.lastIndex;
  const id = text.slice(begin, text.indexOf('"', begin));
  return known.has(id) || idOf(id) !== null ? id : undefined;
}
