import { asRecord, isObject } from '../util/json.ts';
import { contentOf, hashOf, type Sealable } from './sealed.ts';

/** An entry of a log, whatever it is, as its seal has it. */
export type Link = Readonly<{
  /** The hash of its content, where it is sound: where that is the hash that it says. */
  hash: string | undefined;
  /** The hashes by which other entries may refer to it although it is not sound: its own and that of its content. */
  aliases: readonly string[];
  /** It says a hash, right or wrong. */
  isSealed: boolean;
  /** The predecessor that it names; '' where that is nobody's name. */
  previous: string | undefined;
}>;

/** Reads an entry. Never throws. */
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

/** The hash of an entry's content; none where it is no event, or no JSON. */
function ownHash(entry: unknown): string | undefined {
  const { type, data } = asRecord(entry);
  if (typeof type !== 'string' || !isObject(data)) return undefined;
  try {
    return hashOf(contentOf(entry as Sealable));
  } catch {
    return undefined;
  }
}
