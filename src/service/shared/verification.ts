import { isSealed, readLink } from '../../chain/entries.ts';
import { firstFault } from '../../chain/faults.ts';
import { verifyLinks } from '../../chain/verify.ts';
import { assessIntegrity, type Integrity } from '../../reading/integrity.ts';
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
  assessIntegrity([], stored.some(isSealed) ? verifyLinks(stored.map(readLink)) : undefined);

/** As {@link verifyStored}, in slices of time. */
export const integrityInSlices = async (stored: readonly unknown[], signal?: AbortSignal): Promise<Integrity> =>
  assessIntegrity([], stored.some(isSealed) ? verifyLinks(await mapInSlices(stored, readLink, signal)) : undefined);

/**
 * Compares the integrity of a log with the one that its row had before: the log is `unsealed` from where the row had verified seals
 * that are gone. Without a row, a log that lost its seals looks like one that never had them, or had them from a later event on.
 */
export function compareWithRow(row: Integrity | undefined, log: Integrity): Integrity {
  const sealedFrom =
    row?.status === 'verified' ? row.from : row?.status === 'broken' && row.reason === 'unsealed' ? row.at : null;
  if (sealedFrom === null || log.status === 'broken') return log;
  const isSealed = log.status === 'verified' && log.from <= sealedFrom;
  return isSealed ? log : { status: 'broken', at: sealedFrom, reason: 'unsealed' };
}
