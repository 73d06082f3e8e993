import { none } from '../../kernel/index.ts';
import type { Instant, VisitEvent } from '../../messages/index.ts';
import { lapsing } from '../../visit/debts.ts';
import type { Debt } from '../../visit/index.ts';

/** A debt from its opening to its end. @since 0.3.0 */
export type DebtSpan = Debt & {
  /** The index of the event that opened it. */
  readonly openedBy: number;
  /** The time when it was discharged or lapsed, and the index of that event; null while it is open. */
  readonly until: Instant | null;
  readonly endedBy: number | null;
  /**
   * True if it lapsed: the visit ended before it was discharged, and nothing waits for it any more. If that end is annulled,
   * the debt runs on.
   */
  readonly lapsed: boolean;
};

/** The debts of a visit in the order of their opening, and the places of the open ones. */
export type DebtHistory = { readonly spans: DebtSpan[]; readonly open: number[] };

/** Updates the spans after an event, and returns those that it ended. */
export function trackDebts(
  tracked: DebtHistory,
  debts: readonly Debt[],
  index: number,
  event: VisitEvent,
): readonly DebtSpan[] {
  const { spans, open } = tracked;
  let [from, to, until] = [0, debts.length, open.length];
  // Most events change no debt, the others one or two of perhaps many: those before and after them are passed over.
  while (isSame(spans[open[from] ?? -1], debts[from])) from += 1;
  for (; to > from && until > from && isSame(spans[open[until - 1] ?? -1], debts[to - 1]); to -= 1) until -= 1;
  if (from === to && from === until) return none;
  const changed = debts.slice(from, to);
  const [kept, ended] = endSpans(spans, open.slice(from, until), changed, index, event);
  const opened = changed.filter((debt) => !kept.some((place) => isSame(spans[place], debt)));
  open.splice(from, until - from, ...kept, ...opened.map((debt) => openOrReopen(spans, debt, index, event)));
  return ended;
}

/** Opens the span of a debt, or continues that of a debt that lapsed at an end which was annulled. Returns its place. */
function openOrReopen(spans: DebtSpan[], debt: Debt, index: number, { type }: VisitEvent): number {
  const place = type === 'ActAnnulled' ? spans.findLastIndex((span) => span.lapsed && isSame(span, debt)) : -1;
  const span = spans[place];
  if (span === undefined) return spans.push(openSpan(index, debt)) - 1;
  spans[place] = { ...span, until: null, endedBy: null, lapsed: false };
  return place;
}

/** Opens a span. Written out, it takes 1 % of a whole audit; by spreading the debt it took 6 %. */
function openSpan(index: number, { kind, debtor, clause, since, about }: Debt): DebtSpan {
  const [until, endedBy, lapsed] = [null, null, false];
  if (about === undefined) return { kind, debtor, clause, since, openedBy: index, until, endedBy, lapsed };
  return { kind, debtor, clause, since, about, openedBy: index, until, endedBy, lapsed };
}

/** Ends those of the open spans whose debts are no longer open; returns the places of the others, and what was ended. */
function endSpans(
  spans: DebtSpan[],
  open: readonly number[],
  debts: readonly Debt[],
  index: number,
  { type, data }: VisitEvent,
): readonly [kept: number[], ended: DebtSpan[]] {
  const isEnd = type === 'Completed' || type === 'VisitClosed';
  const ended: DebtSpan[] = [];
  const kept = open.filter((place) => {
    const span = spans[place];
    if (span === undefined || debts.some((debt) => isSame(span, debt))) return true;
    const own = { ...span, until: data.at, endedBy: index, lapsed: isEnd && lapsing.includes(span.kind) };
    spans[place] = own;
    ended.push(own);
    return false;
  });
  return [kept, ended];
}

const isSame = (one: Debt | undefined, other: Debt | undefined) =>
  one !== undefined && one.kind === other?.kind && one.about === other.about;
