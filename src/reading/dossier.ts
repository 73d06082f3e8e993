import { mustBe } from '../kernel/known.ts';
import type { ChainHead, Id, Instant, NonEmptyText, VisitEvent } from '../messages/index.ts';
import type { ClauseId, ClauseLevel } from '../protocol/clause.ts';
import { duties } from '../protocol/duties.ts';
import { defaultPolicy, type Phase, type Policy, type VisitState, type Waiver } from '../visit/index.ts';
import { mustBeEvents } from '../visit/known.ts';
import { type PaymentCondition, unmetForPayment } from '../visit/payable.ts';
import { type WorkedTime, worked } from '../visit/worked-time.ts';
import { auditReading, type ChainFaults, type SignaturesFound } from './audit.ts';
import { type HeldPhoto, withHeldPhotos } from './held-photos.ts';
import { assessIntegrity, type Integrity, withKnown } from './integrity.ts';
import { type DeniedFact, deniedFacts, type FactOnRecord, factsOnRecord } from './judging/attested.ts';
import { type Correction, listCorrections } from './judging/corrections.ts';
import type { DebtSpan } from './judging/debt-history.ts';
import {
  type DeclinedRequest,
  declinedRequests,
  type Escalation,
  escalations,
  type ReportedBreach,
  reportedBreaches,
  type UnproductiveVisit,
  unproductiveVisits,
} from './judging/declined-and-attempts.ts';
import { type Finding, type FindingKind, makesUnclean } from './judging/finding.ts';
import type { Reading } from './judging/log.ts';
import type { Measure } from './judging/measures.ts';
import { readLog } from './judging/reader.ts';
import { mustKnowOptions } from './known-options.ts';
import { type MissingActs, missing } from './shortest-path.ts';
import { clauseVerdict, type Verdict } from './verdict.ts';

/** The clauses of payment evidence: the only ones that speak of payment, and the notices of PROTOCOL §6. */
const paymentClauses: readonly ClauseId[] = ['1.1-26', '1.1-27', '1.1-48', '1.1-49', '1.3-02', '1.3-04'];

const isProtocolEvidence = ({ id, level }: { readonly id: ClauseId; readonly level: ClauseLevel }) =>
  (level === 'H' || level === 'D') && !paymentClauses.includes(id);

/** The end of a visit; null before it. @since 0.3.0 */
export type Outcome = 'completed' | 'cancelled' | 'rescheduled' | null;

/** The result of verifying a sealed log, and its end if that is sound. @since 0.4.0 */
export type ChainFound = ChainFaults & {
  readonly head: ChainHead | null;
  /** The index of the first event of the chain, where an unsealed beginning precedes it. @since 0.5.0 */
  readonly sealedFrom?: number;
};

/**
 * The evidence of the log of one visit, clause by clause. Indexes are places in the log as it was given, from 0. Never a
 * bare yes or no: the payer decides.
 * @since 0.3.0
 */
export type Dossier = {
  readonly visitId: Id | null;
  readonly caseNumber: NonEmptyText | null;
  readonly phase: Phase;
  readonly outcome: Outcome;
  /** The breaches of conduct that were reported (2.2-11). They make no log unclean. @since 0.5.0 */
  readonly conduct: readonly ReportedBreach[];
  /** The matters that were escalated (2.2-08). @since 0.5.0 */
  readonly escalations: readonly Escalation[];
  /** The facts that the client denies. They make no log unclean. @since 0.10.0 */
  readonly denials: readonly DeniedFact[];
  /**
   * True if the visit meets every condition of payment and the integrity of its log is not broken; contradicted clauses may still
   * speak against it. @since 0.5.0
   */
  readonly payable: boolean;
  /** The integrity of the log: verified, broken, or never looked at. @since 0.5.0 */
  readonly integrity: Integrity;
  /** The conditions of payment that the visit does not meet. @since 0.5.0 */
  readonly unmetForPayment: readonly PaymentCondition[];
  /** The facts of the visit that stand, and whose word each is. @since 0.10.0 */
  readonly facts: readonly FactOnRecord[];
  /** Start call and its record, exit and re-entry notices, completion call, case number. */
  readonly payment: readonly Verdict[];
  /** Every other clause of level H or D. */
  readonly protocol: readonly Verdict[];
  readonly workedMs: number;
  readonly intervals: WorkedTime['intervals'];
  /** True if work was still running at the end of the log: `workedMs` is not final. */
  readonly running: boolean;
  readonly measures: readonly Measure[];
  /** Every debt of the visit, from its opening to its discharge; open while `endedBy` is null. */
  readonly debts: readonly DebtSpan[];
  /** The off-contract requests that the provider declined (1.1-30, 1.1-31). */
  readonly declined: readonly DeclinedRequest[];
  readonly deviations: readonly Finding[];
  /**
   * Acts that were annulled, times that were corrected and discrepancies that were settled. They make no log unclean, and an
   * annulled act proves nothing. @since 0.5.0
   */
  readonly corrections: readonly Correction[];
  /** Lags above their threshold, clock errors, an early start call, unreported lateness, repeated events, invalid signatures. */
  readonly remarks: readonly Finding[];
  /** The findings that make the log unclean. */
  readonly violations: readonly Finding[];
  /** The waivers of instructions. Those of the policy are in the deviations of the waived acts. */
  readonly waivers: readonly Waiver[];
  /** The arrivals that ended without service. */
  readonly attempts: readonly UnproductiveVisit[];
  /** The acts that would make it payable, and complete. */
  readonly missing: MissingActs;
  /**
   * The head of the sealed log, to be compared with one stored elsewhere; `intact` if its chain is whole; and, since
   * 0.5.0, the index of its first sealed event: those before it were never sealed. Null if it was not verified. @since
   * 0.4.0
   */
  readonly chain: { readonly intact: boolean; readonly head: ChainHead | null; readonly sealedFrom: number } | null;
  /**
   * The photographs, and which of them the host has; null if no holdings were given. Those that were said to be sent and are not held are
   * named as `notHeld` in the verdicts on sending and filing (1.1-19, 1.1-22). @since 0.10.0
   */
  readonly heldPhotos: readonly HeldPhoto[] | null;
};

