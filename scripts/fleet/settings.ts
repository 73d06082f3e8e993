export type ServerSettings = Readonly<{
  folder: string;
  port: number;
  /** The address of a Postgres database; null for SQLite. */
  database: string | null;
  phones: number;
  consoles: number;
}>;

export const PASSWORD = 'a fleet';

export const providerId = (n: number): string => `fleet-p-${n}`;
export const operatorId = (n: number): string => `fleet-o-${n}`;

/** Random numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
