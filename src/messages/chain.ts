import type { Sha256 } from './base.ts';

/**
 * The end of a sealed log, as plain JSON: kept elsewhere, signed, it shows later whether the log lost its end or
 * was rewritten.
 *
 * @since 0.4.0
 */
export type ChainHead = {
  /** The number of events in the log: 1 or more. */
  readonly count: number;
  /** The hash of the last of them, and so of all. */
  readonly hash: Sha256;
};
