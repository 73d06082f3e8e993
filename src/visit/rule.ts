import type { Facts, Rule as KernelRule } from '../kernel/decision.ts';
import type { CommandMetadata, CommandType, Id, Instant } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import type { Policy } from './policy.ts';
import { isWaivable } from './rule-ids.ts';
import type { VisitState } from './state.ts';

/** The part of a command that a rule may read: the fields of `Data`, and those that every command has. */
export type RuleInput<Data = unknown> = {
  readonly type: string;
  readonly data: Data & { readonly visitId: Id; readonly at: Instant };
  readonly metadata: CommandMetadata;
};

/** A rule of the visit that reads `Data` of the command. */
export type Rule<Data = unknown, Id extends string = string> = KernelRule<
  VisitState,
  RuleInput<Data>,
  Policy,
  Id,
  ClauseId,
  CommandType
>;

type Predicate<Data, Answer> = (visit: VisitState, command: RuleInput<Data>, policy: Policy) => Answer;

/** One clause, or those that may be cited and the one that is cited now. */
type Citation<Data> = ClauseId | { readonly among: readonly ClauseId[]; readonly now: Predicate<Data, ClauseId> };

const noFacts = (): Facts => ({});

/** Creates a rule: its condition, its clause, the facts of a refusal, the acts that would remedy it. */
export function rule<Id extends string, Data = unknown>(
  id: Id,
  citation: Citation<Data>,
  holds: Predicate<Data, boolean>,
  { remedy = [], facts = noFacts }: { remedy?: readonly CommandType[]; facts?: Predicate<Data, Facts> } = {},
): Rule<Data, Id> {
  const [clauses, clause] =
    typeof citation === 'string' ? [[citation], () => citation] : [citation.among, citation.now];
  return { id, clauses, clause, holds, facts, remedy, waivable: isWaivable(id) };
}

/** Applies rules only if a condition on the command's data holds. */
export function when<Asks, Data, Id extends string>(
  condition: (data: Asks, visit: VisitState) => boolean,
  rules: readonly Rule<Data, Id>[],
): readonly Rule<Asks & Data, Id>[] {
  return rules.map((asked) => ({
    ...asked,
    holds: (visit, command, policy) => !condition(command.data, visit) || asked.holds(visit, command, policy),
  }));
}

/** True if an instruction of this visit, or the host's policy, waives a rule. */
export function isWaived(id: string, { waivers }: VisitState, { waive = [] }: Policy): boolean {
  const waives = ({ rule }: { readonly rule: string }) => rule === id;
  return (waivers.some(waives) || waive.some(waives)) && isWaivable(id);
}
