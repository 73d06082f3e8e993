/** What a campaign gets: how often, where it may write, and chance from a seed. */
type Setting = Readonly<{ rounds: number; directory: string; random: () => number }>;

/** What came of it: what was lost or wrong, none if all is well, and figures for people. */
export type Result = Readonly<{ faults: readonly unknown[]; figures: Readonly<Record<string, number | string>> }>;

/** Something done to a store again and again, after which nothing may be lost. */
export type Campaign = Readonly<{
  name: string;
  says: string;
  /** How many rounds in CI, and for the figures in docs/reliability.md. */
  short: number;
  long: number;
  run: (setting: Setting) => Promise<Result>;
}>;
