import type { ChainHead } from '../chain/entries.ts';
import { type Link, readLink } from '../chain/entries.ts';
import { type ChainReport, verifyLinks } from '../chain/verify.ts';
import { parseJson } from '../util/json.ts';
import { hasRepeatedKey } from './repeated-key.ts';

/** Verifies the seals of one visit, line by line. */
export type SealReader = {
  readonly add: (text: string) => void;
  /** The result; null: the visit carries no seal, and no head of it was kept. */
  readonly end: () => ChainReport | null;
};

/** The link of an entry without a seal before the first that has one. */
const unsealed: Link = { hash: undefined, aliases: [], isSealed: false, previous: undefined };

/** True if a line may carry a seal. A seal that is written with escapes counts as missing. */
const maySeal = (text: string) => text.includes('"hash"');

/** Reads the seal of a line. A line with a repeated key counts as changed: its seal covers only the value that one reader takes. */
function readSeal(text: string): Link {
  const json = parseJson(text);
  const link = readLink(json);
  const isPlain = link.hash === undefined || JSON.stringify(json) === text || !hasRepeatedKey(text);
  return isPlain ? link : { ...link, hash: undefined, aliases: [String(link.hash)] };
}

/**
 * Verifies the seals of one visit as `verifyChain` does. Keeps two hashes an entry; of a visit without a seal, its last line,
 * which the first seal may name.
 */
export function sealReader(head: ChainHead | undefined): SealReader {
  const links: Link[] = [];
  let before = 0;
  let last = '';
  return {
    add: (text) => {
      const link = links.length > 0 || maySeal(text) ? readSeal(text) : unsealed;
      if (links.length === 0 && !link.isSealed) {
        before += 1;
        last = ` ${text}`.slice(1);
        return;
      }
      for (let place = links.length; place < before; place += 1) {
        links.push(place === before - 1 ? readLink(parseJson(last)) : unsealed);
      }
      links.push(link);
    },
    end: () => {
      if (links.length === 0 && head === undefined) return null;
      return verifyLinks(links.length === 0 ? Array(before).fill(unsealed) : links, head);
    },
  };
}
