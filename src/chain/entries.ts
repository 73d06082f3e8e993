import { asRecord, isObject } from '../util/json.ts';
import { contentOf, hashOf, type Sealable } from './sealed.ts';

/** The seal of an entry of a log. */
export type Link = Readonly<{
  /** The hash of its content, if it is sound: equal to the hash that it states. */
  hash: string | undefined;
  /** The hashes by which other entries may refer to it if it is not sound: the stated one and that of its content. */
  aliases: readonly string[];
  /** It states a hash, right or wrong. */
  isSealed: boolean;
  /** The hash of the predecessor that it names; '' if that is no hash. */
  previous: string | undefined;
}>;

/** True if an entry states a hash, right or wrong. To look costs a hundredth of {@link readLink}, which hashes the entry. */
export const isSealed = (entry: unknown): boolean => typeof asRecord(asRecord(entry).metadata).hash === 'string';

/** Reads the seal of an entry. Never throws. */
export function readLink(entry: unknown): Link {
  try {
    const { hash, previousHash } = asRecord(asRecord(entry).metadata);
    const own = ownHash(entry);
    const previous = typeof previousHash === 'string' || previousHash === undefined ? previousHash : '';
    if (own !== undefined && hash === own) return { hash: own, aliases: [], isSealed: true, previous };
    const aliases = [own, hash].filter((alias) => typeof alias === 'string');
    return { hash: undefined, aliases, isSealed: typeof hash === 'string', previous };
  } catch {
    return { hash: undefined, aliases: [], isSealed: false, previous: undefined };
  }
}

/** The hash of an entry's content; undefined if it is no event, or no JSON. */
function ownHash(entry: unknown): string | undefined {
  const { type, data } = asRecord(entry);
  if (typeof type !== 'string' || !isObject(data)) return undefined;
  try {
    return hashOf(contentOf(entry as Sealable));
  } catch {
    return undefined;
  }
}
