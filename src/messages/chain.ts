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

/**
 * The fault at a position of a sealed log:
 * - `changed`: the content of this event does not match its hash; or it is not the last event of the head
 * - `dropped`: the predecessor that this event names is absent: the event right before it is missing or was replaced
 * - `swapped`: the predecessor of this event is elsewhere in the log: the event does not follow it, and is not at its
 *   position
 * - `inserted`: the chain continues without this event: it is between two linked events, a second successor of one
 *   event, or a copy
 * - `unsealed`: this event has no hash, and is not in an unsealed beginning
 * - `cut`: events that the head counts are missing at the end
 *
 * @since 0.4.0
 */
export type ChainFault = 'changed' | 'dropped' | 'swapped' | 'inserted' | 'unsealed' | 'cut';
