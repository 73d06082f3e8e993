import type { Sha256 } from '../messages/index.ts';
import { canonicalJson } from '../stores/canonical.ts';
import { asRecord, isObject } from '../util/json.ts';
import { sha256 } from './sha256.ts';

export type { ChainHead } from '../messages/index.ts';

/**
 * An event that can be sealed, as a store takes it: its data are opaque JSON, encrypted or not.
 *
 * @since 0.4.0
 */
export type Sealable = Readonly<{ type: string; data: object; metadata?: object }>;

/** The part of an event that is hashed. */
export type Content = Readonly<{ type: string; data: object; metadata: object }>;

/**
 * An event's content: its `type`, its `data`, and its `metadata` without the hash and without what a store adds when it is
 * read, so that an event means the same before it is stored, as it is read, and as it was exported.
 */
export function pickContent({ type, data, metadata = {} }: Sealable): Content {
  const { hash, messageId, streamName, streamPosition, globalPosition, ...kept } = metadata as Record<string, unknown>;
  return { type, data, metadata: kept };
}

/** The SHA-256 of the content's canonical form (RFC 8785). */
export const hashContent = (content: Content): Sha256 => sha256(canonicalJson(content));

/** The entries of a log. Refuses a text, and a value that cannot be iterated, which would otherwise count as intact. */
export function checkEntries<T>(events: Iterable<T>): Iterable<T> {
  if (typeof events !== 'string' && Symbol.iterator in Object(events)) return events;
  throw new TypeError(`A log is an array of events, or another iterable; got ${typeof events}`);
}

export const isSha256 = (value: unknown): value is Sha256 => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

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
    return hashContent(pickContent(entry as Sealable));
  } catch {
    return undefined;
  }
}
