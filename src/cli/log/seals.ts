import { type Link, linkOf } from '../../chain/links.ts';
import type { ChainHead } from '../../chain/sealed.ts';
import { verifyLinks } from '../../chain/verify.ts';
import type { SealReader, Seals } from '../../logs/by-visit.ts';
import type { Id } from '../../messages/index.ts';
import { Failure } from '../failure.ts';

/** The heads that were kept: by visit, and one that names none. Plain data: a worker gets it as it is. */
export type Heads = { readonly byVisit: ReadonlyMap<Id, ChainHead>; readonly only: ChainHead | null };

export const noHeads: Heads = { byVisit: new Map(), only: null };

/** What is known of an entry without a seal before the first that has one. */
const unsealed: Link = { hash: undefined, aliases: [], isSealed: false, previous: undefined };

/** Whether a line may carry a seal: one that writes it in another way is as if it carried none. */
const maySeal = (text: string) => text.includes('"hash"');

/**
 * Verifies the seals of each visit as `verifyChain` does. Keeps two hashes an entry, and those of open visits alone; of a
 * visit without a seal, its last line, which the first seal may name.
 */
export function sealsOf({ byVisit, only }: Heads, wanted?: Id): Seals {
  let owner = wanted;
  return (visitId) => {
    if (only === null) return sealReader(byVisit.get(visitId));
    owner ??= visitId;
    // A head that names no visit is that of the one there is.
    if (owner !== visitId && wanted === undefined) throw new Failure(({ failures }) => failures.headWithoutVisit);
    return sealReader(owner === visitId ? only : undefined);
  };
}

function sealReader(head: ChainHead | undefined): SealReader {
  const links: Link[] = [];
  let before = 0;
  let last = '';
  return {
    add: (text) => {
      const link = links.length > 0 || maySeal(text) ? linkOf(jsonOf(text)) : unsealed;
      if (links.length === 0 && !link.isSealed) {
        before += 1;
        last = ` ${text}`.slice(1);
        return;
      }
      for (let place = links.length; place < before; place += 1) {
        links.push(place === before - 1 ? linkOf(jsonOf(last)) : unsealed);
      }
      links.push(link);
    },
    end: () => {
      if (links.length === 0 && head === undefined) return null;
      return verifyLinks(links.length === 0 ? Array(before).fill(unsealed) : links, head);
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
