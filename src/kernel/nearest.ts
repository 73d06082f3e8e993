/** Counts the letters to insert, delete or replace that make one word of another (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from(`${other}.`, (_, place) => place);
  for (const letter of one.split('')) {
    let [left, corner] = [one.length, one.length];
    row = row.map((above, place) => {
      left = Math.min(left, above, other[place - 1] === letter ? corner - 1 : corner) + 1;
      corner = above;
      return left;
    });
  }
  return row.reduce((_, last) => last);
}

/** The known word that was probably meant, as a list of one; none where no word is near. Looks at 64 letters at most. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.slice(0, 64).toLowerCase();
  let least = Math.min(Math.max(2, wanted.length * 0.4), wanted.length - 1);
  let best: readonly string[] = [];
  // From the last, so that of several as near the first is meant.
  for (const name of [...known].reverse()) {
    const far = distance(wanted, name.toLowerCase());
    if (far <= least) [least, best] = [far, [name]];
  }
  return best;
}
