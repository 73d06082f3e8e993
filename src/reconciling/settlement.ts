import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Actor, EventMetadata, Id, Instant, NonEmptyText, VisitCommand, VisitEvent } from '../messages/index.ts';
import { type Decision, decide, defaultPolicy, type Policy, type VisitState } from '../visit/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { indexLog } from './log-index.ts';
import { createFact, type Report } from './repeats.ts';

/** The settlement of a discrepancy. @since 0.5.0 */
export type SettlementRequest = {
  /** The log of the visit, from its assignment. */
  readonly log: readonly VisitEvent[];
  /** The discrepancy, as its report names it. */
  readonly discrepancyId: Id;
  /** The positions in the report's `acts`, from 0, ascending, of those that are taken on record. May be empty. */
  readonly taken: readonly number[];
  /** The reason, in words. */
  readonly text: NonEmptyText;
  /** The time of the settlement. */
  readonly at: Instant;
  /** The person of the contact center who settles it. */
  readonly operator: Actor;
  /** The id of the settlement, which all its events carry. */
  readonly commandId: Id;
  /** The policy that judges the visit; by default `defaultPolicy`. */
  readonly policy?: Policy;
};

type Fields = Readonly<Record<keyof SettlementRequest, 0>>;
const known: Fields = { log: 0, discrepancyId: 0, taken: 0, text: 0, at: 0, operator: 0, commandId: 0, policy: 0 };

/**
 * Settles a discrepancy (PROTOCOL §10): answers with the events to append, all at once. The acts that are taken come first,
 * in their order, as they were reported and recorded by the operator; the `DiscrepancySettled` follows. `decide` judges it
 * on the log before these facts, which are folded whatever the rules say.
 *
 * @throws TypeError for a log that is no array or cannot be read, positions that are not ascending whole numbers, an unknown
 * option or an invalid policy
 * @since 0.5.0
 */
export function settlement(request: SettlementRequest): Decision {
  mustKnowKeys('settlement', request, known);
  const { log, discrepancyId, taken, policy = defaultPolicy } = request;
  mustBe(isAscending(taken), 'settlement takes taken, ascending positions from 0', taken);
  mustBePolicy(policy);
  const { fold, reports } = indexLog(log, 'settlement');
  return settleReport({ ...request, policy }, fold.state, reports.get(discrepancyId)?.event);
}

/** Settles a report on the state after the log. */
export function settleReport(
  { discrepancyId, taken, text, at, operator, commandId, policy }: Required<Omit<SettlementRequest, 'log'>>,
  state: VisitState,
  report: Report | undefined,
): Decision {
  const command: VisitCommand = {
    type: 'SettleDiscrepancy',
    data: { visitId: state.visitId ?? '', at, discrepancyId, taken, text },
    metadata: { actor: operator, commandId },
  };
  const decision = decide(command, state, policy);
  if (!decision.ok) return decision;
  const acts = report?.data.acts ?? [];
  const facts = taken.flatMap((position) => acts[position] ?? []).map((act) => createFact(act, operator));
  return { ok: true, events: [...facts, ...decision.events].map((event) => withMetadata(event, { commandId })) };
}

/** True if positions are whole numbers from 0, each greater than the one before. */
function isAscending(taken: readonly number[]): boolean {
  return (
    Array.isArray(taken) &&
    taken.every((position, nth) => Number.isInteger(position) && position > (taken[nth - 1] ?? -1))
  );
}

const withMetadata = (event: VisitEvent, metadata: EventMetadata): VisitEvent => ({ ...event, metadata }) as VisitEvent;
