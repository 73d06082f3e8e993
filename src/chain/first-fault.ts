import type { ChainFault, Sha256 } from '../messages/index.ts';
import { readLink } from './entries.ts';

/**
 * The first entry at which a chain breaks, read in one pass after the event of hash `previous`, or from the beginning of a log.
 * An unsealed beginning passes, as in `verifyChain`, which says more about a whole log, such as which events were swapped.
 */
export function firstFault(
  entries: readonly unknown[],
  previous?: Sha256,
): { readonly index: number; readonly fault: ChainFault } | undefined {
  let last: string | undefined = previous;
  for (const [index, entry] of entries.entries()) {
    const link = readLink(entry);
    if (!link.isSealed && last === undefined) continue;
    if (link.hash === undefined) return { index, fault: link.isSealed ? 'changed' : 'unsealed' };
    if (link.previous !== last) return { index, fault: 'dropped' };
    last = link.hash;
  }
  return undefined;
}
