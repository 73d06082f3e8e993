/** Refuses a name that there is not: what is passed over in silence makes a test that tests nothing. */
export function mustKnow(what: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new RangeError(`No ${what} ${JSON.stringify(unknown)}; there are ${known.join(', ')}`);
}
