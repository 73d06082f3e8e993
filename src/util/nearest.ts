/** Counts the letters to insert, delete or replace that make one word of another (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from(`${other}.`, (_, place) => place);
  for (const letter of one) {
    let [left, corner] = [one.length, one.length];
    row = row.map((above, place) => {
      left = Math.min(left, above, other[place - 1] === letter ? corner - 1 : corner) + 1;
      corner = above;
      return left;
    });
  }
  return Number(row[other.length]);
}

/** The known word that was probably meant, as a list of one; empty if no word is near. Looks at 64 letters at most. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.slice(0, 64).toLowerCase();
  let [bound, best]: [number, readonly string[]] = [Math.min(Math.max(3, wanted.length * 0.4), wanted.length), []];
  for (const name of known) {
    const far = editDistance(wanted, name.toLowerCase());
    if (far < bound) [bound, best] = [far, [name]];
  }
  return best;
}
