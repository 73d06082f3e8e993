import type { CommandType, Instant, VisitEvent } from '../messages/index.ts';
import { dischargedBy } from '../visit/debts.ts';
import type { Debt, DebtKind, PassedReason, VisitState } from '../visit/index.ts';
import { hasEnded } from '../visit/state.ts';
import type { Language } from '../words/language.ts';
import { lookup } from '../words/text.ts';
import { availableActs } from './available-acts.ts';
import { mustBeLanguage } from './known-options.ts';

/**
 * Groups of what waits for the contact center, in the order in which it is taken up:
 *
 * - `door`: a person at the place asked how to proceed, and waits for an instruction (1.1-10, 2.2-08);
 * - `stopped`: the rules let the provider go on only after the act that is owed;
 * - `owed`: no one stands still, but the client or the provider is to be notified;
 * - `papers`: what was received is to be documented (1.1-22, 1.1-27);
 * - `passed`: the purpose has passed, see {@link PassedPurpose}.
 *
 * @since 0.6.0
 */
export type WaitGroup = 'door' | 'stopped' | 'owed' | 'papers' | 'passed';

/** The reason why a debt that is still open is of no use any more, and the time of it. @since 0.6.0 */
export type PassedPurpose = Readonly<{ reason: PassedReason; at: Instant }>;

/** An open debt with its group, where the contact center owes it. @since 0.6.0 */
export type GroupedDebt = Debt & Readonly<{ group?: WaitGroup; passed?: PassedPurpose }>;

const papers: ReadonlySet<DebtKind> = new Set<DebtKind>(['document-photos', 'document-start']);

/** A notice is for the client who waits for the provider. */
const isNotice = (kind: DebtKind) => dischargedBy[kind] === 'NotifyClient';

/** Groups the open debts of a visit. */
export function groupDebts(state: VisitState, events: readonly VisitEvent[]): readonly GroupedDebt[] {
  let remedies: ReadonlySet<CommandType> | undefined;
  const opens = (kind: DebtKind) => {
    remedies ??= new Set(availableActs(state, { role: 'provider' }).closed.flatMap(({ remedy }) => remedy));
    return remedies.has(dischargedBy[kind]);
  };
  return state.debts.map((debt) => {
    if (debt.debtor !== 'contact-center') return debt;
    const passed = passedPurpose(debt, state, events);
    return passed === null
      ? { ...debt, group: chooseGroup(debt.kind, state, opens) }
      : { ...debt, group: 'passed', passed };
  });
}

function chooseGroup(kind: DebtKind, state: VisitState, opens: (kind: DebtKind) => boolean): WaitGroup {
  if (papers.has(kind)) return 'papers';
  // A provider who went away, and will come again, does not stand there.
  const isUnderWay = !hasEnded(state) && state.phase !== 'away';
  if (isUnderWay && dischargedBy[kind] === 'GiveInstruction') return 'door';
  return isUnderWay && opens(kind) ? 'stopped' : 'owed';
}

function passedPurpose(debt: Debt, state: VisitState, events: readonly VisitEvent[]): PassedPurpose | null {
  const { completedAt, closedAt } = state.closing;
  if (isNotice(debt.kind)) {
    const arrivedAt = arrivalAfter(debt, state, events);
    if (arrivedAt !== null) return { reason: 'provider-arrived', at: arrivedAt };
    if (completedAt !== null) return { reason: 'visit-completed', at: completedAt };
  }
  // What is documented of a visit that was closed is paid for by nobody.
  const endsWithClosing = isNotice(debt.kind) || papers.has(debt.kind);
  return endsWithClosing && closedAt !== null ? { reason: 'visit-closed', at: closedAt } : null;
}

/** The arrival that stands; of a visit that is away, the one before, unless the subject of the notice came after it. */
function arrivalAfter({ kind, since }: Debt, state: VisitState, events: readonly VisitEvent[]): Instant | null {
  const { arrival, transit, phase } = state;
  if (arrival.arrivedAt !== null || phase !== 'away') return arrival.arrivedAt;
  const arrived = events.findLast(({ type }) => type === 'ProviderArrived')?.data.at ?? null;
  const from = kind === 'notify-delay' ? (transit.issueReportedAt ?? since) : since;
  return arrived !== null && from <= arrived ? arrived : null;
}

/**
 * Words why the purpose of a debt has passed, in the middle of a sentence and without its time: `the provider has arrived`. A reason that
 * this release does not know is its code.
 *
 * @throws TypeError for an invalid language
 * @since 0.6.0
 */
export function explainPassed({ reason }: PassedPurpose, language: Language): string {
  mustBeLanguage('explainPassed', language);
  return lookup(language.names.passed, reason, reason);
}
