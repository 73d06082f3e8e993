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

/** The debts of a visit as its log is read: all of them in the order of their opening, and the places of the open ones. */
export type Debts = { readonly spans: DebtSpan[]; open: number[] };

const none: readonly never[] = [];

/** Brings the spans up to date after an event, and gives those that it ended. */
export function trackDebts(
  tracked: Debts,
  debts: readonly Debt[],
  index: number,
  event: VisitEvent,
): readonly DebtSpan[] {
  if (isAsBefore(tracked, debts)) return none;
  const { spans } = tracked;
  const ended = endIn(tracked, debts, index, event);
  for (const debt of debts) {
    if (tracked.open.some((place) => isSame(spans[place], debt))) continue;
    tracked.open.push(spans.length);
    spans.push(openedAt(index, debt));
  }
  return ended;
}

/** After most events the same debts are open, in the same order: a loop over none to three, and nothing is made. */
function isAsBefore({ spans, open }: Debts, debts: readonly Debt[]): boolean {
  if (open.length !== debts.length) return false;
  let place = 0;
  for (const debt of debts) {
    if (!isSame(spans[open[place] ?? 0], debt)) return false;
    place += 1;
  }
  return true;
}

/** Written out: to spread the debt and add to it took 6 % of a whole audit, this 1 %. */
function openedAt(index: number, { kind, debtor, clause, since, about }: Debt): DebtSpan {
  const [until, endedBy, lapsed] = [null, null, false];
  if (about === undefined) return { kind, debtor, clause, since, openedBy: index, until, endedBy, lapsed };
  return { kind, debtor, clause, since, about, openedBy: index, until, endedBy, lapsed };
}

/** Ends the spans that are owed no more. */
function endIn(tracked: Debts, debts: readonly Debt[], index: number, { type, data }: VisitEvent): DebtSpan[] {
  const isEnd = type === 'Completed' || type === 'VisitClosed';
  const all: DebtSpan[] = [];
  tracked.open = tracked.open.filter((place) => {
    const span = tracked.spans[place];
    if (span === undefined || debts.some((debt) => isSame(span, debt))) return true;
    const ended = { ...span, until: data.at, endedBy: index, lapsed: isEnd && lapsing.includes(span.kind) };
    tracked.spans[place] = ended;
    all.push(ended);
    return false;
  });
  return all;
}

const isSame = (one: Debt | undefined, other: Debt) => one?.kind === other.kind && one.about === other.about;
