import type { CommandType, Role, WaivableRule } from '../messages/index.ts';
import { type Act, candidateCommands, type RecordingContext, recorders } from '../visit/act.ts';
import { dischargedBy } from '../visit/debts.ts';
import { gateRules } from '../visit/gate-rules.ts';
import { type Debt, defaultPolicy, isWaivable, type RuleId, type Violation, type VisitState } from '../visit/index.ts';
import type { Rule } from '../visit/rule.ts';
import { rulesFor } from '../visit/rules.ts';
import { acts, plainPath } from '../visit/table.ts';
import { judgeCommand } from '../visit/visit.ts';

/**
 * The instruction by which the contact center waives requirements for this visit: `GiveInstruction` with these data.
 * `opens` is false where other rules still close the act after it.
 * @since 0.3.0
 */
export type WaivingInstruction = {
  readonly about: 'visit';
  readonly decision: 'proceed';
  readonly waives: readonly WaivableRule[];
  readonly opens: boolean;
};

/** An act that no data would make acceptable now: the rules that close it, and the acts that would open it. @since 0.3.0 */
export type ClosedAct = {
  readonly command: CommandType;
  /** Under the data that fail fewest rules, the earliest of those: give them to `explain`. */
  readonly violations: readonly Violation[];
  readonly remedy: readonly CommandType[];
  /**
   * The instruction that would waive its rules; null if none of them can be waived, or the visit is frozen or closing.
   */
  readonly waiver: WaivingInstruction | null;
};

/** The recorder of the acts, the time and the policy. */
type Requester = RecordingContext & { readonly role: Role };

/** The acts of a role: those that some data open, those that no data open, and the next one. */
type AvailableActs = {
  readonly open: readonly Act[];
  readonly closed: readonly ClosedAct[];
  readonly suggested: CommandType | null;
};

/** Parts the acts that a role may record into open and closed ones, in the order of the protocol. */
export function availableActs(state: VisitState, options: Requester): AvailableActs {
  const open: Act[] = [];
  const closed: ClosedAct[] = [];
  for (const act of acts) {
    if (!recorders[act.by].includes(options.role)) continue;
    const violations = fewestViolations(act, state, options);
    if (violations === null) continue;
    if (violations.length === 0) open.push(act);
    else closed.push(toClosedAct(act, violations));
  }
  const isOpen = (type: CommandType) => open.some(({ command }) => command === type);
  return { open, closed, suggested: suggestAct(state, options.role, isOpen) };
}

/**
 * The violations of an act under the data that fail fewest rules, the earliest of those: none when some data open it; null
 * for an act that no role chooses, as reconciling makes it (PROTOCOL §8, §10).
 */
function fewestViolations(act: Act, state: VisitState, options: Requester): readonly Violation[] | null {
  const { policy = defaultPolicy } = options;
  let fewest: readonly Violation[] | null = null;
  for (const attempt of candidateCommands(act, state, options)) {
    const { violations } = judgeCommand(attempt, state, policy);
    if (violations.length === 0) return violations;
    if (fewest === null || violations.length < fewest.length) fewest = violations;
  }
  return fewest;
}

function toClosedAct(act: Act, violations: readonly Violation[]): ClosedAct {
  return {
    command: act.command,
    violations,
    remedy: remedies(act.command, violations),
    waiver: waivingInstruction(violations),
  };
}

/**
 * The rules of a frozen or closing visit: an instruction to proceed would not only waive them but end the freeze or the
 * closing.
 */
const holdingRules: readonly RuleId[] = ['not-frozen', 'not-closing'];

function waivingInstruction(violations: readonly Violation[]): WaivingInstruction | null {
  const waives = violations.map(({ rule }) => rule).filter(isWaivable);
  if (waives.length === 0 || violations.some(({ rule }) => holdingRules.includes(rule))) return null;
  return { about: 'visit', decision: 'proceed', waives, opens: waives.length === violations.length };
}

function suggestAct(state: VisitState, role: Role, isOpen: (type: CommandType) => boolean): CommandType | null {
  switch (role) {
    case 'provider': {
      if (isOpen('CloseVisit')) return 'CloseVisit';
      const next = plainPath.find((act) => !act.isFulfilled(state) && isOpen(act.command));
      return next?.command ?? null;
    }
    case 'contact-center':
      return state.visitId === null ? 'AssignVisit' : dischargeOldestDebt(state, isOpen);
    case 'client':
      return null;
  }
}

/** The act that discharges the center's oldest debt that can be discharged; of several as old, the one opened first. */
function dischargeOldestDebt({ debts }: VisitState, isOpen: (type: CommandType) => boolean): CommandType | null {
  // The acts that discharge the client's debts are never open to the center.
  const own = debts.filter(({ kind }) => isOpen(dischargedBy[kind]));
  const oldest = own.reduce<Debt | null>((old, debt) => (old === null || debt.since < old.since ? debt : old), null);
  return oldest === null ? null : dischargedBy[oldest.kind];
}

/** The acts that would open a closed act, in the order of its rules. */
export function remedies(command: CommandType, violations: readonly Violation[]): readonly CommandType[] {
  const ways: CommandType[] = [];
  for (const rules of [gateRules, rulesFor(command)]) {
    for (const rule of rules) {
      for (const way of rule.remedy) {
        if (way !== command && !ways.includes(way) && isBroken(rule, violations)) ways.push(way);
      }
    }
  }
  return ways;
}

const isBroken = ({ id, clauses }: Rule, violations: readonly Violation[]) =>
  violations.some(({ rule, clause }) => rule === id && clauses.includes(clause));
