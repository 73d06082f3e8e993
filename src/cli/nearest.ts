/** How many letters must be changed to make one word of another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (const [place, opposite] of [...other].entries()) {
      const changed = (row[place] ?? 0) + (letter === opposite ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** The word that was meant, if one is near. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const wanted = word.slice(0, 64).toLowerCase();
  const [best] = known
    .map((name) => ({ name, far: distance(wanted, name.toLowerCase()) }))
    .sort((one, other) => one.far - other.far);
  return best !== undefined && best.far <= Math.max(2, word.length / 3) ? [best.name] : [];
}
