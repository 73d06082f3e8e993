/** Counts the letters to insert, delete or replace that make one word of another (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let line = 0; line < one.length; line += 1) {
    const next = [line + 1];
    for (let place = 0; place < other.length; place += 1) {
      const replaced = (row[place] ?? 0) + (one[line] === other[place] ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The known word that was probably meant, as a list of one; none where no word is near. Looks at 64 letters at most. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.slice(0, 64).toLowerCase();
  let least = Math.min(Math.max(2, wanted.length * 0.4), wanted.length - 1);
  let best: readonly string[] = [];
  for (const name of known) {
    const far = distance(wanted, name.toLowerCase());
    if (far < least || (far === least && best.length === 0)) [least, best] = [far, [name]];
  }
  return best;
}
