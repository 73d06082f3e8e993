import type { Link } from './entries.ts';
import { reconstructChain } from './reconstruct.ts';

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

export type Faults = Map<number, ChainFault>;

/** Finds the faults of entries that do not follow one another. */
export function findFaults(links: readonly Link[], head?: string): Faults {
  const { order, orphans } = reconstructChain(links, head);
  const ranks = new Map(order.map((place, rank) => [place, rank]));
  const faults: Faults = new Map();
  let position = 0;
  let rankBefore = -1;
  links.forEach((link, index) => {
    const rank = ranks.get(index);
    if (rank === undefined) {
      // Before the chain begins there is nothing that it goes on from.
      faults.set(index, position === 0 ? (unsound(link) ?? 'inserted') : 'inserted');
      return;
    }
    const isLost = rank !== position && rank !== rankBefore + 1;
    const fault = unsound(link) ?? (orphans.has(index) ? 'dropped' : isLost ? 'swapped' : undefined);
    if (fault !== undefined) faults.set(index, fault);
    position += 1;
    rankBefore = rank;
  });
  return faults;
}

function unsound({ hash, isSealed }: Link): ChainFault | undefined {
  if (hash !== undefined) return undefined;
  return isSealed ? 'changed' : 'unsealed';
}
