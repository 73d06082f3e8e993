import type { ChainReport } from '../chain/verify.ts';
import type { Id, VisitEvent } from '../messages/index.ts';
import type { Audit, Dossier, Finding, Holding } from '../reading/index.ts';
import type { Integrity } from '../reading/integrity.ts';
import type { Policy } from '../visit/index.ts';

/** A finding, and the line of the log that it is about; of a sheet, the row. @since 0.3.0 */
export type LineFinding = Finding & { readonly line: number };

/** The audit of one visit of a log. @since 0.3.0 */
export type VisitAudit = {
  /** The visit; null for lines whose visit is unknown. */
  readonly visitId: Id | null;
  /** The line of each entry, from 1, in order: index `i` of a finding, a verdict or a measure is `lines[i]`. */
  readonly lines: readonly number[];
  /**
   * More of a visit that was reported before, read on its own: the count of its lines was wrong. Of lines without a
   * visit, which are reported a thousand at a time: more of them.
   */
  readonly continued: boolean;
  /** As `audit` finds it, of the entries of this visit alone. */
  readonly audit: Omit<Audit, 'findings'> & { readonly findings: readonly LineFinding[] };
  /**
   * The integrity of its log: verified, broken or never looked at. It is broken, too, where the log has lines whose visit is not
   * known, as far as they were read: all of them are, unless `expected` reports a visit before the end. @since 0.5.0
   */
  readonly integrity: Integrity;
  /**
   * The result of verifying the seals, where the visit carries any or its head was given: `faults` by index, as in the findings
   * of kind `chain`; an unsealed beginning passes, up to `sealedFrom`. @since 0.5.0
   */
  readonly chain?: ChainReport;
  /** On request, and where the visit is known. */
  readonly dossier?: Dossier;
  /** On request: the event of each entry; null where it could not be read, unless only its time could not. */
  readonly events?: readonly (VisitEvent | null)[];
};

/** Options of auditing the visits of a log or a sheet. @since 0.3.0 */
export type VisitsOptions = {
  /** The policy that judged the visits. */
  readonly policy?: Policy;
  /** Adds the dossier of each visit. */
  readonly dossier?: boolean;
  /** The photographs that the host has: the dossier of each visit then names those that are not held. @since 0.10.0 */
  readonly holdings?: readonly Holding[];
  /** Adds the events of each visit. */
  readonly events?: boolean;
  /** Ends the audit: its iterator then throws the reason of the signal. @since 0.5.0 */
  readonly signal?: AbortSignal;
};
