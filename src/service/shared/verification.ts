import { isSealed, readLink } from '../../chain/entries.ts';
import { firstFault } from '../../chain/first-fault.ts';
import { verifyLinks } from '../../chain/verify.ts';
import { type Integrity, integrityOf } from '../../reading/integrity.ts';
import { mapInSlices } from '../../util/slices.ts';
import type { StreamFault, VisitStream } from './stream.ts';

/** Verifies the seals of the events that were read, after those of the cached part, in slices of time. */
export async function verify({ stored, cached }: VisitStream): Promise<StreamFault | undefined> {
  if (cached?.lastHash === undefined && !stored.some(isSealed)) return undefined;
  const found = firstFault(await mapInSlices(stored, readLink), cached?.lastHash);
  const position = stored[found?.index ?? -1]?.metadata.streamPosition;
  return found === undefined || position === undefined ? undefined : { position, fault: found.fault };
}

/** The integrity of a whole stream as it is stored: `unverified` if no event of it has a seal. */
export const verifyStored = (stored: readonly unknown[]): Integrity =>
  integrityOf([], stored.some(isSealed) ? verifyLinks(stored.map(readLink)) : undefined);

/** The same, computed in slices of time. */
export const integrityInSlices = async (stored: readonly unknown[], signal?: AbortSignal): Promise<Integrity> =>
  integrityOf([], stored.some(isSealed) ? verifyLinks(await mapInSlices(stored, readLink, signal)) : undefined);

/**
 * The integrity of a log beside that of its row, as it was written before: `unsealed` from where the row knows seals that the log has
 * no more. A log that was never sealed, and one that was sealed later than it began, are not told from such a log without a row.
 */
export function withSealsOfRow(row: Integrity | undefined, log: Integrity): Integrity {
  const sealedFrom =
    row?.status === 'verified' ? row.from : row?.status === 'broken' && row.reason === 'unsealed' ? row.at : null;
  if (sealedFrom === null || log.status === 'broken') return log;
  const isSealed = log.status === 'verified' && log.from <= sealedFrom;
  return isSealed ? log : { status: 'broken', at: sealedFrom, reason: 'unsealed' };
}
