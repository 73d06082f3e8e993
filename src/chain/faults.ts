import type { ChainFault, Sha256 } from '../messages/index.ts';
import type { Link } from './entries.ts';
import { reconstructChain } from './reconstruct.ts';

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
      // Before the first entry of the chain: an entry that is sound belongs to another chain.
      faults.set(index, position === 0 ? (findSealFault(link) ?? 'inserted') : 'inserted');
      return;
    }
    const isLost = rank !== position && rank !== rankBefore + 1;
    const fault = findSealFault(link) ?? (orphans.has(index) ? 'dropped' : isLost ? 'swapped' : undefined);
    if (fault !== undefined) faults.set(index, fault);
    position += 1;
    rankBefore = rank;
  });
  return faults;
}

function findSealFault({ hash, isSealed }: Link): ChainFault | undefined {
  if (hash !== undefined) return undefined;
  return isSealed ? 'changed' : 'unsealed';
}

/**
 * The first entry at which a chain breaks, read in one pass after the event of hash `previous`, or from the beginning of a log.
 * An unsealed beginning passes, as in `verifyChain`, which says more about a whole log, such as which events were swapped.
 */
export function firstFault(
  links: readonly Link[],
  previous?: Sha256,
): { readonly index: number; readonly fault: ChainFault } | undefined {
  let last: string | undefined = previous;
  for (const [index, link] of links.entries()) {
    if (!link.isSealed && last === undefined) continue;
    if (link.hash === undefined) return { index, fault: link.isSealed ? 'changed' : 'unsealed' };
    if (link.previous !== last) return { index, fault: 'dropped' };
    last = link.hash;
  }
  return undefined;
}
