import { roleName } from '../../reading/explain.ts';
import type { DebtSpan } from '../../reading/index.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { capital, moment, table, text } from '../show.ts';
import type { Told } from '../told.ts';
import { openDebts } from '../visit/header.ts';
import { debtName, lasted } from '../visit/lists.ts';

type Owed = { readonly debt: DebtSpan; readonly told: Told };

/** What is owed in all visits: by debtor, the oldest first, with its age where the report has a moment. */
export function board(context: Context, visits: readonly Told[]): Html {
  const owed = visits.flatMap((told) => openDebts(told).map((debt): Owed => ({ debt, told })));
  if (owed.length === 0) return html`<p class="m">${context.words.day.noDebts}</p>`;
  const rows = owed
    .sort(byDebtorAndAge)
    .map(({ debt, told }) => [
      capital(roleName(debt.debtor, context.words.locale)),
      debtName(context, debt),
      html`<a href="#v${told.ordinal}">${text(told.dossier.caseNumber)}</a>`,
      moment(debt.since, context.clock.short),
      ...(context.until === null ? [] : [lasted(context, debt)]),
    ]);
  const age = context.until === null ? [] : ([['age', 'figure']] as const);
  return table(context, ['debtor', 'debt', 'case', 'since', ...age], rows);
}

function byDebtorAndAge({ debt: one }: Owed, { debt: other }: Owed): number {
  if (one.debtor !== other.debtor) return one.debtor < other.debtor ? 1 : -1;
  if (one.since === other.since) return 0;
  return one.since < other.since ? -1 : 1;
}
