import type { CommandType, Role, WaivableRule } from '../messages/index.ts';
import { type Act, recorders } from '../visit/act.ts';
import { attempts, type RecordingContext } from '../visit/candidates.ts';
import { dischargedBy } from '../visit/debts.ts';
import { type Debt, defaultPolicy, isWaivable, type RuleId, type Violation, type VisitState } from '../visit/index.ts';
import { acts, plainPath } from '../visit/table.ts';
import { judgeCommand } from '../visit/visit.ts';
import { remedies } from './remedies.ts';

/**
 * The instruction by which the contact center lets requirements go for this visit: `GiveInstruction` with these data.
 * `opens` tells whether the act is open after it, or other rules still close it.
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
  /** How the contact center could let the act through; null when none of its rules can be waived, or the visit is held. */
  readonly waiver: WaivingInstruction | null;
};

/** Who would record the acts, when and by which policy. */
type Asker = RecordingContext & { readonly role: Role };

/** How the acts of a role stand: those that some data open, those that none does, and which would be next. */
type ActsNow = {
  readonly open: readonly Act[];
  readonly closed: readonly ClosedAct[];
  readonly suggested: CommandType | null;
};

/** Tells how each act that a role may record stands, in the order of the protocol. What is said of them is the script's. */
export function actsNow(state: VisitState, options: Asker): ActsNow {
  const open: Act[] = [];
  const closed: ClosedAct[] = [];
  for (const act of acts) {
    if (!recorders[act.by].includes(options.role)) continue;
    const violations = closedBy(act, state, options);
    if (violations === null) open.push(act);
    else closed.push(closedAct(act, violations));
  }
  const isOpen = (type: CommandType) => open.some(({ command }) => command === type);
  return { open, closed, suggested: suggestion(state, options.role, isOpen) };
}

/** What closes an act under the data that fail fewest rules; null when some data open it. */
function closedBy(act: Act, state: VisitState, options: Asker) {
  const { policy = defaultPolicy } = options;
  let fewest: readonly Violation[] = [];
  for (const attempt of attempts(act, state, options)) {
    const { violations } = judgeCommand(attempt, state, policy);
    if (violations.length === 0) return null;
    if (fewest.length === 0 || violations.length < fewest.length) fewest = violations;
  }
  return fewest;
}

function closedAct(act: Act, violations: readonly Violation[]): ClosedAct {
  return { command: act.command, violations, remedy: remedies(act, violations), waiver: waiverOf(violations) };
}

/** Where the visit is held, an instruction to proceed would do more than waive: it would end what holds it. */
const holding: readonly RuleId[] = ['not-frozen', 'not-closing'];

function waiverOf(violations: readonly Violation[]): WaivingInstruction | null {
  const waives: WaivableRule[] = [];
  for (const { rule } of violations) if (isWaivable(rule)) waives.push(rule);
  if (waives.length === 0 || violations.some(({ rule }) => holding.includes(rule))) return null;
  return { about: 'visit', decision: 'proceed', waives, opens: waives.length === violations.length };
}

function suggestion(state: VisitState, role: Role, isOpen: (type: CommandType) => boolean): CommandType | null {
  switch (role) {
    case 'provider': {
      if (isOpen('CloseVisit')) return 'CloseVisit';
      const next = plainPath.find((act) => act.isFulfilled?.(state) === false && isOpen(act.command));
      return next?.command ?? null;
    }
    case 'contact-center':
      return state.visitId === null ? 'AssignVisit' : dischargeOfOldest(state, isOpen);
    case 'client':
      return null;
  }
}

/** What discharges the oldest debt of the contact center that can be; of several as old, the one opened first. */
function dischargeOfOldest({ debts }: VisitState, isOpen: (type: CommandType) => boolean): CommandType | null {
  // What discharges the client's debts is never open to the center.
  const own = debts.filter(({ kind }) => isOpen(dischargedBy[kind]));
  const oldest = own.reduce<Debt | null>((old, debt) => (old === null || debt.since < old.since ? debt : old), null);
  return oldest === null ? null : dischargedBy[oldest.kind];
}
