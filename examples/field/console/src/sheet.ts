/** The payment queue as a sheet. */
import type { Instant } from 'auxilio';
import { toControls } from '../../ui/time.ts';
import { t } from './app.ts';
import { csvOf } from './csv.ts';
import type { UnpaidVisit } from './screens/payment.tsx';

/** The time as the screens have it, in a form that sheets sort: *2026-11-30 21:41*. */
function localTime(at: Instant): string {
  const { day, time } = toControls(at);
  return `${day} ${time}`;
}

/** The time at which a visit was completed; none where that was annulled. */
export const endOf = ({ completedAt, unmetForPayment = [] }: UnpaidVisit): readonly Instant[] =>
  unmetForPayment.includes('completed') ? [] : [completedAt];

export function sheetOf(visits: readonly UnpaidVisit[]): string {
  const words = t();
  const head = [
    words.caseNumber,
    words.client,
    words.service,
    words.provider,
    `${words.provider} (id)`,
    words.completedAt,
    words.minutes,
    words.payable,
    words.forPayment,
    words.reopenedAt,
    words.paymentFilter('toJudge'),
    `${words.visit} (id)`,
  ];
  const rows = visits.map((visit) => [
    visit.caseNumber ?? visit.visitId,
    visit.client ?? '',
    visit.service ?? '',
    visit.provider?.name ?? '',
    visit.provider?.id ?? '',
    endOf(visit).map(localTime).join(),
    String(Math.round(visit.workedMs / 60_000)),
    visit.payable === true ? words.yes : words.no,
    [
      ...(visit.integrity?.status === 'broken' ? [words.toReview] : []),
      ...(visit.unmetForPayment ?? []).map(words.conditions),
    ].join('; '),
    visit.reopened ? localTime(visit.reopened.at) : '',
    words.toWeigh(visit.deviations, visit.violations),
    visit.visitId,
  ]);
  // The mark at the beginning says that it is UTF-8.
  return `\ufeff${csvOf([head, ...rows])}`;
}
