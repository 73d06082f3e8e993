/** Compares two texts by their code units, as a sort asks for it. */
export const compareTexts = (one: string, other: string): number => Number(one > other) - Number(one < other);
