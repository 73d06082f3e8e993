import type { Link } from './entries.ts';
import { reconstructChain } from './reconstruct.ts';

/**
 * The fault of a sealed log at a place:
 * - `changed`: the content of this event is not what its hash says; or this is not the event that the head counts last
 * - `dropped`: the predecessor that this event names is not here: what stood right before it is missing, or was replaced
 * - `swapped`: the predecessor of this event is here, but elsewhere: the event neither follows it nor stands at its own place
 * - `inserted`: the chain goes on without this event: it stands between two that are linked, is a second event on one
 *   predecessor, or a copy of one that is here
 * - `unsealed`: this event has no hash, and is not of an unsealed beginning
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
