import type { ChainFault, Sha256 } from '../messages/index.ts';
import type { Link } from './entries.ts';

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
