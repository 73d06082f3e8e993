import { none } from '../../kernel/decision.ts';
import type { EventType, Instant, VisitEvent } from '../../messages/index.ts';
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

type OpenSpan = { -readonly [Field in keyof DebtSpan]: DebtSpan[Field] };

/** The debts of a visit in the order of their opening, and the open ones of them. */
export type DebtHistory = { readonly spans: OpenSpan[]; readonly open: OpenSpan[] };

/** Updates the spans after an event, and returns those that it ended. */
export function trackDebts(
  { spans, open }: DebtHistory,
  debts: readonly Debt[],
  index: number,
  event: VisitEvent,
): readonly DebtSpan[] {
  const { type, data } = event;
  let [from, to, until] = [0, debts.length, open.length];
  // Most events change no debt, others one or two of many: the equal debts at both ends of the list are skipped.
  while (isSame(open[from], debts[from])) from += 1;
  if (from === to && from === until) return none;
  for (; isSame(open[until - 1], debts[to - 1]); to -= 1) until -= 1;
  const [before, after] = [open.slice(from, until), debts.slice(from, to)];
  const kept = before.filter((span) => after.some((debt) => isSame(span, debt)));
  const ended = before.filter((span) => !kept.includes(span));
  const isEnd = type === 'Completed' || type === 'VisitClosed';
  for (const span of ended) {
    Object.assign(span, { until: data.at, endedBy: index, lapsed: isEnd && lapsing.includes(span.kind) });
  }
  const opened = after.filter((debt) => !kept.some((span) => isSame(span, debt)));
  open.splice(from, until - from, ...kept, ...opened.map((debt) => openOrReopen(spans, debt, index, type)));
  return ended;
}

/** Opens the span of a debt, or continues that of a debt that lapsed at an end which was annulled. */
function openOrReopen(spans: OpenSpan[], debt: Debt, index: number, type: EventType): OpenSpan {
  const lapsed = type === 'ActAnnulled' ? spans.findLast((span) => isSame(span, debt)) : undefined;
  if (lapsed !== undefined) return Object.assign(lapsed, { until: null, endedBy: null, lapsed: false });
  const span = openSpan(index, debt);
  spans.push(span);
  return span;
}

/** Opens a span. Written out, it takes 1 % of a whole audit; by spreading the debt it took 6 %. */
function openSpan(index: number, { kind, debtor, clause, since, about }: Debt): OpenSpan {
  const [until, endedBy, lapsed] = [null, null, false];
  if (about === undefined) return { kind, debtor, clause, since, openedBy: index, until, endedBy, lapsed };
  return { kind, debtor, clause, since, about, openedBy: index, until, endedBy, lapsed };
}

const isSame = (one: Debt | undefined, other: Debt | undefined) =>
  one !== undefined && one.kind === other?.kind && one.about === other.about;
