/** Orders texts as they compare. */
export const order = (one: string, other: string): number => Number(one > other) - Number(one < other);
