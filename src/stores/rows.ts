/** The rows of read models, written with events or with a checkpoint. */

/**
 * A row of a read model: a JSON object under a key, in the table of one projection.
 *
 * @since 0.4.0
 */
export type Row = Readonly<{ key: string; body: object }>;

/**
 * A row to write, or with `null` to remove. Projection and key are non-empty strings. While a generation of the projection is
 * being built, the change is made in that one and in the one that is read; with `generation: 'building'`, in that one alone.
 *
 * @since 0.4.0
 */
export type RowChange = Readonly<{
  projection: string;
  key: string;
  body: object | null;
  /** @since 0.5.0 */
  generation?: 'building';
}>;

/** A page of the rows of a projection, ordered by key in a fixed order of the store's own. @since 0.4.0 */
export type RowRange = Readonly<{
  /** The key after which to begin. */
  after?: string;
  /** The largest number of rows, from 1 to 10,000; 500 by default. */
  maxCount?: number;
}>;
