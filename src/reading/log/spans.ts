import type { Instant, VisitEvent } from '../../messages/index.ts';
import { lapsing } from '../../visit/debts.ts';
import type { Debt } from '../../visit/index.ts';

/** A debt from its opening to its end. @since 0.3.0 */
export type DebtSpan = Debt & {
  /** The index of the event that opened it. */
  readonly openedBy: number;
  /** When it was discharged or let go, and by the event of which index; null while it is open. */
  readonly until: Instant | null;
  readonly endedBy: number | null;
  /** The visit ended before it was discharged, and nothing waits for it any more. */
  readonly lapsed: boolean;
};

const isSame = (one: Debt, other: Debt) => one.kind === other.kind && one.about === other.about;

/** Brings the spans up to date after an event. */
export function trackDebts(spans: DebtSpan[], debts: readonly Debt[], index: number, { type, data }: VisitEvent): void {
  const isEnd = type === 'Completed' || type === 'VisitClosed';
  for (const [place, span] of spans.entries()) {
    if (span.endedBy !== null || debts.some((debt) => isSame(debt, span))) continue;
    spans[place] = { ...span, until: data.at, endedBy: index, lapsed: isEnd && lapsing.includes(span.kind) };
  }
  for (const debt of debts) {
    if (spans.some((span) => span.endedBy === null && isSame(span, debt))) continue;
    spans.push({ ...debt, openedBy: index, until: null, endedBy: null, lapsed: false });
  }
}
