type Fields = Readonly<Record<string, unknown>>;

/** Compares two values of JSON, regardless of the order of keys. Makes no list of keys, since it is called for every event. */
export function deepEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  let more = 0;
  for (const key in one) {
    const [mine, its] = [(one as Fields)[key], (other as Fields)[key]];
    if (!Object.hasOwn(other, key) || !deepEqual(mine, its)) return false;
    more -= 1;
  }
  for (const _ in other) more += 1;
  return more === 0;
}

/** Compares two texts by their code units, as a sort asks for it. */
export const compareTexts = (one: string, other: string): number => Number(one > other) - Number(one < other);
