import type { Sha256 } from '../messages/index.ts';

export type { ChainHead } from '../messages/index.ts';

import { canonicalJson } from '../stores/canonical.ts';
import { sha256 } from './sha256.ts';

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
export function contentOf({ type, data, metadata = {} }: Sealable): Content {
  const { hash, messageId, streamName, streamPosition, globalPosition, ...kept } = metadata as Record<string, unknown>;
  return { type, data, metadata: kept };
}

/** The SHA-256 of the content's canonical form (RFC 8785). */
export const hashOf = (content: Content): Sha256 => sha256(canonicalJson(content));

/** The entries of a log. Refuses a text, and a value that cannot be iterated, which would otherwise count as intact. */
export function checkEntries<T>(events: Iterable<T>): Iterable<T> {
  if (typeof events !== 'string' && Symbol.iterator in Object(events)) return events;
  throw new TypeError(`A log is an array of events, or another iterable; got ${typeof events}`);
}

export const isSha256 = (value: unknown): value is Sha256 => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
