import { roleName } from '../../locale/index.ts';
import type { DebtSpan } from '../../reading/index.ts';
import { parseTime } from '../clock.ts';
import { capitalize, debtName, table, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { debtDuration } from '../visit/lists.ts';
import { type Digest, linkToVisit } from './digest.ts';

type Owed = { readonly debt: DebtSpan; readonly visit: Digest };

/** The open debts of all visits by debtor, the oldest first, with their age where the report has a time. */
export function pendingBoard(context: Context, visits: readonly Digest[]): Html {
  const owed = visits.flatMap((visit) => visit.debts.map((debt): Owed => ({ debt, visit })));
  owed.sort(({ debt: one }, { debt: other }) => parseTime(one.since) - parseTime(other.since));
  if (owed.length === 0) return html`<p class="m">${context.words.day.noDebts}</p>`;
  const byDebtor = (debtor: DebtSpan['debtor']) => owed.filter(({ debt }) => debt.debtor === debtor);
  const rows = [...byDebtor('contact-center'), ...byDebtor('client')].map(({ debt, visit }) => [
    capitalize(roleName(debt.debtor, context.words.locale)),
    debtName(context, debt),
    linkToVisit(visit),
    timeElement(debt.since, context.clock.short),
    debtDuration(context, debt),
  ]);
  const age = context.until === null ? [] : ([['age', 'f']] as const);
  return table(context, ['debtor', 'debt', 'case', 'since', ...age], rows);
}
