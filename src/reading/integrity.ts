import type { ChainFault, ChainHead } from '../messages/index.ts';
import type { Finding } from './judging/finding.ts';

/**
 * The fault that breaks the integrity of a log: one of its chain; an entry that is `unreadable`, or an `unknown-event` of a newer
 * release; or `unattributed`, entries of the same file that cannot be read and whose visit is not known, so that they may be of
 * this one.
 *
 * @since 0.5.0
 */
export type IntegrityFault = ChainFault | 'unreadable' | 'unknown-event' | 'unattributed';

/**
 * The integrity of a log of one visit, as far as it was looked at:
 *
 * - `verified`: its chain holds, from the event at index `from` through the first `through` events, which are all that were read.
 *   Only a head that was kept elsewhere shows that none is missing at the end;
 * - `broken`: at the entry of index `at`, the first one; null for `unattributed` entries. Such a visit is not payable until a
 *   person looked at it;
 * - `unverified`: every entry can be read, and no chain was verified: the log has no seals, or they were not verified.
 *
 * @since 0.5.0
 */
export type Integrity =
  | { readonly status: 'verified'; readonly from: number; readonly through: number }
  | { readonly status: 'broken'; readonly at: number | null; readonly reason: IntegrityFault }
  | { readonly status: 'unverified' };

/** The result of verifying a chain. */
type Verified = {
  readonly head: ChainHead | null;
  readonly faults: readonly { readonly index: number; readonly fault: string }[];
  readonly sealedFrom?: number;
};

/**
 * Derives the integrity of a log from its findings and from the result of verifying its chain.
 *
 * The findings that break it are those after which it is not known what happened: an unreadable entry, or one of a newer release.
 * The others that make a log unclean were read, and are for the payer to judge: unlawful acts, late ones, those of another visit,
 * and those under the id of another event.
 */
export function assessIntegrity(findings: readonly Finding[], chain: Verified | undefined): Integrity {
  const unread = findings.flatMap(({ index, kind }) =>
    kind === 'unreadable' || kind === 'unknown-event' ? [{ at: index, reason: kind }] : [],
  );
  const faults = (chain?.faults ?? []).map(({ index, fault }) => ({ at: index, reason: fault as ChainFault }));
  const [first] = [...unread, ...faults].sort((one, other) => one.at - other.at);
  if (first !== undefined) return { status: 'broken', ...first };
  // A chain without faults and without a head has no event.
  if (chain === undefined || chain.head === null) return { status: 'unverified' };
  return { status: 'verified', from: chain.sealedFrom ?? 0, through: chain.head.count };
}

/** The integrity of a log by itself, and by what is known of it from elsewhere, which stands unless the log itself is broken. */
export const withKnown = (own: Integrity, known: Integrity | undefined): Integrity =>
  own.status === 'broken' ? own : (known ?? own);
