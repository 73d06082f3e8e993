import { readLink } from '../chain/entries.ts';
import { firstFault } from '../chain/first-fault.ts';
import { verifySealed } from '../chain/verify.ts';
import { type Integrity, integrityOf } from '../reading/integrity.ts';
import { mapInSlices } from '../util/slices.ts';
import type { StreamFault, VisitStream } from './stream.ts';

/** Verifies the seals of the events that were read, after those of the cached part. */
export function verify({ stored, cached }: VisitStream): StreamFault | undefined {
  const found = firstFault(stored, cached?.lastHash);
  const position = stored[found?.index ?? -1]?.metadata.streamPosition;
  return found === undefined || position === undefined ? undefined : { position, fault: found.fault };
}

/** The integrity of a whole stream as it is stored: `unverified` if no event of it has a seal. */
export const integrityOfStored = (stored: readonly unknown[]): Integrity => integrityOf([], verifySealed(stored));

/** The same, computed in slices of time. */
export const integrityInSlices = async (stored: readonly unknown[]): Promise<Integrity> =>
  integrityOf([], verifySealed(stored, await mapInSlices(stored, readLink)));
