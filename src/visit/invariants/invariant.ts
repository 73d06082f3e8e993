import type { EventType, Instant, VisitEvent, WaivableRule } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/clause.ts';
import type { Policy } from '../policy.ts';
import { isWaivable } from '../rule-ids.ts';
import type { VisitState } from '../state.ts';
import type { ModelState } from './model-state.ts';

/**
 * A statement that holds after every accepted act, under any policy. Written from the protocol and not from the table of rules,
 * so that each can catch an error in the other. In a history with facts on record, which no rule let in, those that fail name
 * the requirement that a fact broke.
 * @since 0.1.0
 */
export type Invariant = {
  /** Unique, in kebab case; states the property. */
  readonly id: string;
  /** The clause that asks for it. */
  readonly clause: ClauseId;
  /** The property, in one sentence. */
  readonly sentence: string;
  /** True if it holds of a state and of the accepted events, all of them in their order, that led to it. */
  readonly holds: (state: VisitState, history: readonly VisitEvent[], policy: Policy) => boolean;
};

/** An invariant, written down in one line. */
export function invariant(id: string, clause: ClauseId, sentence: string, holds: Invariant['holds']): Invariant {
  return { id, clause, sentence, holds };
}

/** True if an instruction given until then, or the policy, waives a rule. */
export function waived(rule: WaivableRule, before: ModelState, policy: Policy): boolean {
  return before.waived.has(rule) || (isWaivable(rule) && (policy.waive ?? []).some((waiver) => waiver.rule === rule));
}

/** True if an instant of the state is there. */
export function isSet(at: Instant | null): boolean {
  return at !== null;
}

/**
 * The roles that record an act, by the letters of PROTOCOL §2; `PC` closes the visit, `CK` reports a breach of conduct, `PK` a
 * discrepancy.
 */
export type Author = 'P' | 'P+' | 'C' | 'K' | 'PC' | 'CK' | 'PK' | 'K alone';

/** The requirements of the protocol for every act. */
export type ActRow = {
  readonly by: Author;
  /** Done by a provider who has arrived, or who, besides, is not away; anywhere if absent. */
  readonly where?: 'arrived' | 'on site';
  /** The instant of the visit that the act makes. */
  readonly instant?: (visit: VisitState) => Instant | null;
};

/** Some acts, by their events. */
export type ActTable = { readonly [T in EventType]?: ActRow };
