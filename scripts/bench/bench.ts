/** The extent of a measurement: `quick` takes seconds and shows that it runs, `full` makes the figures of docs/performance.md. */
export type Size = 'quick' | 'full';

/** A bar of the budget, held against a figure of this run. It is printed, and never fails anything. */
export type Bar = Readonly<{ what: string; figure: number; unit?: string; bar: number; is: 'at most' | 'at least' }>;

/** A table: its head and its rows, as texts. */
export type Table = Readonly<{ head: readonly string[]; rows: readonly (readonly string[])[] }>;

/** The result of a benchmark. `files` are written next to docs/performance.md: contents by name. */
export type Found = Readonly<{
  tables: readonly Table[];
  bars: readonly Bar[];
  notes?: readonly string[];
  files?: Readonly<Record<string, string>>;
}>;

/** A benchmark, one file each in this folder. */
export type Bench = Readonly<{
  /** One word: `npm run bench -- NAME`. */
  name: string;
  title: string;
  /** Two or three sentences for docs/performance.md on the comparison. */
  says: string;
  run: (size: Size) => Promise<Found>;
}>;