/** Options of {@link dossier}. @since 0.3.0 */
export type DossierOptions = {
  /** The policy that judged the visit. */
  readonly policy?: Policy;
  /** The time up to which running work is counted; without a valid one, not at all. */
  readonly until?: Instant;
  /** The result of verifying its chain. @since 0.4.0 */
  readonly chain?: ChainFound;
  /** The result of verifying the signatures of its acts. @since 0.10.0 */
  readonly signatures?: SignaturesFound;
  /** The result of `heldPhotos` of `auxilio/service`. Without it, what is said to be sent counts as sent. @since 0.10.0 */
  readonly heldPhotos?: readonly HeldPhoto[];
};

/**
 * The evidence of one visit (PROTOCOL §6): payment evidence apart from protocol evidence, each clause with its verdict
 * and the events that it stands on, worked time, measures, debts, deviations, declined requests and missing acts.
 * Takes any log, ours or foreign, whole or cut. Synchronous: it takes some 10 to 20 µs an event.
 *
 * @throws TypeError for a log that cannot be iterated, or an unknown option
 * @since 0.3.0
 */
export function dossier(events: Iterable<VisitEvent>, options: DossierOptions = {}): Dossier {
  mustBeEvents('dossier', events);
  mustKnowOptions('dossier', options, { policy: 0, until: 0, chain: 0, signatures: 0, heldPhotos: 0 });
  const { heldPhotos = [] } = options;
  mustBe(Array.isArray(heldPhotos), 'heldPhotos is the result of heldPhotos, an array', heldPhotos);
  return compileDossier(readLog(events, options.policy), options);
}

/** Compiles the dossier of a log that was read; `known` is the integrity that its reader knows of. */
export function compileDossier(
  reading: Reading,
  { policy = defaultPolicy, until, chain, signatures, heldPhotos }: DossierOptions,
  known?: Integrity,
): Dossier {
  const { state, measures, debtHistory } = reading;
  const { findings } = auditReading(reading, { chain, signatures });
  const integrity = withKnown(assessIntegrity(findings, chain), known);
  const { workedMs, intervals, running } = worked(state, until);
  const unmet = unmetForPayment(state);
  const filterFindings = (...kinds: FindingKind[]) => findings.filter(({ kind }) => kinds.includes(kind));
  return {
    visitId: state.visitId,
    caseNumber: state.caseNumber,
    phase: state.phase,
    outcome: visitOutcome(state),
    conduct: reportedBreaches(reading),
    escalations: escalations(reading),
    denials: deniedFacts(reading),
    payable: unmet.length === 0 && integrity.status !== 'broken',
    integrity,
    unmetForPayment: unmet,
    facts: factsOnRecord(reading, signatures?.acts),
    payment: paymentClauses.map((clause) => clauseVerdict(clause, reading)),
    protocol: duties
      .filter(isProtocolEvidence)
      .map(({ id }) => withHeldPhotos(clauseVerdict(id, reading), reading, heldPhotos ?? [])),
    workedMs,
    intervals,
    running,
    measures,
    debts: debtHistory,
    declined: declinedRequests(reading),
    deviations: filterFindings('deviation'),
    corrections: listCorrections(findings),
    remarks: filterFindings('measure', 'repeated', 'signature'),
    violations: findings.filter(makesUnclean),
    waivers: state.waivers,
    attempts: unproductiveVisits(reading),
    missing: missing(state, { goal: 'payable', policy }),
    chain: chain === undefined ? null : summarizeChain(chain),
    heldPhotos: heldPhotos ?? null,
  };
}

const summarizeChain = ({ faults, head, sealedFrom = 0 }: ChainFound) => ({
  intact: faults.length === 0,
  head,
  sealedFrom,
});

/** The end of a visit. */
export function visitOutcome({ closing }: VisitState): Outcome {
  return closing.completedAt !== null ? 'completed' : closing.outcome;
}
