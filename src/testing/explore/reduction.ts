import type { CommandType } from '../../messages/index.ts';
import type { RuleId } from '../../visit/rules.ts';
import type { FactGroup } from './facts.ts';

/** Acts that one later act alone asks for, each by a rule of its own, in the one order in which they are taken. */
export type Chain = {
  readonly before: CommandType;
  readonly acts: readonly { readonly command: CommandType; readonly rule: RuleId; readonly unless?: FactGroup }[];
};

/**
 * The acts that a reduced search delays: it takes them only when the act that requires them lacks nothing else, and
 * then in this order. They commute with every act, forbid none and enable no other; they are accepted wherever that act
 * lacks only them. So a state of the full search differs from one of the reduced search at most in some of their facts,
 * and everything possible in the reduced state is possible in it.
 */
export const chains: readonly Chain[] = [
  {
    before: 'StartWork',
    acts: [
      { command: 'AnnounceService', rule: 'service-announced' },
      { command: 'ClearArea', rule: 'area-cleared' },
      { command: 'ReportStart', rule: 'start-reported', unless: 'receipts' },
    ],
  },
  {
    before: 'CompleteVisit',
    acts: [
      { command: 'HandOverSite', rule: 'handed-over' },
      { command: 'ReportCompletion', rule: 'completion-reported' },
    ],
  },
];

/** The chains that hold while these facts are looked at: a start call that opens a debt is not held back. */
export function chainsFor(groups: ReadonlySet<FactGroup>): readonly Chain[] {
  return chains.map(({ before, acts }) => ({
    before,
    acts: acts.filter(({ unless }) => unless === undefined || !groups.has(unless)),
  }));
}

/** The one act of a chain that is taken now, given the rules that refuse the act that asks for them; if any. */
export function nextInChain({ acts }: Chain, refusing: readonly RuleId[]): CommandType | null {
  const missing = acts.filter(({ rule }) => refusing.includes(rule));
  return missing.length === refusing.length ? (missing[0]?.command ?? null) : null;
}
