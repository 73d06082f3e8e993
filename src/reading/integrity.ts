import type { ChainFault, ChainHead } from '../messages/index.ts';
import type { Finding, FindingKind } from './judging/finding.ts';

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
type Verified = { readonly head: ChainHead | null; readonly sealedFrom?: number };

/**
 * The kinds of findings after which it is not known what happened. The others that make a log unclean were read, and are for the
 * payer to judge: unlawful acts, late ones, those of another visit and those under the id of another event.
 */
const breaking: readonly FindingKind[] = ['chain', 'unreadable', 'unknown-event'];

/** Derives the integrity of a log from its findings, those of its chain included. */
export function integrityOf(findings: readonly Finding[], chain: Verified | undefined): Integrity {
  const [first] = findings.filter(({ kind }) => breaking.includes(kind)).sort((one, other) => one.index - other.index);
  if (first !== undefined) {
    const reason = (first.kind === 'chain' ? first.facts.fault : first.kind) as IntegrityFault;
    return { status: 'broken', at: first.index, reason };
  }
  // A chain without faults and without a head has no event.
  if (chain === undefined || chain.head === null) return { status: 'unverified' };
  return { status: 'verified', from: chain.sealedFrom ?? 0, through: chain.head.count };
}

/** Of two results for one log, the one that says that it is broken. */
export const worseOf = (one: Integrity, other: Integrity | undefined): Integrity =>
  one.status !== 'broken' && other?.status === 'broken' ? other : one;
