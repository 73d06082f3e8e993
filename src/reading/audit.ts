import { mustBe } from '../kernel/known.ts';
import type { VisitEvent } from '../messages/index.ts';
import type { Debt, Policy, VisitState } from '../visit/index.ts';
import { mustBeEvents } from '../visit/known.ts';
import { type Finding, makesUnclean } from './judging/finding.ts';
import type { Reading } from './judging/log.ts';
import { readLog, sortByIndex } from './judging/reader.ts';
import { mustKnowOptions } from './known-options.ts';

/** The faults of a sealed log, each at the event of that index. @since 0.3.0 */
export type ChainFaults = { readonly faults: readonly { readonly index: number; readonly fault: string }[] };

/**
 * The signatures of a log, as `verifyActs` of `auxilio/chain` answers them: of the event of an index, or of an act in its report.
 *
 * @since 0.10.0
 */
export type SignaturesFound = {
  readonly acts: readonly { readonly index: number; readonly act: number | null; readonly status: string }[];
};

/** Options of {@link audit}. @since 0.3.0 */
export type AuditOptions = {
  /** The policy that judged the visit: `VisitAssigned.policyId` says which one. */
  readonly policy?: Policy;
  /** The result of verifying its chain. */
  readonly chain?: ChainFaults;
  /** The result of verifying the signatures of its acts. @since 0.10.0 */
  readonly signatures?: SignaturesFound;
};

/** The audit of one visit. @since 0.3.0 */
export type Audit = {
  /** True if every entry can be read and is exactly what `decide`, `reconcile` or `settlement` would have produced. */
  readonly clean: boolean;
  /** In the order of the log. */
  readonly findings: readonly Finding[];
  /** The state after the log, as `replay` folds it without its repeated events. */
  readonly state: VisitState;
  /** The debts that are open at its end. */
  readonly debts: readonly Debt[];
};

/**
 * Audits the log of one visit, ours or foreign, against the protocol. Each event is judged as the command that it came
 * from, on the state of those before it, and then folded, lawful or not. An event that repeats an earlier one, with its id
 * and its content, is neither judged nor folded again. Measures, deviations, corrections and repeated events do not make a
 * log unclean. The report of a discrepancy is compared with what `reconcile` makes of the log before it; the acts right before
 * a settlement that it takes are judged as recorded by the person whose act each was.
 * A value that is no event is a finding, never an error. Synchronous: it takes some 5 µs an event.
 *
 * @throws TypeError for a log that cannot be iterated, or an unknown option
 * @since 0.3.0
 */
export function audit(events: Iterable<VisitEvent>, options: AuditOptions = {}): Audit {
  mustBeEvents('audit', events);
  mustKnowOptions('audit', options, { policy: 0, chain: 0, signatures: 0 });
  return auditReading(readLog(events, options.policy), options);
}

/** The results of verifying a log. */
type Verified = { readonly [Field in 'chain' | 'signatures']?: AuditOptions[Field] | undefined };

/** Audits a log that was read. */
export function auditReading({ findings: read, state }: Reading, { chain, signatures }: Verified = {}): Audit {
  if (chain !== undefined) mustBe(Array.isArray(chain?.faults), 'chain is what verifyChain answers', chain);
  if (signatures !== undefined)
    mustBe(Array.isArray(signatures?.acts), 'signatures is what verifyActs answers', signatures);
  const broken = (chain?.faults ?? []).map(({ index, fault }): Finding => ({ index, kind: 'chain', facts: { fault } }));
  const found = [...broken, ...(signatures?.acts ?? []).flatMap(doubtSignature)];
  const findings = found.length === 0 ? read : sortByIndex([...read, ...found]);
  return { clean: !findings.some(makesUnclean), findings, state, debts: state.debts };
}

/** The remark on a signature that is not valid. An act without one is as good as ever. */
function doubtSignature({ index, act, status }: SignaturesFound['acts'][number]): readonly Finding[] {
  if (status === 'valid' || status === 'unsigned') return [];
  return [{ index, kind: 'signature', facts: { signature: status, ...(act !== null && { act }) } }];
}
