import { firstFault } from '../chain/first-fault.ts';
import type { Sha256 } from '../messages/index.ts';
import { createLruCache, type LruCache } from './state-cache.ts';
import type { StreamFault, VisitStream } from './stream.ts';

/** The place up to which the seals of a stream were verified: its version, and the hash of that event if it was sealed. */
type VerifiedUpTo = Readonly<{ version: bigint; hash: Sha256 | undefined }>;

/** The streams that this process verified. */
export type VerifiedStreams = LruCache<VerifiedUpTo>;

/** The number of streams to remember; any other is verified whole again when it is read whole. */
const REMEMBERED = 20_000;

export const createVerifiedStreams = (): VerifiedStreams => createLruCache(REMEMBERED);

/** Verifies the seals of the events that were read, from the last one on that this process verified. */
export function verify(verified: VerifiedStreams, stream: VisitStream): StreamFault | undefined {
  const { streamName, stored, version, lastHash, cached } = stream;
  const known = cached === undefined ? verifiedPart(stream, verified.get(streamName)) : undefined;
  const skipped = Number(known?.version ?? 0n);
  const entries = skipped === 0 ? stored : stored.slice(skipped);
  const found = firstFault(entries, cached?.lastHash ?? known?.hash);
  const position = entries[found?.index ?? -1]?.metadata.streamPosition;
  if (found === undefined || position === undefined) {
    verified.set(streamName, { version, hash: lastHash });
    return undefined;
  }
  verified.delete(streamName);
  return { position, fault: found.fault };
}

/** The verified part of a stream, if the events that were read continue it. */
function verifiedPart({ stored }: VisitStream, known: VerifiedUpTo | undefined): VerifiedUpTo | undefined {
  if (known === undefined) return undefined;
  const last = stored[Number(known.version) - 1];
  return last !== undefined && last.metadata.hash === known.hash ? known : undefined;
}
